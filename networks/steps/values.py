"""Values on the way through a network: exact rows of integers, or floats with a bound on their error."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import Protocol

import numpy as np

from .arithmetic import Array, compact

Number = Fraction | float
SLACK = 2.0**-51
"""Four times the unit roundoff u = 2⁻⁵³."""
TINY = 2.0**-1020
"""More than all that underflow can take from a sum of products, which is n·2⁻¹⁰⁷⁴ for n terms."""


class Map(Protocol):
    """What takes values on."""

    def apply(self, rows: "Rows") -> "Values":
        """Return what it makes of exact rows."""

    def enclose(self, ball: "Ball") -> "Ball":
        """Return a ball around what it makes of all that is in ``ball``."""


class Values(ABC):
    """A batch of vectors: ``values`` (m, n) are their entries, or, row by row, a positive multiple of them."""

    values: Array

    @abstractmethod
    def through(self, step: Map) -> "Values":
        """Return what ``step`` makes of the vectors."""

    @abstractmethod
    def floats(self) -> Array:
        """Return the vectors as float64 (m, n)."""

    @abstractmethod
    def fractions(self) -> list[tuple[Fraction, ...]]:
        """Return the vectors as fractions."""

    @abstractmethod
    def errors(self) -> Array:
        """Return how far at most each of ``fractions`` is from the true value, (m, n)."""


class Rows(Values):
    """Rational vectors: ``values`` (m, n) integers over ``scale`` (m,) positive integers (homogeneous coordinates).

    ``bound`` holds, without signs, at least the largest value and the largest scale.
    """

    def __init__(self, values: Array, scale: Array, bound: tuple[int, int] | None = None) -> None:
        self.values = values
        self.scale = scale
        self.bound = bound or self.largest()

    def largest(self) -> tuple[int, int]:
        """Return the largest value, without signs, and the largest scale."""
        return int(np.abs(self.values).max(initial=0)), int(self.scale.max(initial=1))

    @classmethod
    def of(cls, points: Sequence[Sequence[Number]]) -> "Rows":
        """Return ``points`` (m, n), floats or fractions, as rows."""
        ratios = [[number.as_integer_ratio() for number in point] for point in points]
        scales = [lcm(*(denominator for _, denominator in row)) for row in ratios]
        values = [[n * (scale // d) for n, d in row] for row, scale in zip(ratios, scales, strict=True)]
        rows = np.array(values, dtype=object).reshape(len(ratios), -1)
        return cls(compact(rows), compact(np.array(scales, dtype=object)))

    @classmethod
    def over(cls, point: Sequence[int], scale: int) -> "Rows":
        """Return one row of integers over a positive scale."""
        return cls(compact(np.array([point], dtype=object)), compact(np.array([scale], dtype=object)))

    def through(self, step: Map) -> Values:
        """Return what ``step`` makes of the rows."""
        return step.apply(self)

    def floats(self) -> Array:
        """Return the rows as float64 (m, n), each number rounded once."""
        return np.array([[float(value) for value in row] for row in self.fractions()])

    def fractions(self) -> list[tuple[Fraction, ...]]:
        """Return the rows as fractions."""
        return [
            tuple(Fraction(value, scale) for value in row)
            for row, scale in zip(self.values.tolist(), self.scale.tolist(), strict=True)
        ]

    def errors(self) -> Array:
        """Return 0 everywhere: nothing is rounded."""
        return np.zeros(self.values.shape)


class Ball(Values):
    """Floats with a bound on their error: the true value of each entry is within ``radius`` of ``values``, (m, n) each.

    Both are float64. Each step proves how it keeps this in its ``enclose``, where numbers are rounded to nearest with
    the unit roundoff u = 2⁻⁵³. A radius is infinite where nothing is known.
    """

    def __init__(self, values: Array, radius: Array) -> None:
        self.values = values
        self.radius = np.where(np.isfinite(values) & ~np.isnan(radius), radius, np.inf)

    @classmethod
    def of(cls, rows: Rows) -> "Ball":
        """Return a ball around exact rows; rounded once to nearest, v is within 2u·|fl(v)| + 2⁻¹⁰⁷⁴ of fl(v)."""
        pairs = [[(float(value), value) for value in row] for row in rows.fractions()]
        values = np.array([[rounded for rounded, _ in row] for row in pairs])
        is_exact = np.array([[rounded == value for rounded, value in row] for row in pairs])
        return cls(values, np.where(is_exact, 0.0, np.abs(values) * SLACK + TINY))

    def through(self, step: Map) -> "Ball":
        """Return a ball around what ``step`` makes of all that is in this one."""
        return step.enclose(self)

    def floats(self) -> Array:
        """Return the centres."""
        return self.values

    def fractions(self) -> list[tuple[Fraction, ...]]:
        """Return the centres as fractions."""
        return [tuple(map(Fraction, row)) for row in self.values.tolist()]

    def errors(self) -> Array:
        """Return the radii."""
        return self.radius
