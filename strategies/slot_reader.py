"""The bytes of one slot of a wide network, read for one family."""

from dataclasses import dataclass
from math import prod
from typing import TypeVar

import numpy as np

from ..networks import Array, Family, Shape
from .draws import Draw, Layout
from .tables import bias_value, wide_weight_values

T = TypeVar("T")
SLOT = 64
"""Bytes of a slot: one for its kind, fifteen for its geometry, eight for biases, the rest for weights."""
MAX_UNITS = 32
"""The most units between two layers, but for inputs that have more."""

MAX_VOLUME_UNITS = 16
"""The same on volumes, where convolutions take longest."""


def most_units(shape: Shape) -> int:
    """Return how many units a layer on inputs of ``shape`` makes at most, but for inputs that have more."""
    return MAX_VOLUME_UNITS if len(shape) > 3 else MAX_UNITS


LAYOUT = Layout("a slot", SLOT)
KIND = LAYOUT.index("kind", 0, "proportion")
BIASES = LAYOUT.span("biases", 16, 8)
WEIGHTS = LAYOUT.span("weights", 24, SLOT - 24)


@dataclass(frozen=True)
class SlotReader:
    """What the bytes of ``block`` (SLOT,) stand for in ``family``."""

    block: bytes
    family: Family

    def __call__(self, draw: Draw[T]) -> T:
        """Return the value of a draw."""
        return draw(self.block)

    def biases(self, count: int, start: int = 0) -> tuple[float, ...]:
        """Return biases of the family."""
        values = BIASES(self.block)
        return tuple(bias_value(values[(start + i) % len(values)], self.family) for i in range(count))

    def weights(self, shape: Shape, start: int = 0) -> Array:
        """Return an array of weights; what is longer than the slot begins again."""
        values, weights = wide_weight_values(self.family), WEIGHTS(self.block)
        count = prod(shape)
        return np.array([values[weights[(start + i) % len(weights)]] for i in range(count)]).reshape(shape)
