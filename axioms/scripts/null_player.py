"""Null player: the largest score of variables without influence."""

from collections.abc import Callable

import torch


def gap(scores: Callable[..., torch.Tensor], model: torch.nn.Module, x: torch.Tensor, irrelevant: list[int]) -> float:
    """Return the largest score of the variables without influence."""
    return float(scores(model, x)[0, irrelevant].abs().max())
