"""Mean gradients along straight lines, by a quadrature that knows its error and refines where it is too large.

The error is seen three times: by two rules that disagree; by what the function changes by from one end of a stretch
to the other, which the gradients must account for; and by any value on the way through the model that is not, at the
ends, what its course between them foretells. So a step is not missed that is too narrow for the points of both rules.
"""

from collections.abc import Callable
from typing import NamedTuple

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

FORETOLD = 1e-9
"""… and where all values at the ends are foretold up to this share of the largest."""

Values = Callable[[Tensor, Tensor], Tensor]
"""From points (n, *shape) and the lines (n,) that they are of to numbers for each."""


class Lines(NamedTuple):
    """The lines start + t·direction (B, *shape), 0 ≤ t ≤ 1, and on them a function and its gradients (n, *shape).

    ``inner`` are all values on the way to its outputs, (n, k).
    """

    outputs: Values
    inner: Values
    gradients: Values
    start: Tensor
    direction: Tensor

    def ask(self, values: Values, line: Tensor, ts: Tensor) -> Tensor:
        """Return values (m, k, …) at parameters (m, k) of some lines (m,)."""
        points = along(self.start[line], self.direction[line], ts)
        found = values(points, line.repeat_interleave(ts.shape[1]))
        return found.reshape(*ts.shape, *found.shape[1:])


def mean_gradient(lines: Lines, *, points: int, most: int) -> Tensor:
    """Return the mean (B, *shape) of the gradients along each line.

    It is first asked at ``points`` places or a few more; a kink of the function costs about a thousand. No line is
    asked at more than ``most``: then what was found counts.
    """
    start = lines.start
    count, begun = len(start), -(-points // 15)
    line = torch.arange(count).repeat_interleave(begun)
    begin, length = torch.arange(begun).to(start).repeat(count) / begun, 1 / begun
    total, scale, asked = torch.zeros_like(start), start.new_zeros(count), torch.zeros(count, dtype=torch.int64)
    for depth in range(DEEPEST + 1):
        asked += 15 * torch.bincount(line, minlength=count)
        found = _measured(lines, line, begin, length)
        scale = scale.scatter_reduce(0, line, found.size, "amax")
        is_rough = (found.apart > PRECISION * scale[line]) | (found.unaccounted > ACCOUNTED * scale[line])
        is_rough |= found.unforetold > FORETOLD
        more = 15 * PARTS * torch.bincount(line[is_rough], minlength=count)
        is_open = is_rough & (asked + more <= most)[line] & (depth < DEEPEST)
        total.index_add_(0, line[~is_open], length * found.mean[~is_open])
        if not is_open.any():
            break
        length /= PARTS
        places = torch.arange(PARTS).to(start) * length
        line, begin = line[is_open].repeat_interleave(PARTS), (begin[is_open, None] + places).flatten()
    return total


class _Measured(NamedTuple):
    """What is found on stretches: the mean gradients (m, *shape), and three numbers (m,) of each.

    They say how far both rules are ``apart``, what they leave ``unaccounted`` of the change of the function, which
    share of the largest value is ``unforetold``, and the largest derivative or output.
    """

    mean: Tensor
    apart: Tensor
    unaccounted: Tensor
    unforetold: Tensor
    size: Tensor


def _measured(lines: Lines, line: Tensor, begin: Tensor, length: float) -> _Measured:
    """Return what both rules say of the stretches that ``begin`` (m,) on some lines (m,), of one ``length``."""
    nodes, weights, few = _rules(begin)
    to_ends = _to_ends(begin)
    found = []
    for some in torch.split(torch.arange(len(line)), max(1, ROWS // 15)):
        own, first = line[some], begin[some, None]
        within, both = first + length * (nodes + 1) / 2, torch.cat([first, first + length], 1)
        gradients = lines.ask(lines.gradients, own, within)
        ends = lines.ask(lines.outputs, own, both)
        course, inner = (lines.ask(lines.inner, own, ts) for ts in (within, both))
        foretold = torch.einsum("ej,mjk->mek", to_ends, course)
        largest = torch.maximum(course.abs().amax((1, 2)), inner.abs().amax((1, 2)))
        fine, coarse = (torch.tensordot(rule, gradients, ([0], [1])) for rule in (weights, few))
        slopes, way = gradients.flatten(2), lines.direction[own].flatten(1)
        change, apart = ends[:, 1] - ends[:, 0], (fine - coarse).flatten(1) * way
        found.append(
            _Measured(
                fine,
                length * apart.abs().amax(1),
                (length * (fine.flatten(1) * way).sum(1) - change).abs(),
                (foretold - inner).abs().amax((1, 2)) / torch.where(largest > 0, largest, 1),
                torch.maximum((slopes * way[:, None]).abs().amax((1, 2)), ends.abs().amax(1)),
            )
        )
    return _Measured(*map(torch.cat, zip(*found, strict=True)))


def _to_ends(like: Tensor) -> Tensor:
    """Return (2, 15): how the polynomial through what stands at the nodes goes on to both ends (Lagrange)."""
    nodes = _rules(torch.zeros((), dtype=torch.float64))[0]
    apart = nodes[:, None] - nodes + torch.eye(15, dtype=torch.float64)
    ends = torch.tensor([[-1.0], [1.0]], dtype=torch.float64) - nodes
    others = ends[:, None].expand(2, 15, 15).masked_fill(torch.eye(15, dtype=torch.bool), 1.0)
    return (others.prod(2) / apart.prod(1)).to(like)


def _rules(like: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Return the 15 nodes and weights, and those of the smaller rule, 0 elsewhere; weights sum to 1."""
    nodes, weights, few = torch.tensor([NODES, KRONROD, (0.0,) * 8], dtype=torch.float64)
    few[1::2] = torch.tensor(GAUSS, dtype=torch.float64)
    both = (torch.cat([half, half[:-1].flip(0)]) / 2 for half in (weights, few))
    return torch.cat([-nodes, nodes[:-1].flip(0)]).to(like), *(rule.to(like) for rule in both)  # type: ignore[return-value]
