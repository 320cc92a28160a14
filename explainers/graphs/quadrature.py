"""Mean gradients along straight lines, by a quadrature that knows its error and refines where it is too large.

The error is seen twice: by two rules that disagree, and by what the function changes by from one end of a stretch to the
other, which the gradients must account for. So a step that is too narrow for the points of both rules is not missed.
"""

from collections.abc import Callable

import torch
from torch import Tensor

from .linear_regions import along

NODES = (
    *(0.991455371120812639, 0.949107912342758525, 0.864864423359769073, 0.741531185599394440),
    *(0.586087235467691130, 0.405845151377397167, 0.207784955007898468, 0.0),
)
"""Of the Gauss-Kronrod rule of 15 points, those of at least 0 (QUADPACK: Piessens et al. 1983)."""
KRONROD = (
    *(0.0229353220105292250, 0.0630920926299785533, 0.104790010322250184, 0.140653259715525919),
    *(0.169004726639267903, 0.190350578064785410, 0.204432940075298892, 0.209482141084727828),
)
GAUSS = (0.129484966168869693, 0.279705391489276668, 0.381830050505118945, 0.417959183673469388)
"""The weights of the rule of 7 points among them, every second one."""
PRECISION = 1e-12
"""A stretch is left where both rules agree up to this share of the largest derivative on its line, …"""
ACCOUNTED = 1e-10
"""… and account for the change of the function up to this share of that and of the largest output."""
PARTS = 4
"""Into how many a stretch is cut where they do not."""
DEEPEST = 22
"""How often that is done at most: 4²² stretches are finer than floats."""
ROWS = 1024
"""How many points go through the model at once."""

Values = Callable[[Tensor, Tensor], Tensor]
"""From points (n, *shape) and the rows (n,) that they are of to numbers for each."""


def mean_gradient(
    outputs: Values, gradients: Values, start: Tensor, direction: Tensor, points: int, most: int
) -> Tensor:
    """Return the mean (B, *shape) of ``gradients`` along start + t·direction, 0 ≤ t ≤ 1, (B, *shape) each.

    They are those, (n, *shape), of the function of ``outputs`` (n,).

    Every line is first asked at ``points`` places or a few more; a kink of the values costs about a thousand. No line is
    asked at more than ``most``: then what was found counts.
    """
    count, begun = len(start), -(-points // 15)
    row = torch.arange(count).repeat_interleave(begun)
    begin, length = torch.arange(begun).to(start).repeat(count) / begun, 1 / begun
    total, scale, level = torch.zeros_like(start), start.new_zeros(count), start.new_zeros(count)
    asked = torch.zeros(count, dtype=torch.int64)
    for depth in range(DEEPEST + 1):
        asked += 15 * torch.bincount(row, minlength=count)
        fine, coarse, sizes = _both(gradients, start, direction, row, begin, length)
        ends = outputs(_at(start, direction, row, torch.stack([begin, begin + length], 1)), row.repeat_interleave(2))
        left, right = ends.reshape(-1, 2).T
        scale = scale.scatter_reduce(0, row, sizes, "amax")
        level = level.scatter_reduce(0, row, torch.maximum(left.abs(), right.abs()), "amax")
        along_it = fine * direction[row]
        unaccounted = (length * along_it.flatten(1).sum(1) - (right - left)).abs() > ACCOUNTED * (scale + level)[row]
        is_rough = unaccounted | (length * _largest((fine - coarse) * direction[row]) > PRECISION * scale[row])
        more = 15 * PARTS * torch.bincount(row[is_rough], minlength=count)
        is_open = is_rough & (asked + more <= most)[row] & (depth < DEEPEST)
        total.index_add_(0, row[~is_open], length * fine[~is_open])
        if not is_open.any():
            break
        length /= PARTS
        places = torch.arange(PARTS).to(start) * length
        row, begin = row[is_open].repeat_interleave(PARTS), (begin[is_open, None] + places).flatten()
    return total


def _both(
    gradients: Values, start: Tensor, direction: Tensor, row: Tensor, begin: Tensor, length: float
) -> tuple[Tensor, Tensor, Tensor]:
    """Return the means (m, *shape) over stretches by both rules, and the largest value of each, (m,)."""
    nodes, weights, few = _rules(start)
    found = []
    for some in torch.split(torch.arange(len(row)), max(1, ROWS // 15)):
        rows = row[some]
        ts = begin[some, None] + length * (nodes + 1) / 2
        at = gradients(_at(start, direction, rows, ts), rows.repeat_interleave(15)).unflatten(0, ts.shape)
        sizes = _largest((at * direction[rows, None]).flatten(0, 1)).reshape(ts.shape).amax(1)
        found.append((torch.tensordot(weights, at, ([0], [1])), torch.tensordot(few, at, ([0], [1])), sizes))
    return tuple(map(torch.cat, zip(*found, strict=True)))  # type: ignore[return-value, arg-type]


def _at(start: Tensor, direction: Tensor, row: Tensor, ts: Tensor) -> Tensor:
    """Return the points (m·k, *shape) at ``ts`` (m, k), of rows (m,)."""
    return along(start[row], direction[row], ts)


def _rules(like: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Return the 15 nodes and weights, and those of the smaller rule, 0 elsewhere; weights sum to 1."""
    nodes, weights, few = torch.tensor([NODES, KRONROD, (0.0,) * 8], dtype=torch.float64)
    few[1::2] = torch.tensor(GAUSS, dtype=torch.float64)
    halves = (torch.cat([-nodes, nodes[:-1].flip(0)]), *(torch.cat([w, w[:-1].flip(0)]) / 2 for w in (weights, few)))
    return tuple(half.to(like) for half in halves)  # type: ignore[return-value]


def _largest(values: Tensor) -> Tensor:
    """Return the largest of the values (m, *shape) of each, without signs."""
    return values.abs().flatten(1).amax(1)
