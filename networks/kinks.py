"""The kinks that a path meets, at exact parameters (ExactLine: Sotoudeh & Thakur 2019)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise
from math import gcd

import numpy as np

from .exact import Rows
from .gradients import gradients
from .layers import Array
from .path import Path
from .steps import Largest, Rectify, Softmax, Step, compact


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
    """Return every kink of ``steps`` that ``path`` meets, in order, without repetition."""
    found: set[Kink] = set()
    for index in range(path.segments):
        found.update(_on_segment(steps, path, index))
    return tuple(sorted(found))


class _Line:
    """The breakpoints so far of one segment: rows of values, and their parameters over the same denominator."""

    def __init__(self, rows: Rows, times: Array) -> None:
        self.rows = rows
        self.times = times

    def t(self, index: int) -> Fraction:
        return Fraction(int(self.times[index]), int(self.rows.scale[index]))

    def through(self, step: Step) -> "_Line":
        rows = self.rows.through(step)
        return _Line(rows, self.times * (rows.scale.astype(object) // self.rows.scale))

    def refined(self, watched: Array) -> "_Line":
        """Return the line with a breakpoint added wherever one of the ``watched`` forms changes sign between two.

        ``watched`` (n, forms) holds linear forms of the values.
        """
        forms = self.rows.values @ watched
        crossed = np.argwhere(np.sign(forms[:-1]) * np.sign(forms[1:]) < 0)
        if not crossed.size:
            return self
        points = np.column_stack([self.rows.values, self.times, self.rows.scale]).astype(object)
        added: dict[int, list[Array]] = {}
        for left, form in crossed.tolist():
            added.setdefault(left, []).append(_crossing(points, left, forms[:, form].astype(object)))
        refined: list[Array] = []
        for index, point in enumerate(points):
            refined.append(point)
            refined += sorted(added.get(index, []), key=lambda row: Fraction(row[-2], row[-1]))
        stacked = np.array(_without_repetition(refined), dtype=object)
        return _Line(Rows(compact(stacked[:, :-2]), compact(stacked[:, -1])), stacked[:, -2])


def _crossing(points: Array, left: int, form: Array) -> Array:
    """Return the point between two breakpoints at which a form is 0, in homogeneous coordinates."""
    point = form[left] * points[left + 1] - form[left + 1] * points[left]
    point = point if point[-1] > 0 else -point
    return np.asarray(point // gcd(*point.tolist()))


def _without_repetition(points: list[Array]) -> list[Array]:
    kept = points[:1]
    for before, point in pairwise(points):
        if point[-2] * before[-1] != before[-2] * point[-1]:
            kept.append(point)
    return kept


def _on_segment(steps: Sequence[Step], path: Path, index: int) -> Iterator[Kink]:
    rows = Rows.of([path.vertices[index], path.vertices[index + 1]])
    line = _Line(rows, rows.scale * np.array([index, index + 1], dtype=object))
    for position, step in enumerate(steps):
        below = steps[:position]
        if isinstance(step, Rectify):
            line = line.refined(np.eye(step.width[0], dtype=np.int64)[:, step.units])
            zero = line.rows.values[:, step.units] == 0
            for unit, name in enumerate(step.names.tolist()):
                for start, stop in _stretches(zero[:, unit]):
                    yield from _kinks(line, path, below, (start, stop), step.units[[unit]], (step.layer, name))
        elif isinstance(step, Largest):
            line = line.refined(_differences(step))
            yield from _ties(line, path, below, step)
        elif isinstance(step, Softmax):
            return
        line = line.through(step)


def _differences(step: Largest) -> Array:
    """Return the forms that compare two units of one group."""
    pairs = [pair for group in step.groups for pair in combinations(group, 2)]
    forms = np.zeros((step.reads, len(pairs)), dtype=np.int64)
    for form, (one, other) in enumerate(pairs):
        forms[one, form], forms[other, form] = 1, -1
    return forms


def _ties(line: _Line, path: Path, below: Sequence[Step], step: Largest) -> Iterator[Kink]:
    for index, group in enumerate(step.groups):
        most = line.rows.values[:, list(group)].max(axis=1)
        for pair in combinations(group, 2):
            tied = (line.rows.values[:, list(pair)] == most[:, None]).all(axis=1)
            for stretch in _stretches(tied):
                yield from _kinks(line, path, below, stretch, np.array(pair), (step.layer, index - step.first))


def _stretches(true: Array) -> Iterator[tuple[int, int]]:
    """Yield what to ask about where ``true`` (m,) holds: single points, and pairs of neighbours."""
    last = len(true) - 1
    for point in np.flatnonzero(true).tolist():
        if not (true[max(point - 1, 0)] and true[min(point + 1, last)]):
            yield point, point
        if point < last and true[point + 1]:
            yield point, point + 1


def _kinks(  # noqa: PLR0917 - all of them are told apart by their types
    line: _Line, path: Path, below: Sequence[Step], stretch: tuple[int, int], units: Array, place: tuple[int, int]
) -> Iterator[Kink]:
    """Yield the kink at a point; along a stretch only if the gradients there say that it is one."""
    start, stop = line.t(stretch[0]), line.t(stretch[1])
    if start < stop:
        columns = gradients(below, path.point((start + stop) / 2))[:, units]
        against = columns[:, 1:] if len(units) > 1 else np.zeros_like(columns)
        if not (columns[:, :1] != against).any():
            return
    yield Kink(start, stop, *place)
