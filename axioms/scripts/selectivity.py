"""Selectivity: the share of the largest score inside the irrelevant variables."""

from collections.abc import Callable

import torch


def gap(scores: Callable[..., torch.Tensor], model: torch.nn.Module, x: torch.Tensor, irrelevant: list[int]) -> float:
    """Return the largest score of irrelevant variables, as a share of its sum with the largest of the others."""
    relevance = scores(model, x)[0].abs()
    inside = relevance[irrelevant].max()
    others = torch.ones(len(relevance), dtype=torch.bool)
    others[irrelevant] = False
    outside = relevance[others].max()
    return float(inside / (inside + outside)) if inside + outside > 0 else 0.5
