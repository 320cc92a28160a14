"""Other positions: points moved so that what was special about them is no longer so."""

from ...networks.layers import Vector

STEP = 0.375
"""By how much neighbouring variables are moved apart: exact in binary, and equal to no usual number."""


def apart(x: Vector) -> Vector:
    """Return a point whose variables are others, and differ from each other."""
    return tuple(value + STEP * (place + 1) for place, value in enumerate(x))


def above(x: Vector) -> Vector:
    """Return a point of positive variables."""
    return tuple(abs(value) + STEP * (place + 1) for place, value in enumerate(x))


def below(x: Vector) -> Vector:
    """Return a point of negative variables."""
    return tuple(-abs(value) - STEP * (place + 1) / 2 for place, value in enumerate(x))
