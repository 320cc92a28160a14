"""Reach: which inputs bear on which outputs, which way, and how much is added up, from weights and signs alone."""

from collections.abc import Sequence

import numpy as np

from .layers import Array
from .steps import Number, Step


def influence(steps: Sequence[Step], in_features: int) -> Array:
    """Return which variables (d,) some weights lead from to which outputs (K,), as booleans (d, K)."""
    reach: Array = np.eye(in_features)
    for step in steps:
        reach = step.influence(reach)
    return reach > 0


def trends(steps: Sequence[Step], in_features: int) -> tuple[Array, Array]:
    """Return which variables (d,) can raise which outputs (K,), and which can lower them, as booleans (d, K).

    A variable raises what some weights lead to that multiply to something positive: one that lowers nothing is one
    in which the output never falls.
    """
    up: Array = np.eye(in_features)
    down: Array = np.zeros_like(up)
    for step in steps:
        up, down = step.trends(up, down)
    return up > 0, down > 0


LOST = 2.0**-40
"""The share of a magnitude that roundings may take."""


def magnitude(steps: Sequence[Step], x: Sequence[Number], error: float = 0.0) -> float:
    """Return the largest output at |x| + 1 with every weight and bias made positive, at least ``error`` / ``LOST``.

    A step that can be steep, as a normalisation can, is bounded around what it reads at ``x``.
    """
    point: Array = np.array(x, dtype=np.float64)
    values = np.abs(point) + 1
    last = max((number for number, step in enumerate(steps) if step.is_steep), default=0)
    for number, step in enumerate(steps):
        values = step.bound_at(point, values)
        if number < last:
            point = step.forward(point[None])[0]
    return max(float(values.max()), error / LOST)
