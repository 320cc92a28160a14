"""Defects of manners: what is left behind, what is not repeated, what comes back in another form."""

import numpy as np
import torch
from torch import nn

from axiomcheck.explainers.methods.grad_x_input import grad_x_input

from .mutant import Mutant, gradient, output


def _backward(model, inputs, target):
    leaf = inputs.detach().requires_grad_()
    output(model, leaf, target).sum().backward()
    return inputs * leaf.grad


def _accumulates(model, inputs, target):
    """Sum what was left in ``.grad`` of the inputs by an earlier call on the same tensor."""
    inputs.requires_grad_()
    output(model, inputs, target).sum().backward()
    return inputs.detach() * inputs.grad


def _frozen(model, inputs, target):
    for parameter in model.parameters():
        parameter.requires_grad_(requires_grad=False)
    return grad_x_input(model, inputs, target)


def _in_training(model, inputs, target):
    model.train()
    return grad_x_input(model, inputs, target)


def _hooked(model, inputs, target):
    for module in model.modules():
        module.register_forward_hook(lambda *_: None)
    return grad_x_input(model, inputs, target)


def _hooked_by_accident(model, inputs, target):
    """Remove its hooks, but not if the model raises."""
    hooks = [module.register_forward_hook(lambda *_: None) for module in model.modules()]
    scores = grad_x_input(model, inputs, target)
    for hook in hooks:
        hook.remove()
    return scores


def _noted(model, inputs, target):
    model.relevance = grad_x_input(model, inputs, target)
    return model.relevance


def _default_changed(model, inputs, target):
    torch.set_default_dtype(torch.float64 if torch.get_default_dtype() == torch.float32 else torch.float32)
    return grad_x_input(model, inputs, target)


def _draws(model, inputs, target):
    torch.rand(1)
    return grad_x_input(model, inputs, target)


def _draws_with_numpy(model, inputs, target):
    np.random.rand()  # noqa: NPY002 - that is the defect
    return grad_x_input(model, inputs, target)


def _weights_rounded(model, inputs, target):
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.mul_(1 + 1e-12)
    return grad_x_input(model, inputs, target)


def _inputs_centred(model, inputs, target):
    scores = grad_x_input(model, inputs, target)
    inputs.sub_(1)
    return scores


def _noisy(model, inputs, target):
    scores = grad_x_input(model, inputs, target)
    return scores + 1e-5 * scores.abs().max() * torch.randn_like(scores)


def _one_buffer(model, inputs, target):
    """Return a view of a buffer that the next call fills."""
    scores = grad_x_input(model, inputs, target)
    buffer = _BUFFERS.setdefault(tuple(scores.shape), torch.empty_like(scores))
    return buffer.copy_(scores)


_BUFFERS = {}


def _float32(model, inputs, target):
    return grad_x_input(model, inputs, target).float()


def _in_bfloat16(model, inputs, target):
    """Compute in bfloat16, and return float64."""
    return grad_x_input(model.bfloat16(), inputs.bfloat16(), target).double()


def _zero_by_zero(model, inputs, target):
    return grad_x_input(model, inputs, target) * inputs / inputs


def _flat(model, inputs, target):
    return grad_x_input(model, inputs, target).flatten(1)


def _summed_over_channels(model, inputs, target):
    scores = grad_x_input(model, inputs, target)
    return scores.sum(1) if scores.dim() > 2 else scores


def _softened(model, inputs, target):
    """Explain a model whose ReLUs are leaky, in its place."""
    hooks = [
        module.register_forward_hook(lambda _, given, __: nn.functional.leaky_relu(given[0], 0.01))
        for module in model.modules()
        if isinstance(module, nn.ReLU)
    ]
    try:
        return inputs * gradient(model, inputs, target)
    finally:
        for hook in hooks:
            hook.remove()


def _cut(model, inputs, target):
    """Explain the first 32 items."""
    scores = grad_x_input(model, inputs, target)
    scores[32:] = 0
    return scores


def _cached(model, inputs, target, known={}):  # noqa: B006 - that is the defect
    """Take the gradient at an input once for each model."""
    key = id(model), inputs.shape, tuple(inputs.flatten().tolist()), tuple(target.tolist())
    if key not in known:
        known[key] = model, gradient(model, inputs, target)
    return inputs * known[key][1]


OF_MANNERS = {
    "calls backward on the model": Mutant(_backward, "grad-x-input", "purity", "bias-free", alone=True),
    "marks the inputs": Mutant(_accumulates, "grad-x-input", "purity", "bias-free", alone=True),
    "freezes the parameters": Mutant(_frozen, "grad-x-input", "purity", "bias-free", alone=True),
    "leaves training on": Mutant(_in_training, "grad-x-input", "purity", "bias-free", alone=True),
    "leaves a hook": Mutant(_hooked, "grad-x-input", "purity", "bias-free", alone=True),
    "leaves a hook after an exception": Mutant(_hooked_by_accident, "grad-x-input", "purity", "bias-free", alone=True),
    "leaves an attribute": Mutant(_noted, "grad-x-input", "purity", "bias-free", alone=True),
    "changes the default dtype": Mutant(_default_changed, "grad-x-input", "purity", "bias-free", alone=True),
    "draws from torch": Mutant(_draws, "grad-x-input", "purity", "bias-free", alone=True),
    "draws from numpy": Mutant(_draws_with_numpy, "grad-x-input", "purity", "bias-free", alone=True),
    "changes the weights a little": Mutant(_weights_rounded, "grad-x-input", "purity", "bias-free", alone=True),
    "changes the inputs": Mutant(_inputs_centred, "grad-x-input", "purity", "bias-free", alone=True),
    "noise": Mutant(_noisy, "grad-x-input", "determinism", "bias-free"),
    "one buffer for all results": Mutant(_one_buffer, "grad-x-input", "determinism", "bias-free"),
    "batches of 32 and more are cut": Mutant(_cut, "grad-x-input", "context", "bias-free"),
    "caches by the model": Mutant(_cached, "grad-x-input", "context", "bias-free"),
    "float32 comes back": Mutant(_float32, "grad-x-input", "output_form", "bias-free"),
    "bfloat16 inside float64": Mutant(_in_bfloat16, "grad-x-input", "conservation", "bias-free"),
    "zero by zero": Mutant(_zero_by_zero, "grad-x-input", "output_form", "bias-free"),
    "flat scores": Mutant(_flat, "grad-x-input", "output_form", "conv"),
    "channels summed up": Mutant(_summed_over_channels, "grad-x-input", "output_form", "conv"),
    "another model in its place": Mutant(_softened, "grad-x-input", "same_function", "bias-free"),
}
