"""Continuity of any model: the walk along a path, without a generated network."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ..networks import Array, Path
from .walk import Place, Walk, is_resolved

if TYPE_CHECKING:
    from torch import nn

RESOLUTIONS = {"torch.float64": 2.0**-40, "torch.float32": 2.0**-20}
ROUNDING = {"torch.float64": 2.0**-40, "torch.float32": 2.0**-18}


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
    keywords: dict[str, Any] = {}

    def scores(ts: Array) -> Array:
        inputs = torch.tensor(path.points(ts), dtype=dtype).reshape(len(ts), *(shape or (-1,)))
        if baseline is not None:
            keywords["baseline"] = torch.tensor(baseline, dtype=dtype).reshape(inputs.shape[1:]).expand_as(inputs)
        asked = torch.full((len(ts),), target, dtype=torch.int64)
        found: Array = explainer(model, inputs, asked, **keywords).detach().double().flatten(1).numpy()
        return found

    resolution = RESOLUTIONS[str(dtype)]
    if not is_resolved(path, resolution):
        return Place(0.0, "undecided")
    noise = ROUNDING[str(dtype)] * float(np.abs(path.vertices).max())
    return Walk(scores, path.segments, kinks, resolution=resolution, noise=noise).verdict()
