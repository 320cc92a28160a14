"""Symmetry: how far the scores of two symmetric variables are from each other."""

from collections.abc import Callable

import torch


def gap(scores: Callable[..., torch.Tensor], model: torch.nn.Module, x: torch.Tensor, symmetric: list[int]) -> float:
    """Return how far the scores of the two variables are from each other."""
    relevance = scores(model, x)[0, symmetric]
    return float((relevance[0] - relevance[1]).abs())
