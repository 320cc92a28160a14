"""The kinks that a path meets, at exact parameters (ExactLine: Sotoudeh & Thakur 2019)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import gcd

import numpy as np

from .gradients import gradients_at
from .path import Path
from .steps import Array, PiecewiseLinear, Rows, Step, compact, known_part


@dataclass(frozen=True, order=True)
class Kink:
    """``unit`` of layer ``layer`` has its kink at parameter ``at``, and up to ``until`` where the path runs along it.

    Layers are counted from 0, those inside blocks in their place.
    """

    at: Fraction
    until: Fraction
    layer: int
    unit: int


def kinks_on(steps: Sequence[Step], path: Path) -> tuple[Kink, ...]:
    """Return every kink of ``steps`` that ``path`` meets, in order, without repetition.

    They are those up to the first step that is not piecewise linear.
    """
    known, kinks = known_part(steps), set[Kink]()
    for index in range(path.segments):
        kinks.update(_on_segment(known, path, index))
    return tuple(sorted(kinks))


class _Line:
    """The breakpoints so far of one segment: rows of values, and their parameters over the same denominator."""

    def __init__(self, rows: Rows, times: Array) -> None:
        self.rows = rows
        self.times = times

    def t(self, index: int) -> Fraction:
        return Fraction(int(self.times[index]), int(self.rows.scale[index]))

    def through(self, step: PiecewiseLinear) -> "_Line":
        rows = step.apply(self.rows)
        return _Line(rows, self.times * (rows.scale.astype(object) // self.rows.scale))

    def refine(self, forms: Array) -> "_Line":
        """Return the line with a breakpoint added wherever one of the linear ``forms`` (n, k) changes sign."""
        if not forms.size:
            return self
        forms = self.rows.values @ forms
        crossed = np.argwhere(np.sign(forms[:-1]) * np.sign(forms[1:]) < 0)
        if not crossed.size:
            return self
        points = np.column_stack([self.rows.values, self.times, self.rows.scale]).astype(object)
        crossings: dict[int, list[Array]] = {}
        for left, form in crossed.tolist():
            crossings.setdefault(left, []).append(_crossing(points, left, forms[:, form].astype(object)))
        breakpoints: list[Array] = []
        for index, point in enumerate(points):
            breakpoints.append(point)
            breakpoints += sorted(crossings.get(index, []), key=lambda row: Fraction(row[-2], row[-1]))
        stacked = np.array(_without_repetition(breakpoints), dtype=object)
        return _Line(Rows(compact(stacked[:, :-2]), compact(stacked[:, -1])), stacked[:, -2])


def _crossing(points: Array, left: int, form: Array) -> Array:
    """Return the point between two breakpoints at which a form is 0, in homogeneous coordinates."""
    point = form[left] * points[left + 1] - form[left + 1] * points[left]
    point = point if point[-1] > 0 else -point
    return np.asarray(point // gcd(*point.tolist()))


def _without_repetition(points: list[Array]) -> list[Array]:
    distinct = points[:1]
    for before, point in pairwise(points):
        if point[-2] * before[-1] != before[-2] * point[-1]:
            distinct.append(point)
    return distinct


def _on_segment(steps: Sequence[PiecewiseLinear], path: Path, index: int) -> Iterator[Kink]:
    rows = Rows.of([path.vertices[index], path.vertices[index + 1]])
    line = _Line(rows, rows.scale * np.array([index, index + 1], dtype=object))
    for position, step in enumerate(steps):
        line = line.refine(step.forms)
        for bend in step.bends(line.rows.values):
            for stretch in _stretches(bend.holds):
                at, until = line.t(stretch[0]), line.t(stretch[1])
                if at == until or _is_kink(steps[:position], path, (at + until) / 2, bend.form):
                    yield Kink(at, until, step.layer, bend.name)
        line = line.through(step)


def _stretches(holds: Array) -> Iterator[tuple[int, int]]:
    """Yield what to ask about where ``holds`` (m,) is true: single points, and pairs of neighbours."""
    last = len(holds) - 1
    for point in np.flatnonzero(holds).tolist():
        if not (holds[max(point - 1, 0)] and holds[min(point + 1, last)]):
            yield point, point
        if point < last and holds[point + 1]:
            yield point, point + 1


def _is_kink(below: Sequence[Step], path: Path, t: Fraction, form: Array) -> bool:
    """Whether the gradient of a form is not 0 at a point of a stretch on which the form itself is."""
    return bool((gradients_at(below, Rows.over(*path.at(t))) @ form).any())
