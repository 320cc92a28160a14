"""Integers in arrays: of 64 bits while they fit, else Python's own."""

from typing import Any

import numpy as np

from ..errors import AxiomcheckError

Array = np.ndarray[Any, Any]
SAFE = 2**62
"""Integers below this in absolute value fit into 64 bits."""


def compact(values: Array) -> Array:
    """Return integers in 64 bits where they fit, else as Python's own."""
    if values.dtype != object:
        return values
    return values.astype(np.int64) if not values.size or np.abs(values).max() < SAFE else values


def integers(numbers: Array) -> tuple[Array, int]:
    """Return float64 ``numbers`` as integers over one power of two."""
    if not np.isfinite(numbers).all():
        raise AxiomcheckError("Expected finite weights and biases")
    scale, scaled = 1, numbers
    while not (scaled == np.rint(scaled)).all():
        scale *= 2
        scaled = numbers * scale
    if np.abs(scaled).max(initial=0.0) < SAFE:
        return scaled.astype(np.int64), scale
    return np.array([int(number) for number in scaled.ravel().tolist()], dtype=object).reshape(scaled.shape), scale
