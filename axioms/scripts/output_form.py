"""Output form: whether scores come back in the form of the inputs."""

from collections.abc import Callable

import torch


def gap(
    explain: Callable[..., torch.Tensor],
    model: torch.nn.Module,
    x: torch.Tensor,
    target: int,
    baseline: torch.Tensor | None,
) -> float:
    """Return 0 if the scores have the inputs' shape, dtype, device and layout, and are finite; else 1."""
    keywords = {} if baseline is None else {"baseline": baseline.expand_as(x)}
    result = explain(model, x.clone(), torch.full((len(x),), target), **keywords)
    form = [(r.shape, r.dtype, r.device, r.layout) if isinstance(r, torch.Tensor) else None for r in (result, x)]
    return float(form[0] != form[1] or not result.isfinite().all())
