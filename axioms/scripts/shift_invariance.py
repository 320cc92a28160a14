"""Shift invariance: how far the scores of the shifted function at the shifted input are from those of f."""

from collections.abc import Callable

import torch


def gap(
    scores: Callable[..., torch.Tensor],
    model: torch.nn.Module,
    other: torch.nn.Module,
    x: torch.Tensor,
    shift: torch.Tensor,
) -> float:
    """Return how far the scores move when the zero of the input does."""
    return float((scores(other, x - shift, shift=shift) - scores(model, x)).abs().max())
