"""Channels: some of what a layer has for each of them, and shifts that are the same at all their places."""

from typing import TypeVar

import numpy as np

from ..errors import DoesNotApply
from .origin import Places, Shape
from .values import Array

T = TypeVar("T")


def pick(values: tuple[T, ...], places: Places) -> tuple[T, ...]:
    """Return the values at some places; the first one where there was none."""
    return tuple(values[max(place, 0)] for place in places)


def per_channel(shift: Array, shape: Shape) -> Array:
    """Return the shift (channels,) of inputs of ``shape``; raise ``DoesNotApply`` where its places differ."""
    flat = shift.reshape(shape[0], -1)
    if (flat != flat[:, :1]).any():
        raise DoesNotApply("the places of a channel are not shifted alike")
    return np.asarray(flat[:, 0])


def per_place(channels: Array, shape: Shape) -> Array:
    """Return the shift (d,) of inputs of ``shape`` that is ``channels`` at each place."""
    return np.repeat(channels, int(np.prod(shape[1:])))
