"""Path: a continuous, piecewise linear curve in input space."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import gcd, lcm
from typing import ClassVar

import numpy as np

from .errors import AxiomcheckError
from .layers import Array, Vector
from .shown import Shown


@dataclass(frozen=True)
class Path(Shown):
    """The curve through ``vertices``; its parameter t runs from 0 to the number of segments, one unit a segment.

    >>> Path(((0.0, 0.0), (2.0, 0.0), (2.0, 4.0))).point(Fraction(3, 2))
    (Fraction(2, 1), Fraction(2, 1))
    """

    vertices: tuple[Vector, ...]
    writer: ClassVar[str] = "path"

    def __post_init__(self) -> None:
        if len(self.vertices) < 2 or len({len(vertex) for vertex in self.vertices}) != 1:
            raise AxiomcheckError(f"Expected two or more vertices of one length but got vertices={self.vertices!r}")

    @property
    def segments(self) -> int:
        """How many straight segments the path has."""
        return len(self.vertices) - 1

    @cached_property
    def _integers(self) -> tuple[list[list[int]], int]:
        """The vertices as integers over one common denominator."""
        ratios = [[number.as_integer_ratio() for number in vertex] for vertex in self.vertices]
        scale = lcm(*(denominator for vertex in ratios for _, denominator in vertex))
        return [[n * (scale // d) for n, d in vertex] for vertex in ratios], scale

    def at(self, t: Fraction) -> tuple[list[int], int]:
        """Return the exact point at ``t``, as integers (d,) over one common denominator."""
        vertices, scale = self._integers
        index = min(int(t), self.segments - 1)
        stop, whole = (t - index).as_integer_ratio()
        start = whole - stop
        ends = zip(vertices[index], vertices[index + 1], strict=True)
        values = [a * start + b * stop for a, b in ends]
        common = gcd(scale * whole, *values)
        return [value // common for value in values], scale * whole // common

    def point(self, t: Fraction) -> tuple[Fraction, ...]:
        """Return the exact point at ``t``."""
        values, scale = self.at(t)
        return tuple(Fraction(value, scale) for value in values)

    def points(self, ts: Array) -> Array:
        """Return the points (m, d) at the float parameters ``ts`` (m,), as float64."""
        vertices = np.array(self.vertices, dtype=np.float64)
        index = np.minimum(ts.astype(int), self.segments - 1)
        start, stop = vertices[index], vertices[index + 1]
        points: Array = start + (ts - index)[:, None] * (stop - start)
        return points
