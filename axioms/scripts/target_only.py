"""Target only: how far the scores are from those beside other outputs."""

from collections.abc import Callable

import torch


def gap(scores: Callable[..., torch.Tensor], model: torch.nn.Module, other: torch.nn.Module, x: torch.Tensor) -> float:
    """Return how far the scores in the one network are from those in the other."""
    return float((scores(other, x) - scores(model, x)).abs().max())
