"""Exact evaluation: rational points as integers over one common denominator (homogeneous coordinates).

Weights are rational and ReLU commutes with positive scaling, so a whole network is computed in integers, of 64 bits
where they are enough; the denominator is carried beside them. It equals evaluation in ``fractions.Fraction``, which
would look for a greatest common divisor at every step.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import lcm

import numpy as np

from .layers import Array
from .steps import SAFE, Affine, Largest, Rectify, Step, compact, of

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
        rows = np.array(values, dtype=object).reshape(len(ratios), -1)
        return cls(compact(rows), compact(np.array(scales, dtype=object)))

    def through(self, step: Step) -> "Rows":
        """Return what ``step`` makes of the rows."""
        if isinstance(step, Affine):
            return self._through_affine(step)
        if isinstance(step, Rectify):
            return Rows(np.where(step.mask, np.maximum(self.values, 0), self.values), self.scale)
        if isinstance(step, Largest):
            return Rows(self.values[:, step.padded].max(axis=2), self.scale)
        return Rows.of(of(step, self.floats()).tolist())

    def _through_affine(self, step: Affine) -> "Rows":
        values, scale = self._with_room_for(step)
        weight, bias = (array.astype(values.dtype) for array in (step.weight, step.bias))
        return Rows(values @ weight + scale[:, None] * bias, scale * step.scale)

    def _with_room_for(self, step: Affine) -> tuple[Array, Array]:
        """Return values and scales as Python's own integers if 64 bits might not hold what ``step`` makes of them."""
        if object not in (self.values.dtype, self.scale.dtype, step.weight.dtype, step.bias.dtype):
            (growth, bias), scale = step.growth, int(self.scale.max())
            most = int(np.abs(self.values).max(initial=0)) * growth + scale * bias
            if most < SAFE and scale * step.scale < SAFE:
                return self.values, self.scale
        return self.values.astype(object), self.scale.astype(object)

    def floats(self) -> Array:
        """Return the rows as float64 (m, n), each number rounded once."""
        return np.array([[float(value) for value in row] for row in self.fractions()])

    def fractions(self) -> list[tuple[Fraction, ...]]:
        """Return the rows as fractions."""
        return [
            tuple(Fraction(value, scale) for value in row)
            for row, scale in zip(self.values.tolist(), self.scale.tolist(), strict=True)
        ]


def passes(steps: Sequence[Step], points: Sequence[Sequence[Number]]) -> Iterator[tuple[int, Rows]]:
    """Yield, step by step, its index and the rows that enter it; at last the index past the end and the output."""
    rows = Rows.of(points)
    for index, step in enumerate(steps):
        yield index, rows
        rows = rows.through(step)
    yield len(steps), rows


def evaluate(steps: Sequence[Step], points: Sequence[Sequence[Number]]) -> list[tuple[Fraction, ...]]:
    """Return the outputs (m, K) of ``steps`` at ``points`` (m, n), exactly but for a softmax."""
    rows = Rows.of(points)
    for step in steps:
        rows = rows.through(step)
    return rows.fractions()
