"""Arithmetic: what floats of each kind resolve, what they lose, and what the scores' own size may count for."""

from typing import Literal, NamedTuple

import numpy as np

from ..networks import Array

Dtype = Literal["float64", "float32"]
RESOLUTIONS: dict[str, float] = {"float64": 2.0**-40, "float32": 2.0**-20}
"""The smallest step along a path, in segments."""
ROUNDING: dict[str, float] = {"float64": 2.0**-40, "float32": 2.0**-18}
"""The share of all magnitudes added up that may be lost."""
LOUDEST = 2.0**20
"""How often the magnitude of a network may stand in the scores before their size counts no further."""


class Weights(NamedTuple):
    """What a gap between scores is compared with: its ``scale``, and the magnitudes that were added up.

    ``magnitude`` is the part of these that is the network's own.
    """

    scale: float
    rounding: float
    magnitude: float


def weights(magnitude: float, *relevances: Array) -> Weights:
    """Return what scores, each (d,) or (B, d), may be compared with, on a network of this ``magnitude``.

    The scale is the largest score, at most the magnitude: that bounds the derivatives of the output, and all that is
    added up to it. Rounding errors grow with scores beyond that, as where a method divides by almost nothing; so the
    sum of the scores counts as rounding, up to ``LOUDEST`` magnitudes. More would let an explainer that adds noise of
    any size hide a defect behind it. In float64 a double still has 13 bits to spare there: 2^20 magnitudes times 2^-53
    is 2^-33 of the magnitude, and 2^-20 of it are allowed.

    >>> weights(2.0, np.array([1.0, -0.5]))
    Weights(scale=1.0, rounding=3.5, magnitude=2.0)
    >>> weights(2.0, np.array([1e14, -1e14])) == (2.0, 2.0 + 2 * 2**20, 2.0)
    True
    """
    sizes = [np.abs(relevance) for relevance in relevances]
    return Weights(
        min(max(float(size.max()) for size in sizes), magnitude),
        counted(sum(float(size.sum()) for size in sizes), magnitude) + magnitude,
        magnitude,
    )


def counted(size: float, magnitude: float) -> float:
    """Return the part of the ``size`` of scores that counts, on a network of this ``magnitude``."""
    return min(size, LOUDEST * magnitude)
