"""The mean slope of a smooth function, such as a softmax, along straight pieces of what enters it."""

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor

POINTS = 16
"""Of a Gauss-Legendre rule."""
SPREAD = 4.0
"""How far the entering values may move against each other along one rule. A softmax of values on a line has its poles
at least π / SPREAD of the rule's length off it, so that 16 points are exact to 1e-15."""
LEAD = 50.0
"""By how much the largest value leads where a softmax is settled: its slopes change by less than exp(-50) there."""
PARTS = 4
"""Into how many stretches one is cut that is neither short nor settled."""
DEEPEST = 30
"""How often that is done at most: 4³⁰ stretches are finer than floats."""
ROWS = 2**16
"""How many values are held at once."""


def mean_slopes(function: Callable[[Tensor], Tensor], left: Tensor, right: Tensor, target: Tensor) -> Tensor:
    """Return the mean over each piece of ∂ function_target / ∂z (m, K); its ends are ``left`` and ``right`` (m, K).

    Pieces are cut until each stretch is short enough for one rule, or settled, where a single point says all.
    """
    change, means = right - left, torch.zeros_like(left)
    piece, start = torch.arange(len(left), device=left.device), left.new_zeros(len(left))
    for depth in range(DEEPEST + 1):
        length = PARTS**-depth
        begin, step = left[piece] + start[:, None] * change[piece], length * change[piece]
        settled = _are_settled(begin, begin + step)
        short = ~settled & ((step.amax(1) - step.amin(1) <= SPREAD) | (depth == DEEPEST))
        for chosen, points in ((settled, 1), (short, POINTS)):
            slopes = _slopes(function, begin[chosen], step[chosen], target[piece[chosen]], points)
            means.index_add_(0, piece[chosen], length * slopes)
        rest = ~(settled | short)
        if not rest.any():
            break
        places = torch.arange(PARTS, device=left.device) * (length / PARTS)
        piece, start = piece[rest].repeat_interleave(PARTS), (start[rest, None] + places).flatten()
    return means


def _are_settled(first: Tensor, last: Tensor) -> Tensor:
    """Return whether one value leads by ``LEAD`` at both ends (n, K) of each stretch, and so all the way between."""
    if first.shape[1] == 1:
        return torch.zeros(len(first), dtype=torch.bool, device=first.device)
    (one, at_first), (other, at_last) = first.topk(2), last.topk(2)
    leads = (values[:, 0] - values[:, 1] >= LEAD for values in (one, other))
    return next(leads) & next(leads) & (at_first[:, 0] == at_last[:, 0])


def _slopes(function: Callable[[Tensor], Tensor], begin: Tensor, step: Tensor, target: Tensor, points: int) -> Tensor:
    """Return the mean of ∂ function_target / ∂z (n, K) on each stretch, by a rule of so many points."""
    means = [begin.new_zeros((0, begin.shape[1]))]
    nodes, weights = (torch.as_tensor(values).to(begin) for values in np.polynomial.legendre.leggauss(points))
    portion = max(1, ROWS // points)
    for place in range(0, len(begin), portion):
        some = slice(place, place + portion)
        entering = begin[some, None] + (nodes[:, None] + 1) / 2 * step[some, None]
        leaf = entering.flatten(0, 1).requires_grad_()
        outputs = function(leaf).gather(1, target[some].repeat_interleave(points)[:, None])
        (slopes,) = torch.autograd.grad(outputs.sum(), leaf)
        means.append((slopes.reshape(entering.shape) * weights[:, None] / 2).sum(1))
    return torch.cat(means)
