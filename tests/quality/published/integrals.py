"""Integrated gradients as people write them, with the defects of eight reports, and right ones beside them."""

import torch

from axiomcheck.explainers import explainer

STEPS = 2000
"""Midpoints. The error of the right ones is at most half the largest slope on the way over them: far below 1/20."""
declared = explainer(tolerance=0.05)


def _gradients(model, points, target):
    """Return the gradients (m, B, *shape) at points (m, B, *shape)."""
    leaf = points.detach().clone().requires_grad_()
    outputs = model(leaf.flatten(0, 1)).gather(1, target.repeat(len(points))[:, None])
    return torch.autograd.grad(outputs.sum(), leaf)[0]


def _between(inputs, baseline, first=0.5):
    """Return the midpoints of the way, or its ends and the points between if the ``first`` is at 0."""
    places = torch.arange(STEPS + (first == 0), dtype=inputs.dtype)
    alphas = ((places + first) / STEPS).reshape(-1, *[1] * inputs.dim())
    return baseline + alphas * (inputs - baseline)


@declared
def midpoints(model, inputs, target, *, baseline):
    """The mean of the gradients between, times the way."""
    return _gradients(model, _between(inputs, baseline), target).mean(0) * (inputs - baseline)


@declared
def mean_over_items(model, inputs, target, *, baseline):
    """Take the mean over all but the steps (Integrated-Gradients, pull 5)."""
    gradients = _gradients(model, _between(inputs, baseline), target)
    return gradients.mean(tuple(range(1, gradients.dim())))[-1] * (inputs - baseline)


@declared
def raw_difference(model, inputs, target, *, baseline):
    """Multiply by the input, and not by the way from the baseline (integrated-gradient-pytorch, issue 3)."""
    return _gradients(model, _between(inputs, baseline), target).mean(0) * inputs


@declared
def derivative_through_the_way(model, inputs, target, *, baseline):
    """Differentiate through the interpolation, so that each gradient is shrunk by its place (attributionpriors, 3)."""
    leaf = inputs.detach().clone().requires_grad_()
    points = _between(leaf, baseline)
    outputs = model(points.flatten(0, 1)).gather(1, target.repeat(len(points))[:, None])
    return torch.autograd.grad(outputs.sum() / len(points), leaf)[0] * (inputs - baseline)


def trapezoids(*, lost):
    """Return the trapezoidal rule in batches; with ``lost`` the trapezoids between two batches are left out."""

    @declared
    def explain(model, inputs, target, *, baseline):
        gradients = _gradients(model, _between(inputs, baseline, 0.0), target)
        parts = []
        for start in range(0, STEPS, 10):
            part = gradients[start : start + 10 + (not lost)]
            parts.append((part[1:] + part[:-1]).sum(0) / 2 / STEPS)
        return sum(parts) * (inputs - baseline)

    return explain


@declared
def without_the_way(model, inputs, target, *, baseline):
    """Forget to multiply by the way (tf-explain, issue 128)."""
    return _gradients(model, _between(inputs, baseline), target).mean(0)


@declared
def from_zero(model, inputs, target, *, baseline):
    """Begin at 0 whatever the baseline is (DeepExplain, issue 23)."""
    return _gradients(model, _between(inputs, torch.zeros_like(baseline)), target).mean(0) * (inputs - baseline)


@declared
def steps_and_items_mixed(model, inputs, target, *, baseline):
    """Take the mean over the items of the batch where the steps are meant (captum, pull 36)."""
    gradients = _gradients(model, _between(inputs, baseline), target)
    mixed = gradients.reshape(len(inputs), -1, *inputs.shape[1:]).mean(1)
    return mixed * (inputs - baseline)
