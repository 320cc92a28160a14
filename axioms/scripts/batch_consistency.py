"""Batch consistency: how far the scores in a batch are from those of its items alone."""

import random
from collections.abc import Callable

import numpy as np
import torch


def gap(
    explain: Callable[..., torch.Tensor],
    model: torch.nn.Module,
    x: torch.Tensor,
    target: int,
    baseline: torch.Tensor | None,
) -> float:
    """Return how far the batch is from its items, each with a target and a baseline of its own."""
    items = torch.arange(len(x))
    targets = (target + items) % model(x.clone()).shape[1]
    steps = items.reshape(-1, *[1] * (x.dim() - 1)).expand_as(x)
    baselines = {} if baseline is None else {"baseline": baseline + steps}

    def relevance(chosen: slice) -> torch.Tensor:
        torch.manual_seed(0), np.random.seed(0), random.seed(0)
        keywords = {name: values[chosen].clone() for name, values in baselines.items()}
        return explain(model, x[chosen].clone(), targets[chosen].clone(), **keywords).detach()

    alone = torch.cat([relevance(slice(i, i + 1)) for i in range(len(x))])
    return float((relevance(slice(None)) - alone).abs().max())
