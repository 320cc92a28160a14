"""Positivity: how far below 0 the scores are."""

from collections.abc import Callable

import torch


def gap(scores: Callable[..., torch.Tensor], model: torch.nn.Module, x: torch.Tensor) -> float:
    """Return how far the smallest score is below 0."""
    return float(scores(model, x).neg().max().clamp(min=0))
