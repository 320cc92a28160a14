"""Right explainers as users write them after a paper, each with an axiom that theory says they satisfy."""

from itertools import permutations

import torch
from torch import nn

from axiomcheck.explainers import Unsupported, explainer


def _of_target(model, points, target):
    return model(points).gather(1, target[:, None]).sum()


def _gradient(model, points, target):
    leaf = points.detach().clone().requires_grad_()
    (gradient,) = torch.autograd.grad(_of_target(model, leaf, target), leaf)
    return gradient


@explainer(conserves=None)
def saliency(model, inputs, target):
    """Return the gradient (Simonyan et al. 2014)."""
    return _gradient(model, inputs, target)


def gradient_times_input(model, inputs, target):
    """Return the input times the gradient (Shrikumar et al. 2016)."""
    return inputs * _gradient(model, inputs, target)


def _path(model, inputs, target, baseline, weights):
    total = torch.zeros_like(inputs)
    for alpha, weight in weights.items():
        total += weight * _gradient(model, baseline + alpha * (inputs - baseline), target)
    return total * (inputs - baseline)


@explainer(tolerance=0.05)
def midpoint_ig(model, inputs, target, *, baseline, n_steps=50):
    """Integrate by midpoints (Sundararajan et al. 2017)."""
    return _path(model, inputs, target, baseline, {(step + 0.5) / n_steps: 1 / n_steps for step in range(n_steps)})


@explainer(tolerance=0.05)
def trapezoid_ig(model, inputs, target, *, baseline, steps=50):
    """Integrate by trapezoids (Sundararajan et al. 2017)."""
    inner = {step / steps: 1 / steps for step in range(1, steps)}
    return _path(model, inputs, target, baseline, {0.0: 0.5 / steps} | inner | {1.0: 0.5 / steps})


@explainer(conserves=None)
def occlusion(model, inputs, target, *, baseline):
    """Return what the output loses with one variable (Zeiler & Fergus 2014)."""
    flat, start = inputs.flatten(1), baseline.flatten(1)
    scores = torch.zeros_like(flat)
    with torch.no_grad():
        whole = model(inputs).gather(1, target[:, None])[:, 0]
        for variable in range(flat.shape[1]):
            hidden = flat.clone()
            hidden[:, variable] = start[:, variable]
            scores[:, variable] = whole - model(hidden.reshape(inputs.shape)).gather(1, target[:, None])[:, 0]
    return scores.reshape(inputs.shape)


def shapley_values(model, inputs, target, *, baseline):
    """Go through all orders of the variables (Shapley 1953; Lundberg & Lee 2017)."""
    flat, start = inputs.flatten(1), baseline.flatten(1)
    if flat.shape[1] > 4:
        raise Unsupported("more than 4 variables")
    orders, scores = list(permutations(range(flat.shape[1]))), torch.zeros_like(flat)
    with torch.no_grad():
        for order in orders:
            now = start.clone()
            for variable in order:
                before = model(now.reshape(inputs.shape)).gather(1, target[:, None])[:, 0]
                now[:, variable] = flat[:, variable]
                after = model(now.reshape(inputs.shape)).gather(1, target[:, None])[:, 0]
                scores[:, variable] += (after - before) / len(orders)
    return scores.reshape(inputs.shape)


@explainer(conserves=None)
def smoothed(model, inputs, target, *, seed):
    """Average gradients under noise (Smilkov et al. 2017)."""
    generator = torch.Generator().manual_seed(seed)
    noise = torch.randn((10, *inputs.shape[1:]), generator=generator, dtype=inputs.dtype)
    return sum(_gradient(model, inputs + one, target) for one in noise) / len(noise)


@explainer(conserves=None)
def guided(model, inputs, target):
    """Let only positive gradients back through ReLUs (Springenberg et al. 2015).

    Its hooks are of the kind that torch refuses on layers that work in place, so it is asked about other code.
    """
    relus = [module for module in model.modules() if isinstance(module, nn.ReLU)]
    hooks = [one.register_full_backward_hook(lambda _, back, __: (back[0].clamp(min=0),)) for one in relus]
    try:
        return _gradient(model, inputs, target)
    finally:
        for hook in hooks:
            hook.remove()


@explainer(conserves=None)
def squared(model, inputs, target):
    """Return squared derivatives (sensitivity analysis)."""
    return _gradient(model, inputs, target) ** 2


@explainer(conserves=None)
def grad_cam(model, inputs, target):
    """Weigh the maps of the last convolution by their mean gradients (Selvaraju et al. 2017)."""
    convolutions = [module for module in model.modules() if isinstance(module, nn.Conv2d)]
    if not convolutions or inputs.dim() != 4:
        raise Unsupported("no convolution")
    kept = []
    hook = convolutions[-1].register_forward_hook(lambda _, __, maps: kept.append(maps))
    try:
        output = _of_target(model, inputs.detach().clone().requires_grad_(), target)
        (gradient,) = torch.autograd.grad(output, kept[-1], allow_unused=True)
    finally:
        hook.remove()
    gradient = torch.zeros_like(kept[-1]) if gradient is None else gradient
    cam = (gradient.mean((2, 3), keepdim=True) * kept[-1]).sum(1, keepdim=True).clamp(min=0).detach()
    return nn.functional.interpolate(cam, inputs.shape[2:], mode="bilinear").expand_as(inputs)


RIGHT = [
    (saliency, "implementation_invariance", "biased"),
    (gradient_times_input, "conservation", "conv,maxpool,avgpool,residual,bias=none"),
    (midpoint_ig, "conservation", "ordinary"),
    (trapezoid_ig, "conservation", "ordinary"),
    (occlusion, "null_player", "ordinary"),
    (shapley_values, "conservation", "biased"),
    (smoothed, "determinism", "ordinary"),
    (guided, "purity", "mlp,conv,maxpool"),
    (squared, "batch_consistency", "mlp,conv,maxpool"),
    (grad_cam, "output_form", "conv"),
]
"""Explainers, an axiom that each satisfies, and a family in which it does."""
