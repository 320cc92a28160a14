"""Conservation: how far the sum of the scores is from what is expected."""

from collections.abc import Callable

import torch


def gap(scores: Callable[..., torch.Tensor], model: torch.nn.Module, x: torch.Tensor, expected: float) -> float:
    """Return how far the scores are from summing to what is expected."""
    total = scores(model, x).sum()
    return float((total - expected).abs())
