"""The total variation of f on the way from a baseline: what the error of a quadrature is a share of."""

import numpy as np

from ..networks import Array, Path, Vector
from .subject import Subject

STEPS = 64
"""Points between, where f may bend without a known kink."""


def variation(subject: Subject, start: Vector, x: Vector, target: int) -> float:
    """Return by how much the output changes on the segment from ``start`` to ``x``, up and down.

    It is exact where the function is piecewise linear, and from below elsewhere: f(x) = relu(1 - relu(x1)) - 1 from
    -1 to 1 changes by 1.

    >>> from ..networks import Network
    >>> from ..networks.layers import Linear, ReLU
    >>> tent = Network((Linear(((1.0,), (1.0,)), (0.0, -1.0)), ReLU(), Linear(((1.0, -2.0),), (0.0,))))
    >>> variation(tent, (0.0,), (2.0,), 0)
    2.0
    """
    return float(np.abs(np.diff(_along(subject, start, x, target)[1])).sum())


def bending(subject: Subject, start: Vector, x: Vector, target: int) -> float:
    """Return by how much the slope along the segment from ``start`` to ``x`` changes, at all kinks, in units per t.

    A sum over n evenly spaced points that stands for the integral of the slope errs by at most that over n. On a tent
    from 0 to 2 the slope is 2 per t, then -2.

    >>> from ..networks import Network
    >>> from ..networks.layers import Linear, ReLU
    >>> tent = Network((Linear(((1.0,), (1.0,)), (0.0, -1.0)), ReLU(), Linear(((1.0, -2.0),), (0.0,))))
    >>> bending(tent, (0.0,), (2.0,), 0)
    4.0
    """
    ts, outputs = _along(subject, start, x, target)
    return float(np.abs(np.diff(np.diff(outputs) / np.diff(ts))).sum())


def _along(subject: Subject, start: Vector, x: Vector, target: int) -> tuple[Array, Array]:
    """Return the parameters at which f may bend on a segment, with its ends, and f there."""
    path = Path((start, x))
    kinks = (float(t) for kink in subject.kinks(path) for t in (kink.at, kink.until))
    ts = np.unique([0.0, 1.0, *kinks, *(() if subject.is_exact else np.linspace(0, 1, STEPS))])
    return ts, subject.outputs(path.points(ts))[:, target]
