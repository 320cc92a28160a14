"""The kinks that a straight path meets, found by running the model: ExactLine (Sotoudeh & Thakur 2019) in floats.

Between two kinks everything that a piecewise linear model computes is linear along the path. So two points within an
interval foretell an operation's values at its ends; where a unit's choice differs there, its kink lies between, at the
zero of a linear function. The first operation with such a unit cuts the interval, and its parts are looked at anew.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

import numpy as np
import torch
from torch import Tensor, nn

from ..axioms.batches import fitting
from ..networks import Array, Path
from ..networks.kinks import Kink
from .pieces import Bends, Pieces

INNER = (1 / 3, 2 / 3)
"""Where in an interval the model is asked."""
NEAREST = 2.0**-38
"""Kinks that are this close are one: the finest step along a path is a quarter of it."""
SIDE = 2.0**-41
"""How far on both sides of a kink the choice must differ."""
AROUND = 2.0**-30
"""How far from where it is foretold a kink is looked for."""
FLAT = 2.0**-44
"""What is 0 for numbers that are added up to 1."""
INTERVALS = 64
"""How many intervals are looked at in one run."""
MOST = 24
"""How many kinks of a path are found, the first of many, fewer of large inputs: elsewhere jumps are searched for."""
FEWEST = 4
"""How many kinks, and intervals, of however large inputs."""

Run = Callable[[Tensor], object]
"""The model, on points (B, d)."""


@dataclass
class _Found:
    """A kink: its parameter, the number of the operation, the unit, and the choices on both sides."""

    t: float
    operation: int
    unit: int


def kinks_on(run: Run, path: Path, most: int = MOST) -> tuple[Kink, ...]:
    """Return the first kinks that ``path`` meets, at most ``most``, in order.

    ``layer`` numbers the operations that bend. Stretches that run along a kink are told too.
    """
    most = fitting(most, len(path.vertices[0]), least=FEWEST)
    found: list[_Found] = []
    flat: list[tuple[float, float]] = []
    together = fitting(INTERVALS, len(path.vertices[0]), least=FEWEST)
    for segment in range(path.segments):
        pending = [(float(segment), float(segment + 1))]
        while pending and len(found) < most:
            looked, pending = pending[:together], pending[together:]
            round_ = _Round(looked)
            _run(run, path, round_.points, round_.look)
            found += round_.kinks
            flat += [looked[i] for i in sorted(round_.flat - set(round_.cuts))]
            pending = [*round_.parts, *pending]
    exact = _exact(run, path, sorted(found, key=lambda kink: kink.t)[:most])
    middles: Iterable[Array] = path.points(np.array([(start + stop) / 2 for start, stop in flat])) if flat else ()
    along = [
        Kink(Fraction(start), Fraction(stop), 0, 0)
        for (start, stop), middle in zip(flat, middles, strict=True)
        if is_on_kink(run, middle)
    ]
    return tuple(sorted([*exact, *along]))


@dataclass
class _Round:
    """One run on two points of each of some intervals."""

    intervals: list[tuple[float, float]]
    cuts: dict[int, list[float]] = field(default_factory=dict)
    kinks: list[_Found] = field(default_factory=list)
    flat: set[int] = field(default_factory=set)

    @property
    def points(self) -> Array:
        """The parameters: the first inner points, then the second ones."""
        ends = np.array(self.intervals)
        return np.concatenate([ends[:, 0] + share * (ends[:, 1] - ends[:, 0]) for share in INNER])

    @property
    def parts(self) -> list[tuple[float, float]]:
        """The parts of the intervals that were cut, in order."""
        result: list[tuple[float, float]] = []
        for place, (start, stop) in enumerate(self.intervals):
            if place in self.cuts:
                ends = [start, *sorted(self.cuts[place]), stop]
                result += [part for part in pairwise(ends) if part[1] - part[0] > 2 * NEAREST]
        return result

    def look(self, operation: int, pieces: Pieces) -> None:
        """Cut the intervals in which a unit of the operation changes its choice, unless an earlier one has cut them."""
        one, two = pieces.values.chunk(2)
        before, after = 2 * one - two, 2 * two - one
        left, right = pieces.choices(before), pieces.choices(after)
        rows, units = (left != right).nonzero(as_tuple=True)
        taken = left[rows, units], right[rows, units]
        first = pieces.difference(one, rows, units, *taken)
        second = pieces.difference(two, rows, units, *taken)
        scale = one.abs().flatten(1).amax(1)[rows]
        self._note_flat(pieces, one)
        is_flat = (first.abs() <= FLAT * scale) & (second.abs() <= FLAT * scale)
        shares = INNER[0] - first * (INNER[1] - INNER[0]) / torch.where(second == first, torch.nan, second - first)
        mine: dict[int, list[float]] = {}
        for row, unit, share, ignored in zip(*(each.tolist() for each in (rows, units, shares, is_flat)), strict=True):
            start, stop = self.intervals[row]
            t = start + share * (stop - start)
            if ignored or row in self.cuts or not start + NEAREST < t < stop - NEAREST:
                continue
            self.kinks.append(_Found(t, operation, unit))
            if all(abs(t - other) > NEAREST for other in mine.setdefault(row, [])):
                mine[row].append(t)
        self.cuts.update(mine)

    def _note_flat(self, pieces: Pieces, one: Tensor) -> None:
        margins = pieces.margins()
        scale = one.abs().flatten(1).amax(1)
        first, second = margins.chunk(2)
        still = ((first <= FLAT * scale[:, None]) & (second <= FLAT * scale[:, None])).any(1)
        self.flat.update(still.nonzero().flatten().tolist())


def _run(run: Run, path: Path, ts: Array, look: Callable[[int, Pieces], None]) -> None:
    points = torch.from_numpy(path.points(ts))
    with torch.no_grad(), Bends(len(points), look):
        run(points)


def _exact(run: Run, path: Path, found: list[_Found]) -> list[Kink]:
    """Return the kinks on both of whose sides a unit takes other pieces, each where floats see it change."""
    if not found:
        return []
    ts = np.array([kink.t for kink in found])
    end = float(path.segments)

    def choices(at: Array) -> Array:
        taken = np.zeros(len(at), dtype=np.int64)
        operations, units = (np.array([getattr(kink, name) for kink in found]) for name in ("operation", "unit"))

        def look(operation: int, pieces: Pieces) -> None:
            own = np.flatnonzero(operations == operation)
            taken[own] = pieces.choices(pieces.values)[own, units[own]].numpy()

        _run(run, path, at.clip(0, end), look)
        return taken

    near = choices(ts - SIDE) != choices(ts + SIDE)
    if not near.all():
        low, high = ts - AROUND, ts + AROUND
        below, above = choices(low), choices(high)
        while float((high - low).max()) > SIDE:
            middle = (low + high) / 2
            same = choices(middle) == below
            low, high = np.where(same, middle, low), np.where(same, high, middle)
        ts = np.where(near, ts, (low + high) / 2)
        near |= (below != above) & (choices(ts - SIDE) != choices(ts + SIDE))
    return [
        Kink(Fraction(t), Fraction(t), kink.operation, kink.unit)
        for t, kink, is_kink in zip(ts.tolist(), found, near, strict=True)
        if is_kink
    ]


STEP = 2.0**-20
"""How far from a point its surroundings are looked at, for points of the size of 1."""
DIRECTIONS = 2


def is_on_kink(run: Run, x: Array, directions: Array | None = None) -> bool:
    """Return whether a unit at ``x`` (d,) is between two pieces, and is not nearby: its gradient is a convention.

    ``directions`` (n, d) lead to what is nearby; by default they are drawn, always the same.
    """
    if directions is None:
        directions = np.random.default_rng(0).uniform(-1, 1, (DIRECTIONS, len(x)))
    step = STEP * max(1.0, float(np.abs(x).max(initial=0)))
    points = torch.from_numpy(np.concatenate([x[None], x + step * directions]))
    found: list[bool] = []

    def look(_: int, pieces: Pieces) -> None:
        margins, scale = pieces.margins(), pieces.values.abs().flatten(1).amax(1)
        between = margins[0] <= FLAT * 16 * scale[0]
        if between.any():
            found.append(bool((margins[1:, between] > 2.0**-36 * scale[0]).any()))

    with torch.no_grad(), Bends(len(points), look):
        run(points)
    return any(found)


def homes(module: nn.Module, points: Tensor) -> list[str]:
    """Return the kind and the path of the innermost module in which each operation that bends runs."""
    inside, found = list[str](), list[str]()
    handles = []

    def leave(*_: object) -> None:
        inside.pop()

    for path, part in module.named_modules():
        words = f"{type(part).__name__} {path}".strip()
        handles += [
            part.register_forward_pre_hook(lambda *_, words=words: inside.append(words)),
            part.register_forward_hook(leave),
        ]
    try:
        with torch.no_grad(), Bends(len(points), lambda *_: found.append(inside[-1])):
            module(points)
    finally:
        for handle in handles:
            handle.remove()
    return found
