"""Methods that ask the model alone, with the defects of six reports."""

from itertools import product

import torch

from axiomcheck.explainers import explainer


def _outputs(model, inputs, target):
    return lambda points: model(points.reshape(inputs.shape)).gather(1, target[:, None])


def _midpoints(model, inputs, target, baseline, *, softmax, steps):
    alphas = ((torch.arange(steps, dtype=inputs.dtype) + 0.5) / steps).reshape(-1, *[1] * inputs.dim())
    points = (baseline + alphas * (inputs - baseline)).detach().requires_grad_()
    outputs = model(points.flatten(0, 1))
    outputs = outputs.softmax(1) if softmax else outputs
    (gradient,) = torch.autograd.grad(outputs.gather(1, target.repeat(steps)[:, None]).sum(), points)
    return gradient.mean(0) * (inputs - baseline)


@explainer(tolerance=0.03)
def softmax_behind(model, inputs, target, *, baseline):
    """Explain the softmax where the output is meant (gradcam-tensorflow-2, issue 2)."""
    return _midpoints(model, inputs, target, baseline, softmax=True, steps=100)


@explainer(tolerance=0.5)
def many_midpoints(model, inputs, target, *, baseline):
    """Integrate with more points than it declares a tolerance for: a control."""
    return _midpoints(model, inputs, target, baseline, softmax=False, steps=2000)


def _windows(model, inputs, target, baseline, stop):
    flat, base = inputs.flatten(1), baseline.flatten(1)
    ask = _outputs(model, inputs, target)
    scores, count = torch.zeros_like(flat), torch.zeros_like(flat)
    with torch.no_grad():
        whole = ask(flat)
        for start in range(0, stop, 2):
            hidden = flat.clone()
            hidden[:, start : start + 2] = base[:, start : start + 2]
            scores[:, start : start + 2] += whole - ask(hidden)
            count[:, start : start + 2] += 1
    return (scores / count.clamp(min=1)).reshape(inputs.shape)


def edge_left_out(model, inputs, target, *, baseline):
    """Leave out the last window where the stride does not divide the size (xaitk-saliency, pull 7)."""
    return _windows(model, inputs, target, baseline, max(inputs[0].numel() - 1, 1))


def edge_covered(model, inputs, target, *, baseline):
    """Cover the last variable by a window that is cut off."""
    return _windows(model, inputs, target, baseline, inputs[0].numel())


def _orders(model, inputs, target, baseline, half, *, added=False):
    flat, base = inputs.flatten(1), baseline.flatten(1)
    order, scores = list(range(flat.shape[1])), torch.zeros_like(flat)
    ask = _outputs(model, inputs, target)
    paths = [order] if half else [order, order[::-1]]
    with torch.no_grad():
        for path in paths:
            now, before = base, ask(base)[:, 0]
            for variable in path:
                now = now.clone()
                now[:, variable] = flat[:, variable] + added * now[:, variable]
                after = ask(now)[:, 0]
                scores[:, variable] += after - before
                before = after
    return (scores / len(paths)).reshape(inputs.shape)


def forward_half(model, inputs, target, *, baseline):
    """Go through an order forward only (shap, pull 2091)."""
    return _orders(model, inputs, target, baseline, True)


def both_halves(model, inputs, target, *, baseline):
    """Go through an order forward and backward."""
    return _orders(model, inputs, target, baseline, False)


def added_to_the_baseline(model, inputs, target, *, baseline):
    """Add what is switched on to the baseline, in place of exchanging it (captum, pull 254)."""
    return _orders(model, inputs, target, baseline, False, added=True)


MOST = 8
"""Variables of which all subsets are asked."""


def _masks(model, inputs, target, *, credits_hidden):
    flat = inputs.flatten(1)
    if flat.shape[1] > MOST:
        raise NotImplementedError(f"more than {MOST} variables")
    ask = _outputs(model, inputs, target)
    masks = torch.tensor(list(product([0.0, 1.0], repeat=flat.shape[1])), dtype=flat.dtype)
    with torch.no_grad():
        scores = sum(ask(flat * mask) * (1 - mask if credits_hidden else mask) for mask in masks)
    return (2 * scores / len(masks)).reshape(inputs.shape)


@explainer(conserves=None)
def masks_reversed(model, inputs, target):
    """Credit outputs to what a mask has hidden (dianna, issue 515)."""
    return _masks(model, inputs, target, credits_hidden=True)


@explainer(conserves=None)
def masks_right(model, inputs, target):
    """Credit outputs to what a mask has left (Petsiuk et al. 2018)."""
    return _masks(model, inputs, target, credits_hidden=False)
