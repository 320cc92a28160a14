"""Gradients at a point, exactly, and whether it lies on a kink.

A kink is a point where a ReLU's pre-activation z is 0 and its gradient through the layers before it is not, or where
maxima tie whose gradients differ. A unit that is fed by dead units alone is 0 on an open set; that is no kink.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from .exact import Number, Rows
from .layers import Array
from .steps import Affine, Largest, Rectify, Step, compact, of


def is_on_kink(steps: Sequence[Step], point: Sequence[Number]) -> bool:
    """Return whether ``point`` lies on a kink of any of ``steps``."""
    for step, rows, gradient in _walk(steps, point):
        values = rows.values[0]
        if isinstance(step, Rectify):
            units = step.units[values[step.units] == 0]
            if units.size and gradient[:, units].any():
                return True
        elif isinstance(step, Largest):
            tied = values[step.padded] == values[step.padded].max(axis=1, keepdims=True)
            for group in np.flatnonzero(tied.sum(axis=1) > 1):
                columns = gradient[:, step.padded[group][tied[group]]]
                if (columns != columns[:, :1]).any():
                    return True
    return False


def gradients(steps: Sequence[Step], point: Sequence[Number]) -> Array:
    """Return the gradients (d, n) of the last step's n units at ``point``, up to one positive factor."""
    *_, (_, _, gradient) = _walk(steps, point)
    return gradient


def _walk(steps: Sequence[Step], point: Sequence[Number]) -> Iterator[tuple[Step | None, Rows, Array]]:
    """Yield each step with what enters it and that one's gradient (d, n); at last None with the output."""
    rows, gradient = Rows.of([point]), np.eye(len(point), dtype=np.int64)
    for step in steps:
        yield step, rows, gradient
        gradient = _through(step, rows, gradient)
        rows = rows.through(step)
    yield None, rows, gradient


def _through(step: Step, rows: Rows, gradient: Array) -> Array:
    values = rows.values[0]
    if isinstance(step, Affine):
        most = int(np.abs(gradient).max(initial=0)) * step.growth[0]
        wide = object if most >= 2**62 or object in (gradient.dtype, step.weight.dtype) else np.int64
        return compact(gradient.astype(wide) @ step.weight.astype(wide))
    if isinstance(step, Rectify):
        return np.where(step.mask & (values <= 0), 0, gradient)
    if isinstance(step, Largest):
        winners = values[step.padded].argmax(axis=1)
        return np.asarray(gradient[:, step.padded[range(len(winners)), winners]])
    shares = of(step, rows.floats())[0]
    slopes = (gradient / (np.abs(gradient).max() or 1)).astype(np.float64)
    return np.asarray(shares * (slopes - slopes @ shares[:, None]))
