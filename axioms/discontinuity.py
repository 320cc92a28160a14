"""Continuity of any model: the walk along a path, without a generated network."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ..networks import Array, AxiomcheckError, Path
from .arithmetic import RESOLUTIONS, ROUNDING
from .walk import Place, Walk, is_resolved

if TYPE_CHECKING:
    from torch import nn


def discontinuity(
    explainer: Callable[..., Any],
    model: "nn.Module",
    path: Path,
    *,
    shape: tuple[int, ...] | None = None,
    target: int = 0,
    baseline: Array | None = None,
    kinks: Sequence[float] = (),
) -> Place:
    """Return where the scores of ``explainer`` for ``model`` jump or blow up on ``path``, or a place that says no.

    ``shape`` is that of one input, (d,) if not given; ``kinks`` are parameters of the path at which the model is known
    to have its own: one call looks at both sides of each. Without them the search is adaptive, 32 points a call. Paths
    with a segment too short to be resolved are undecided.

    >>> import torch
    >>> squares = lambda model, inputs, target: inputs**2
    >>> steps = lambda model, inputs, target: (inputs > 0.25).to(inputs)
    >>> path = Path(((-1.0,), (1.0,)))
    >>> discontinuity(squares, torch.nn.Identity(), path).kind
    'none'
    >>> found = discontinuity(steps, torch.nn.Identity(), path)
    >>> found.kind, round(found.t, 9), found.size
    ('jump', 0.625, 1.0)
    """
    import torch

    dtype = next((parameter.dtype for parameter in model.parameters()), torch.float64)
    kind = str(dtype).removeprefix("torch.")
    if kind not in RESOLUTIONS:
        raise AxiomcheckError(f"Expected a model in float64 or float32 but got one in {kind}")

    def scores(ts: Array) -> Array:
        inputs = torch.tensor(path.points(ts), dtype=dtype).reshape(len(ts), *(shape or (-1,)))
        targets = torch.full((len(ts),), target, dtype=torch.int64)
        start = None if baseline is None else torch.tensor(baseline, dtype=dtype).reshape(inputs.shape[1:])
        keywords = {} if start is None else {"baseline": start.expand_as(inputs)}
        relevance: Array = explainer(model, inputs, targets, **keywords).detach().double().flatten(1).numpy()
        return relevance

    resolution = RESOLUTIONS[kind]
    if not is_resolved(path, resolution):
        return Place(0.0, "undecided")
    noise = ROUNDING[kind] * float(np.abs(path.vertices).max())
    return Walk(scores, path.segments, kinks, resolution=resolution, noise=noise).verdict()
