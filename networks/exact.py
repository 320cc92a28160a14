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
    """A batch of rational vectors: ``values`` (m, n) integers over ``scale`` (m,) positive integers.

    ``bound`` holds, without signs, at least the largest value and the largest scale.
    """

    def __init__(self, values: Array, scale: Array, bound: tuple[int, int] | None = None) -> None:
        self.values = values
        self.scale = scale
        self.bound = bound or self._largest()

    def _largest(self) -> tuple[int, int]:
        return int(np.abs(self.values).max(initial=0)), int(self.scale.max(initial=1))

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
            return Rows(np.where(step.mask, np.maximum(self.values, 0), self.values), self.scale, self.bound)
        if isinstance(step, Largest):
            return Rows(self.values[:, step.padded].max(axis=2), self.scale, self.bound)
        return Rows.of(of(step, self.floats()).tolist())

    def _through_affine(self, step: Affine) -> "Rows":
        bound = step.growth_of(self.bound)
        if max(bound) >= SAFE:  # it may be far from what the values are by now
            bound = step.growth_of(self._largest())
        values, scale, weight, bias = self.values, self.scale, step.weight, step.bias
        if max(bound) >= SAFE or object in {array.dtype for array in (values, scale, weight, bias)}:
            values, scale, weight, bias = (array.astype(object) for array in (values, scale, weight, bias))
        return Rows(values @ weight + scale[:, None] * bias, scale * step.scale, bound)

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
