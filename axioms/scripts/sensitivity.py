"""Sensitivity: by how much one variable changes the output, if its score is nothing."""

from collections.abc import Callable

import torch


def gap(
    scores: Callable[..., torch.Tensor], model: torch.nn.Module, x: torch.Tensor, variable: int, expected: float
) -> float:
    """Return by how much the variable changes the output, or 0 if it has a score."""
    score = float(scores(model, x)[0, variable].abs())
    return 0.0 if score > 1e-6 * expected else float(expected)
