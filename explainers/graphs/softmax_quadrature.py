"""The mean slope of a smooth function, such as a softmax, along straight pieces of what enters it."""

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor

POINTS = 16
"""Of each Gauss-Legendre rule."""
SPREAD = 4.0
"""How far the entering values may move against each other along one rule. A softmax of values on a line has its poles
at least π / SPREAD of the rule's length off it, so that 16 points are exact to 1e-15."""
MOST = 2000
"""Rules for one piece at most: beyond, the softmax is a step on most pieces."""
ROWS = 2**16
"""How many values are held at once."""


def mean_slopes(function: Callable[[Tensor], Tensor], left: Tensor, right: Tensor, target: Tensor) -> Tensor:
    """Return the mean over each piece of ∂ function_target / ∂z (m, K); its ends are ``left`` and ``right`` (m, K)."""
    change = right - left
    spread = float((change.amax(1) - change.amin(1)).max()) if change.numel() else 0.0
    nodes, weights = _rule(min(max(int(np.ceil(spread / SPREAD)), 1), MOST), left)
    means = []
    for place in range(0, max(len(left), 1), portion := max(1, ROWS // len(nodes))):
        some = slice(place, place + portion)
        entering = (left[some, None] + nodes[:, None] * change[some, None]).flatten(0, 1).requires_grad_()
        outputs = function(entering).gather(1, target[some].repeat_interleave(len(nodes))[:, None])
        (slopes,) = torch.autograd.grad(outputs.sum(), entering)
        means.append((slopes.reshape(-1, len(nodes), left.shape[1]) * weights[:, None]).sum(1))
    return torch.cat(means)


def _rule(rules: int, like: Tensor) -> tuple[Tensor, Tensor]:
    """Return the nodes and weights on [0, 1] of as many Gauss-Legendre rules, one behind the other."""
    nodes, weights = np.polynomial.legendre.leggauss(POINTS)
    places = (np.arange(rules)[:, None] + (nodes + 1) / 2) / rules
    return torch.as_tensor(places.ravel()).to(like), torch.as_tensor(np.tile(weights / 2 / rules, rules)).to(like)
