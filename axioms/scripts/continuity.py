"""Continuity: how far the scores jump between the two sides of a place."""

from collections.abc import Callable

import torch


def gap(scores: Callable[..., torch.Tensor], model: torch.nn.Module, sides: torch.Tensor) -> float:
    """Return how far the scores on both sides of the jump are from each other."""
    before, after = scores(model, sides)
    return float((after - before).abs().max())
