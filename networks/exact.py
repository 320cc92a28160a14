"""Exact evaluation: rational points as integers over one common denominator (homogeneous coordinates).

Weights are dyadic and ReLU commutes with positive scaling, so a whole network is computed in integers; the
denominator is carried beside them. It equals evaluation in ``fractions.Fraction``, which would look for a greatest
common divisor at every step.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import lcm

import numpy as np

from .layers import Array, Layer, Linear

Number = Fraction | float


class Rows:
    """A batch of rational vectors: ``values`` (m, n) integers over ``scale`` (m,) positive integers."""

    def __init__(self, values: Array, scale: Array) -> None:
        self.values = values
        self.scale = scale

    @classmethod
    def of(cls, points: Sequence[Sequence[Number]]) -> "Rows":
        """Return ``points`` (m, n), floats or fractions, as rows."""
        ratios = [[number.as_integer_ratio() for number in point] for point in points]
        scales = [lcm(*(denominator for _, denominator in row)) for row in ratios]
        values = [[n * (scale // d) for n, d in row] for row, scale in zip(ratios, scales, strict=True)]
        return cls(np.array(values, dtype=object).reshape(len(ratios), -1), np.array(scales, dtype=object))

    def through(self, layer: Layer) -> "Rows":
        """Return what ``layer`` makes of the rows."""
        if isinstance(layer, Linear):
            weight, bias, bits = layer.integers
            return Rows(self.values @ weight + self.scale[:, None] * bias, self.scale * 2**bits)
        return Rows(np.maximum(self.values, 0), self.scale)

    def fractions(self) -> list[tuple[Fraction, ...]]:
        """Return the rows as fractions."""
        return [
            tuple(Fraction(value, scale) for value in row)
            for row, scale in zip(self.values.tolist(), self.scale.tolist(), strict=True)
        ]


def passes(layers: Sequence[Layer], points: Sequence[Sequence[Number]]) -> Iterator[tuple[int, Rows]]:
    """Yield, layer by layer, its index and the rows that enter it; at last the index past the end and the output."""
    rows = Rows.of(points)
    for index, layer in enumerate(layers):
        yield index, rows
        rows = rows.through(layer)
    yield len(layers), rows


def evaluate(layers: Sequence[Layer], points: Sequence[Sequence[Number]]) -> list[tuple[Fraction, ...]]:
    """Return the outputs (m, K) of ``layers`` at ``points`` (m, n), exactly."""
    rows = Rows.of(points)
    for layer in layers:
        rows = rows.through(layer)
    return rows.fractions()
