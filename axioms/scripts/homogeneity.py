"""Homogeneity: how far the scores of c f are from c times those of f."""

from collections.abc import Callable

import torch


def gap(
    scores: Callable[..., torch.Tensor],
    model: torch.nn.Module,
    other: torch.nn.Module,
    x: torch.Tensor,
    factor: float,
) -> float:
    """Return how far the scores of the multiple are from the multiple of the scores."""
    return float((scores(other, x) - factor * scores(model, x)).abs().max())
