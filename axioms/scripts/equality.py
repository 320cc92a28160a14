"""Equality: how far the scores of two explainers are from each other."""

from collections.abc import Callable

import torch


def gap(
    one: torch.Tensor,
    explain: Callable[..., torch.Tensor],
    model: torch.nn.Module,
    x: torch.Tensor,
    target: int,
    baseline: torch.Tensor | None,
    multiplied: str,
) -> float:
    """Return how far the scores ``one`` (B, d) are from those of ``explain``; ``multiplied`` by f(x) is one, or two."""
    keywords = {} if baseline is None else {"baseline": baseline.expand_as(x)}
    two = torch.as_tensor(explain(model, x, torch.full((len(x),), target), **keywords)).detach().reshape(one.shape)
    outputs = model(x)[:, target, None].detach()
    one, two = (scores * outputs if name == multiplied else scores for name, scores in (("one", one), ("two", two)))
    return float((one - two).abs().max())
