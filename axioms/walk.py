"""A walk along a path: scores as a function of one parameter, and the first place at which they do not follow it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, inf

import numpy as np

from ..networks import Array, Path
from .arithmetic import counted
from .limits import JUMP, Kind, Sides, distance, is_calm, largest, rungs
from .refinement import CALLS, POINTS, Look

FAR = 2.0**-31
"""The largest distance looked at around a place; eight steps where the resolution is coarser."""
GRID = 32
"""Points of the first look, each segment, off the rationals on which lone odd values sit."""
FARTHEST = (4.0, 2.0**8)
"""How many lengths from the origin a segment may be, in float32 and float64: rounding must be a share of a step."""
GOLDEN = (5**0.5 - 1) / 2

Scores = Callable[[Array], Array]
"""Relevance (m, d) at parameters (m,), which run from 0 to the number of segments."""


@dataclass(frozen=True)
class Place:
    """What the scores do at the parameter ``t``; ``size`` is how far they jump.

    ``relevance`` and ``other`` (d,) are those at the parameters ``between``: on both sides of a jump, or on the way to
    a blow-up. ``scale`` is the largest score elsewhere.
    """

    t: float
    kind: Kind
    size: float = 0.0
    scale: float = 0.0
    between: tuple[float, float] = (0.0, 0.0)
    relevance: tuple[float, ...] = ()
    other: tuple[float, ...] = ()

    @property
    def is_break(self) -> bool:
        """Whether the scores are not continuous here."""
        return self.kind in ("jump", "blow-up")


class Walk:
    """Scores on a path of ``segments``, looked at around ``known`` places, such as kinks, and on a grid.

    ``resolution`` is the smallest step that the arithmetic resolves, ``noise`` what it may lose of a score as large as
    the ``magnitude`` of the model: jumps are measured by scores up to that size, and no larger ones. Where scores stand
    out it is asked for those at so many ``points`` at a time.
    """

    def __init__(
        self,
        scores: Scores,
        segments: int = 1,
        known: Sequence[float] = (),
        *,
        resolution: float = 2.0**-40,
        noise: float = 0.0,
        magnitude: float = inf,
        points: int = POINTS,
    ) -> None:
        self._scores, self.segments, self.step = scores, segments, resolution
        self._noise, self._magnitude, self._points = noise, magnitude, points
        self.far = max(FAR, 8 * resolution)
        self.known = self._inner(sorted({*known, *range(1, segments)}))
        self._closed = list(self.known)
        self._grid = self._spread()
        first = np.unique(np.concatenate([self._grid, self._between(), *map(self._around, self.known)]))
        self.look = Look(first, scores(first))
        self._largest = largest(self.look.scores)

    @property
    def scale(self) -> float:
        """The largest score that was seen so far, as far as it counts, and what rounding could be taken for a jump."""
        louder = counted(self._largest, self._magnitude) / self._magnitude if self._magnitude else 0.0
        return min(self._largest, self._magnitude) + self._noise * (1 + louder) / JUMP

    def verdict(self) -> Place:
        """Return the first place at which the scores are not continuous, else one that is undecided, or calm."""
        result = Place(0.0, "none", scale=self.scale)
        for place in self.places():
            if place.is_break:
                return place
            result = place if place.kind == "undecided" else result
        return result

    def places(self) -> Iterator[Place]:
        """Yield what the scores do at the known places, the loudest first, and then at others that stand out.

        Off the known places this is a search and no proof: a pulse between two points of the grid can hide. A place
        that is still odd when the last call is spent is undecided.
        """
        yield from map(self.judged, self._loudest())
        for _ in range(CALLS):
            odd = self._odd()
            narrow = [i for i in odd if self._width(i) <= self.step]
            for i in narrow[:1]:
                yield from self._judged_within(i)
            self._closed += [self._middle(i) for i in narrow]
            if not odd:
                return
            self._look(self.look.within([i for i in odd if i not in narrow], self._points))
        for i in self._odd()[:1]:
            yield Place(self._middle(i), "undecided", scale=self.scale)

    def judged(self, t: float) -> Place:
        """Judge one place by points on both sides of it."""
        sides = self._sides(t, np.array([self.step, self.far]))
        if is_calm(sides.left, sides.right, self.step, self.scale):
            return Place(t, "none", scale=self.scale)
        sides = self._sides(t, rungs(self.step, self.far))
        around = self._around_it(t)
        kind = sides.kind(self.scale, around)
        if kind == "blow-up" and sides.change < largest(sides.louder[0]):
            side = -1 if sides.louder is sides.left else 1
            return _place(t, kind, around, (t + side * self.far, t + side * self.step), sides.louder[[-1, 0]])
        if kind in ("jump", "blow-up"):
            return _place(t, kind, around, (t - self.step, t + self.step), np.array([sides.left[0], sides.right[0]]))
        if sides.is_moving:
            self._look(self._wider(t))
        return Place(t, kind, scale=self.scale)

    def _judged_within(self, interval: int) -> Iterator[Place]:
        """Judge the middle of an interval, or its louder end if that is closer to what is odd."""
        ends = self.look.ts[interval : interval + 2].tolist()
        loudest = ends[int(np.abs(self.look.scores[interval : interval + 2]).max(axis=1).argmax())]
        for t in self._inner([self._middle(interval), loudest]):
            place = self.judged(t)
            if place.kind != "undecided" or t == loudest:
                yield place
                return

    def _around_it(self, t: float) -> float:
        """Return the largest score that was seen off the nearest surroundings of ``t``."""
        scores = self.look.scores[np.abs(self.look.ts - t) >= self.far]
        return largest(scores) + self._noise / JUMP

    def _wider(self, t: float) -> Array:
        """Return points at growing distances on both sides of ``t``, up to the next known places and the grid."""
        distances = self.far * 4.0 ** np.arange(1, ceil(np.log2(1 / GRID / self.far) / 2))
        nearest = min(abs(t - place) for place in (0.0, self.segments, *self._closed) if place != t)
        distances = distances[distances < nearest / 2]
        return np.concatenate([t - distances, t + distances])

    def steepest(self, positions: Callable[[Array], Array]) -> float:
        """Return the largest ‖R(x) - R(x′)‖₁ / ‖x - x′‖₂ between neighbours of the grid, a 32nd of a segment apart.

        ``positions`` gives the points (m, d) at parameters (m,). At that fixed spacing it is finite for all scores.
        """
        scores = self.look.scores[np.searchsorted(self.look.ts, self._grid)]
        apart = np.linalg.norm(np.diff(positions(self._grid), axis=0), axis=1)
        same = (np.diff(np.floor(self._grid)) == 0) & (apart > 0)
        changes = np.abs(np.diff(scores, axis=0)).sum(axis=1)
        return float((changes[same] / apart[same]).max(initial=0.0))

    def _loudest(self) -> list[float]:
        """Return the known places, those first at which the scores change most from one side to the other."""
        changes = [distance(*self._at(self._around(t)[1:3])) for t in self.known]
        return [self.known[i] for i in np.argsort(-np.array(changes), kind="stable")]

    def _odd(self) -> list[int]:
        """Return the intervals whose change is none that their neighbours foretell, the oddest first."""
        odd = self.look.oddities(self.look.away_from(self._closed, self.far))
        return [int(i) for i in np.argsort(-odd, kind="stable") if odd[i] > JUMP * self.scale / 2]

    def _width(self, interval: int) -> float:
        return float(self.look.ts[interval + 1] - self.look.ts[interval])

    def _middle(self, interval: int) -> float:
        return float(self.look.ts[interval] + self.look.ts[interval + 1]) / 2

    def _sides(self, t: float, distances: Array) -> Sides:
        return Sides(distances, self._at(t - distances), self._at(t + distances))

    def _at(self, ts: Array) -> Array:
        """Return the scores (m, d) at ``ts`` (m,), asked for where they are not known."""
        if not np.isin(ts, self.look.ts).all():
            self._look(ts)
        return self.look.scores[np.searchsorted(self.look.ts, ts)]

    def _look(self, ts: Array) -> None:
        """Ask for the scores at ``ts``, and add them to all that was seen."""
        if len(ts):
            ts = np.unique(ts)
            look = Look(ts, self._scores(ts))
            self.look, self._largest = self.look.joined(look), max(self._largest, largest(look.scores))

    def _inner(self, ts: Sequence[float]) -> list[float]:
        """Keep the places that have room on both sides."""
        return [t for t in ts if 2 * self.far < t < self.segments - 2 * self.far]

    def _around(self, t: float) -> Array:
        return t + np.array([-self.far, -self.step, self.step, self.far])

    def _spread(self) -> Array:
        """Return points spread over the path, none of them within reach of a known place."""
        grid = (np.arange(GRID * self.segments) + GOLDEN) / GRID
        return grid[[all(abs(t - place) > 4 * self.far for place in self.known) for t in grid]]

    def _between(self) -> Array:
        """Return points close to both ends, and two in each stretch between known places that the grid may miss."""
        end = GOLDEN / GRID**2
        stretches = [(a, b) for a, b in pairwise([0.0, *self.known, self.segments]) if 8 * self.far < b - a < 3 / GRID]
        inner = [a + share * (b - a) for a, b in stretches for share in (1 - GOLDEN, GOLDEN)]
        return np.array([end, self.segments - end, *inner])


def _place(t: float, kind: Kind, scale: float, between: tuple[float, float], scores: Array) -> Place:
    before, after = (tuple(map(float, values)) for values in scores)
    return Place(t, kind, distance(scores[0], scores[1]), scale, between, before, after)


def is_resolved(path: Path, step: float) -> bool:
    """Whether floats can tell points of the path apart that are a ``step`` of the resolution from each other."""
    vertices = np.array(path.vertices)
    norms, lengths = np.linalg.norm(vertices, axis=1), np.linalg.norm(np.diff(vertices, axis=0), axis=1)
    return not bool((np.maximum(norms[:-1], norms[1:]) > FARTHEST[step < 2.0**-30] * lengths).any())
