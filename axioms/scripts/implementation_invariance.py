"""Implementation invariance: how far the scores of two networks of one function are from each other."""

from collections.abc import Callable

import torch


def gap(scores: Callable[..., torch.Tensor], model: torch.nn.Module, other: torch.nn.Module, x: torch.Tensor) -> float:
    """Return how far the scores on the two networks are from each other."""
    return float((scores(model, x) - scores(other, x)).abs().max())
