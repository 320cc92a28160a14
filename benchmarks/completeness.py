"""Exact integrated gradients at the error that is theirs, and what a kink costs."""

from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from statistics import median

import torch
from captum.attr import IntegratedGradients as Captum
from torch import nn

from axiomcheck.explainers.graphs.graph import graph
from axiomcheck.explainers.graphs.linear_regions import regions
from axiomcheck.explainers.methods.input_gradient import target_output
from axiomcheck.explainers.methods.integrated_gradients import IntegratedGradients

from .timing import Row, seconds, side_by_side

GOAL, MOST = 1e-6, 2**15
"""The residual of completeness, as a share of the change; and the most steps tried, if they reach it or not."""


def rows() -> Iterator[Row]:
    yield _beside_captum()
    yield from _by_kinks()


def _model(width: int, depth: int = 2) -> nn.Module:
    torch.manual_seed(0)
    sizes = [64, *[width] * depth]
    layers = [m for a, b in pairwise(sizes) for m in (nn.Linear(a, b), nn.ReLU())]
    return nn.Sequential(*layers, nn.Linear(width, 1)).double().eval()


def _given(count: int = 1):
    torch.manual_seed(1)
    ends = (torch.randn(count, 64, dtype=torch.float64) for _ in range(2))
    return *ends, torch.zeros(count, dtype=torch.int64)


def _beside_captum() -> Row:
    model, (x, start, target) = _model(64), _given()
    change = target_output(model, x, target) - target_output(model, start, target)
    exact = partial(IntegratedGradients(), model, x, target, baseline=start)

    def captum(steps):
        return Captum(model).attribute(
            x, start, target=target, n_steps=steps, method="riemann_middle", internal_batch_size=4096
        )

    def residual(scores):
        return float(((scores.sum(1) - change) / change).abs().max().detach())

    steps = 64
    while residual(captum(steps)) > GOAL and steps < MOST:
        steps *= 2
    remark = f"incomplete by {residual(exact()):.0e} / {residual(captum(steps)):.0e} with {steps:,} midpoints"
    timed = side_by_side(exact, partial(captum, steps), rounds=3, items=1)
    return Row("exact IG, 64-64-64-1, one input\nCaptum's with midpoints towards 10⁻⁶", *timed, remark)


def _by_kinks() -> Iterator[Row]:
    """Yield the time of one input by the width, beside that of one gradient."""
    x, start, target = _given()
    for width in (16, 64, 256, 1024):
        model = _model(width)
        middles, _ = regions(graph(model), start, x - start)
        kinks = middles.shape[1] - 1
        exact = partial(IntegratedGradients(), model, x, target, baseline=start)
        exact()
        timed = [seconds(exact) for _ in range(7)]
        one = [seconds(lambda model=model: torch.autograd.grad(model(x.requires_grad_()).sum(), x)) for _ in range(7)]
        each = f"{1e6 * median(timed) / max(kinks, 1):.0f} µs a kink"
        yield Row(f"exact IG across {kinks} kinks, 64-{width}-{width}-1\none gradient", timed, one, each)
