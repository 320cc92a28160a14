"""Linearity: how far the scores of a f + b h are from those of f and h, added up."""

from collections.abc import Callable

import torch


def gap(
    scores: Callable[..., torch.Tensor],
    model: torch.nn.Module,
    other: torch.nn.Module,
    x: torch.Tensor,
    a: float,
    b: float,
    second: int,
) -> float:
    """Return how far the scores of the combination are from the combination of the scores."""
    combination = a * scores(model, x) + b * scores(model, x, target=second)
    return float((scores(other, x, target=0) - combination).abs().max())
