"""Demand monotonicity: how far the score of a variable falls where the variable grows."""

from collections.abc import Callable

import torch


def gap(
    scores: Callable[..., torch.Tensor],
    model: torch.nn.Module,
    x: torch.Tensor,
    higher: torch.Tensor,
    variable: int,
) -> float:
    """Return how far the variable's score falls on the way from ``x`` up to ``higher``."""
    before, after = scores(model, torch.cat([x, higher]))[:, variable]
    return float(before - after)
