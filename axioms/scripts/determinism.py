"""Determinism: how far the scores of two calls are from each other."""

import random
from collections.abc import Callable

import numpy as np
import torch


def gap(scores: Callable[..., torch.Tensor], model: torch.nn.Module, x: torch.Tensor) -> float:
    """Return how far a second call is from the first, or the first result from what it was before a third."""

    def relevance(seed: int, inputs: torch.Tensor) -> torch.Tensor:
        torch.manual_seed(seed), np.random.seed(seed), random.seed(seed)
        return scores(model, inputs.clone())

    first = relevance(0, x)
    copy = first.clone()
    second = relevance(1, x).clone()
    relevance(1, x + 1)
    return max(float((copy - other).abs().max()) for other in (first, second))
