"""A walk along a path: where the scores are looked at, and what four points around a place say."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

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
GRID = 16
"""Points of the first look, each segment, off the rationals on which lone odd values sit."""
SPLIT = 32
"""Into how many parts a suspect interval is cut at a time."""
STANDS_OUT = 2
"""How many times steeper than its neighbours an interval must be to be refined."""


@dataclass(frozen=True)
class Look:
    """Scores (m, d) at increasing parameters (m,)."""

    ts: Array
    scores: Array

    @cached_property
    def steps(self) -> Array:
        """The largest change (m - 1,) of any score from each point to the next."""
        steps: Array = np.abs(np.diff(self.scores, axis=0)).max(axis=1)
        return steps


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
        """The gap of a walk that met nothing; vacuous if the output did not change either."""
        outputs = self._case.network.outputs(np.array(self.path.vertices))[:, self._case.target]
        return Gap(0.0, self.scale, vacuous=not self._case.kinks and float(np.ptp(outputs)) == 0)

    def suspects(self) -> list[float]:
        """Return the place off the kinks where the scores may jump: the middle of the interval that stands out."""
        interval = self._sharpest()
        refined = None if interval is None else self._refined(interval)
        return self._inner([] if refined is None else [refined])

    def judged(self, t: float) -> Gap:
        """Judge the four points around ``t``: the one-sided limits differ, the scores blow up, or neither."""
        ts = self._around(t)
        known = np.isin(ts, self.first.ts).all()
        look = self.first if known else self._look(ts)
        far_left, left, right, far_right = (look.scores[i] for i in np.searchsorted(look.ts, ts))
        change = _distance(left, right)
        flat = 2 * self.step * min(STEEPEST, JUMP / 10 / self.step) * self.scale
        if change <= flat:
            return Gap(0.0, self.scale)
        settled = max(_distance(left, far_left), _distance(right, far_right)) <= change / 2
        grows = np.abs([left, right]).max() > GROWTH * np.abs([far_left, far_right]).max()
        if change < JUMP * self.scale or not (settled or grows):
            return Gap(0.0, self.scale, undecided=True)
        gap = Gap(change, self.scale, observed=self._observed(t, left, right))
        verb = "grow without bound," if grows else "jump"
        return replace(gap, observed={**gap.observed, "verb": verb})

    def _observed(self, t: float, left: Array, right: Array) -> dict[str, object]:
        return {
            "t": t,
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

    def _sharpest(self) -> int | None:
        """Return the interval, off the kinks, whose slope stands out most from its neighbours' slopes, if one does."""
        widths = np.diff(self.first.ts)
        plain = widths > 2 * self.far
        slopes = np.where(plain, self.first.steps / widths, 0)
        loud = plain & (self.first.steps > JUMP * self.scale)
        if not loud.any():
            return None
        beside = np.maximum(np.append(slopes[1:], 0), np.insert(slopes[:-1], 0, 0))
        excess = np.where(loud, slopes / np.maximum(beside, 1e-9 * slopes.max()), 0)
        best = int(excess.argmax())
        return best if excess[best] > STANDS_OUT else None

    def _refined(self, interval: int) -> float | None:
        """Follow the change inside an interval down to the resolution; None if it spreads out: no jump there."""
        left, right, change = self.first.ts[interval], self.first.ts[interval + 1], self.first.steps[interval]
        while right - left > self.step:
            inner = self._look(np.linspace(left, right, SPLIT + 1))
            best = int(inner.steps.argmax())
            if inner.steps[best] < change / 2:
                return None
            left, right, change = inner.ts[best], inner.ts[best + 1], inner.steps[best]
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
