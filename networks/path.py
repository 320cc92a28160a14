"""Path: a continuous, piecewise linear curve in input space."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from .errors import AxiomcheckError
from .layers import Array, Vector


@dataclass(frozen=True)
class Path:
    """The curve through ``vertices``; its parameter t runs from 0 to the number of segments, one unit a segment.

    >>> Path(((0.0, 0.0), (2.0, 0.0), (2.0, 4.0))).point(Fraction(3, 2))
    (Fraction(2, 1), Fraction(2, 1))
    """

    vertices: tuple[Vector, ...]

    def __post_init__(self) -> None:
        if len(self.vertices) < 2 or len({len(vertex) for vertex in self.vertices}) != 1:
            raise AxiomcheckError(f"Expected two or more vertices of one length but got vertices={self.vertices!r}")

    @property
    def segments(self) -> int:
        """How many straight segments the path has."""
        return len(self.vertices) - 1

    def point(self, t: Fraction) -> tuple[Fraction, ...]:
        """Return the exact point at ``t``."""
        index = min(int(t), self.segments - 1)
        start, stop = self.vertices[index], self.vertices[index + 1]
        rest = t - index
        return tuple(Fraction(a) + rest * (Fraction(b) - Fraction(a)) for a, b in zip(start, stop, strict=True))

    def points(self, ts: Array) -> Array:
        """Return the points (m, d) at the float parameters ``ts`` (m,), as float64."""
        vertices = np.array(self.vertices, dtype=np.float64)
        index = np.minimum(ts.astype(int), self.segments - 1)
        start, stop = vertices[index], vertices[index + 1]
        points: Array = start + (ts - index)[:, None] * (stop - start)
        return points
