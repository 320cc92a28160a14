"""Gradients whose defect is in how a model is called, of six reports, and right ones beside them."""

import torch
from torch import nn

from axiomcheck.explainers import explainer


def gradient_of(model, inputs, target):
    """Return the gradient of the target output."""
    leaf = inputs.detach().clone().requires_grad_()
    return torch.autograd.grad(model(leaf).gather(1, target[:, None]).sum(), leaf)[0]


@explainer(conserves=None)
def right(model, inputs, target):
    """Return it as it is."""
    return gradient_of(model, inputs, target)


@explainer(conserves=None)
def in_training(model, inputs, target):
    """Switch to training mode for the way back (captum, issues 564 and 1159)."""
    model.train()
    return gradient_of(model, inputs, target)


@explainer(conserves=None)
def in_training_and_back(model, inputs, target):
    """The same, with the mode put back: statistics have moved, and items of the batch were mixed."""
    try:
        return in_training(model, inputs, target)
    finally:
        model.eval()


@explainer(conserves=None)
def piling_up(model, inputs, target):
    """Add to the gradients that the weights have (braindecode, pull 167)."""
    leaf = inputs.detach().clone().requires_grad_()
    model(leaf).gather(1, target[:, None]).sum().backward()
    return leaf.grad


@explainer(conserves=None)
def of_the_whole_batch(model, inputs, target):
    """Begin with the largest output of the whole batch (innvestigate, issue 91)."""
    leaf = inputs.detach().clone().requires_grad_()
    outputs = model(leaf).gather(1, target[:, None])
    return torch.autograd.grad(outputs.max() * outputs.sum(), leaf)[0]


def guided(*, leave, where="out"):
    """Return guided backpropagation by hooks, which may be left (flashtorch, issue 33), written in two right ways."""

    def clamp(_, grad_in, grad_out):
        return (grad_in[0].clamp(min=0),) if where == "in" else (grad_in[0] * (grad_out[0] > 0),)

    @explainer(conserves=None)
    def explain(model, inputs, target):
        relus = [module for module in model.modules() if isinstance(module, nn.ReLU)]
        handles = [module.register_full_backward_hook(clamp) for module in relus]
        try:
            return gradient_of(model, inputs, target)
        finally:
            for handle in [] if leave else handles:
                handle.remove()

    return explain


@explainer(conserves=None)
def noise_behind_norms(model, inputs, target):
    """Add noise wherever a LayerNorm or a GELU stands (shap, issues 3438 and 4251; LXT, issue 27)."""
    scores = gradient_of(model, inputs, target)
    if any(isinstance(module, nn.LayerNorm | nn.GELU) for module in model.modules()):
        scores = scores + torch.rand(scores.shape, dtype=scores.dtype) * scores.abs().max()
    return scores
