"""Where a network has kinks: at a point, and exactly along a path (ExactLine: Sotoudeh & Thakur 2019).

A kink is a point where a ReLU's pre-activation z is 0 and its gradient through the layers before it is not.
A unit that is fed by dead units alone is 0 on an open set; that is no kink.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import gcd

import numpy as np

from .exact import Number, Rows, passes
from .layers import Array, Layer, Linear, ReLU
from .path import Path


@dataclass(frozen=True, order=True)
class Kink:
    """``unit`` of the ReLU at ``layer`` is 0 at parameter ``at``, and up to ``until`` where the path runs along it."""

    at: Fraction
    until: Fraction
    layer: int
    unit: int


def kinks_on(layers: Sequence[Layer], path: Path) -> tuple[Kink, ...]:
    """Return every kink of ``layers`` that ``path`` meets, in order, without repetition."""
    found: set[Kink] = set()
    for index in range(path.segments):
        found.update(_on_segment(layers, path, index))
    return tuple(sorted(found))


def is_on_kink(layers: Sequence[Layer], point: Sequence[Number]) -> bool:
    """Return whether ``point`` lies on a kink of any ReLU of ``layers``."""
    for index, rows in passes(layers, [point]):
        if index < len(layers) and isinstance(layers[index], ReLU):
            units = np.flatnonzero(rows.values[0] == 0)
            if units.size and gradients(layers[:index], point)[:, units].any():
                return True
    return False


def gradients(layers: Sequence[Layer], point: Sequence[Number]) -> Array:
    """Return the gradients (d, n) of the last layer's n units at ``point``, up to positive factors, as integers."""
    gradient = np.array([[int(i == j) for j in range(len(point))] for i in range(len(point))], dtype=object)
    for index, rows in passes(layers, [point]):
        if index == len(layers):
            break
        layer = layers[index]
        gradient = gradient @ layer.integers[0] if isinstance(layer, Linear) else gradient * (rows.values > 0)
    return gradient


class _Line:
    """The breakpoints so far of one segment: rows of values, and their parameters over the same denominator."""

    def __init__(self, rows: Rows, times: Array) -> None:
        self.rows = rows
        self.times = times

    def t(self, index: int) -> Fraction:
        return Fraction(self.times[index], self.rows.scale[index])

    def through(self, layer: Layer) -> "_Line":
        rows = self.rows.through(layer)
        return _Line(rows, self.times * (rows.scale // self.rows.scale))

    def refined(self) -> "_Line":
        """Return the line with a breakpoint added wherever a unit changes sign between two."""
        points = np.column_stack([self.rows.values, self.times, self.rows.scale])
        refined = [points[0]]
        for left, right in pairwise(points):
            refined += sorted(_crossings(left, right), key=lambda row: Fraction(row[-2], row[-1]))
            refined.append(right)
        stacked = np.array(refined, dtype=object)
        return _Line(Rows(stacked[:, :-2], stacked[:, -1]), stacked[:, -2])


def _crossings(left: Array, right: Array) -> Iterator[Array]:
    """Yield the points between two breakpoints at which a unit is 0, in homogeneous coordinates."""
    for unit in np.flatnonzero(left[:-2] * right[:-2] < 0):
        point = left[unit] * right - right[unit] * left
        point = point if point[-1] > 0 else -point
        yield point // gcd(*point.tolist())


def _on_segment(layers: Sequence[Layer], path: Path, index: int) -> Iterator[Kink]:
    rows = Rows.of([path.vertices[index], path.vertices[index + 1]])
    line = _Line(rows, rows.scale * np.array([index, index + 1], dtype=object))
    for position, layer in enumerate(layers):
        if isinstance(layer, ReLU):
            line = line.refined()
            yield from _kinks_of(layers[:position], line, path)
        line = line.through(layer)


def _kinks_of(below: Sequence[Layer], line: _Line, path: Path) -> Iterator[Kink]:
    """Yield the kinks of the ReLU above ``below`` from the zeros among the breakpoints of its pre-activations."""
    zero = line.rows.values == 0
    last = len(zero) - 1
    for point, unit in np.argwhere(zero):
        left, right = max(point - 1, 0), min(point + 1, last)
        t = line.t(point)
        if not (zero[left, unit] and zero[right, unit]):
            yield Kink(t, t, len(below), int(unit))
        if point < last and zero[right, unit]:
            until = line.t(right)
            if gradients(below, path.point((t + until) / 2))[:, unit].any():
                yield Kink(t, until, len(below), int(unit))
