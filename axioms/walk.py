"""A walk along a path: where the scores are looked at, and what four points around a place say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ..networks import Array, Case
from .axiom import Explain, Gap, Rejected

JUMP = 1e-3
"""A change by this share of the largest score, across one step of the resolution, is a jump or a very steep slope."""
STEEPEST = 1e6
"""A slope up to this, in largest scores per segment, is never called a jump (in float32: up to 105)."""
FAR = 2.0**-31
"""Distance to the outer two of the four points around a place; eight steps where the resolution is coarser."""
GROWTH = 4
"""Scores that grow by this factor from the outer two points to the inner two are on their way to infinity."""
GRID = 32
"""Points of the first look, each segment, off the rationals on which lone odd values sit.

A jump off the kinks that is smaller than what the scores curve between two of them can hide.
"""
REFINED = 1
"""How many intervals are followed down to the resolution: each costs ten calls."""
SPLIT = 16
"""Into how many parts each is cut at a time."""


@dataclass(frozen=True)
class Look:
    """Scores (m, d) at increasing parameters (m,)."""

    ts: Array
    scores: Array

    def oddities(self, plain: Array) -> Array:
        """Return how far each interval's change (m - 1,) is from what the slopes of two neighbours foretell.

        A jump is as odd at every width; a smooth change is a quarter as odd at half the width. The neighbours are those
        on both sides, at an end the two next ones; intervals that are not ``plain`` are neither judged nor used.
        """
        widths, changes = np.diff(self.ts), np.diff(self.scores, axis=0)
        slopes = changes / widths[:, None]
        odd = {offset: np.full(len(widths), np.inf) for offset in (-2, -1, 1, 2)}
        for offset, values in odd.items():
            here, there = _overlap(offset, len(widths))
            foretold = slopes[there] * widths[here, None]
            values[here] = np.where(plain[there], np.abs(changes[here] - foretold).max(axis=1), np.inf)
        nearest = np.minimum(odd[-1], odd[1])
        nearest = np.where(np.isinf(odd[-1]), np.minimum(nearest, odd[2]), nearest)
        nearest = np.where(np.isinf(odd[1]), np.minimum(nearest, odd[-2]), nearest)
        nearest = np.where(np.isinf(nearest), np.abs(changes).max(axis=1), nearest)
        return np.where(plain, nearest, 0.0)


def _overlap(offset: int, size: int) -> tuple[slice, slice]:
    """Return the intervals that have one ``offset`` away, and those."""
    size = max(size, abs(offset))
    return slice(max(-offset, 0), size - max(offset, 0)), slice(max(offset, 0), size - max(-offset, 0))


class Walk:
    """An explainer on a path, with a first look at both sides of every kink and at a grid."""

    def __init__(self, explain: Explain, case: Case) -> None:
        assert case.path is not None
        self.path, self.step, self.far = case.path, explain.resolution, max(FAR, 8 * explain.resolution)
        self._explain, self._case = explain, case
        _require_resolvable(case)
        self.kinks = self._inner(sorted({float(kink.at) for kink in case.kinks}))
        self.first = self._look(np.concatenate([self._grid(), *map(self._around, self.kinks)]))
        noise = explain.rounding * max(map(case.magnitude, self.path.vertices))
        self.scale = float(np.abs(self.first.scores).max()) + noise / JUMP

    @property
    def nothing(self) -> Gap:
        """The gap of a walk that met no kink with two sides; vacuous if the output did not change either."""
        outputs = self._case.network.outputs(np.array(self.path.vertices))[:, self._case.target]
        return Gap(0.0, self.scale, vacuous=not self.kinks and float(np.ptp(outputs)) == 0)

    def loudest_kinks(self) -> list[float]:
        """Return the kinks, those first at which the scores change most from one side to the other."""
        sides = [np.searchsorted(self.first.ts, self._around(t)[1:3]) for t in self.kinks]
        changes = [_distance(*self.first.scores[side]) for side in sides]
        return [self.kinks[i] for i in np.argsort(-np.array(changes), kind="stable")]

    def suspects(self) -> Iterator[float]:
        """Yield the places off the kinks where the scores may jump: where they stay odd down to the resolution."""
        plain = np.diff(self.first.ts) > 2 * self.far
        odd = self.first.oddities(plain)
        loudest = [i for i in np.argsort(-odd)[:REFINED] if odd[i] > JUMP * self.scale / 2]
        for i in loudest:
            found = self._refined(self.first.ts[i], self.first.ts[i + 1], odd[i])
            yield from self._inner([] if found is None else [found])

    def judged(self, t: float) -> Gap:
        """Judge the four points around ``t``: the one-sided limits differ, the scores blow up, or neither."""
        ts = self._around(t)
        known = np.isin(ts, self.first.ts).all()
        look = self.first if known else self._look(ts)
        far_left, left, right, far_right = (look.scores[i] for i in np.searchsorted(look.ts, ts))
        change = _distance(left, right)
        near, away = np.abs([left, right]).max(), np.abs([far_left, far_right]).max()
        grows = near > max(GROWTH * away, JUMP * self.scale)
        flat = 2 * self.step * min(STEEPEST, JUMP / 10 / self.step) * self.scale
        if change <= flat and not grows:
            return Gap(0.0, self.scale)
        settled = max(_distance(left, far_left), _distance(right, far_right)) <= change / 2
        jumps = change >= JUMP * self.scale and settled and self._has_limits(t, change)
        if not grows and not jumps:
            return Gap(0.0, self.scale, undecided=True)
        change = max(change, float(near)) if grows else change
        verb = "grow without bound," if grows else "jump"
        return Gap(change, self.scale, observed=self._observed(t, verb, left, right))

    def _has_limits(self, t: float, change: float) -> bool:
        """Look closer on both sides: whether the scores stay within half the change all the way to ``t``."""
        distances = self.step * 2.0 ** np.arange(round(np.log2(self.far / self.step)) + 1)
        before, after = self._look(t - distances).scores, self._look(t + distances).scores
        return max(_distance(before, before[-1]), _distance(after, after[0])) <= change / 2

    def _observed(self, t: float, verb: str, left: Array, right: Array) -> dict[str, object]:
        return {
            "t": t,
            "verb": verb,
            "x": [float(value) for value in self.path.point(_simplest(t, self.step))],
            "sides": self.path.points(t + self.step * np.array([-1, 1])).tolist(),
            "relevance": left.tolist(),
            "other": right.tolist(),
        }

    def _inner(self, ts: Sequence[float]) -> list[float]:
        """Keep the places that have room on both sides."""
        return [t for t in ts if 2 * self.far < t < self.path.segments - 2 * self.far]

    def _around(self, t: float) -> Array:
        return t + np.array([-self.far, -self.step, self.step, self.far])

    def _grid(self) -> Array:
        """Return points spread over the path, none of them within reach of a kink."""
        grid = (np.arange(GRID * self.path.segments) + (5**0.5 - 1) / 2) / GRID
        return grid[[all(abs(grid_t - t) > 4 * self.far for t in self.kinks) for grid_t in grid]]

    def _look(self, ts: Array) -> Look:
        ts = np.unique(ts)
        return Look(ts, self._explain(self._case.network, self.path.points(ts)))

    def _refined(self, left: float, right: float, oddity: float) -> float | None:
        """Follow what is odd in an interval down to the resolution; None if it fades: a smooth change, no jump."""
        while right - left > self.step:
            inner = self._look(np.linspace(left, right, SPLIT + 1))
            odd = inner.oddities(np.full(SPLIT, fill_value=True))
            best = int(odd.argmax())
            if odd[best] < oddity / 2:
                return None
            left, right, oddity = inner.ts[best], inner.ts[best + 1], odd[best]
        return float((left + right) / 2)


def _require_resolvable(case: Case) -> None:
    """Reject paths on which floats cannot tell a step of the resolution, and those that run along a kink."""
    assert case.path is not None
    vertices = np.array(case.path.vertices)
    lengths = np.linalg.norm(np.diff(vertices, axis=0), axis=1)
    if (np.linalg.norm(vertices[:-1], axis=1) > 2.0**8 * lengths).any():
        raise Rejected("a segment is too short to be resolved so far from the origin")
    if any(kink.until > kink.at for kink in case.kinks):
        raise Rejected("the path runs along a kink")


def _distance(one: Array, other: Array) -> float:
    return float(np.abs(one - other).max())


def _simplest(t: float, step: float) -> Fraction:
    """Return a simple fraction within the resolution of ``t``, or ``t``: jumps seldom sit at odd numbers."""
    simple = Fraction(t).limit_denominator(2**12)
    return simple if abs(simple - Fraction(t)) <= step else Fraction(t)
