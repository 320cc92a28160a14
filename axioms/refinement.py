"""Refinement: where, among the points that were looked at, the scores may jump, and where to look next."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..networks import Array

POINTS = 32
"""Points of one call, fewer of large inputs."""
CALLS = 28
"""How often the explainer is asked again, at most, to follow what is odd. Ten or so lead down to the resolution."""


@dataclass(frozen=True)
class Look:
    """Scores (m, d) at increasing parameters (m,)."""

    ts: Array
    scores: Array

    def joined(self, other: "Look") -> "Look":
        """Return both as one; where they share a parameter, this one counts."""
        ts, first = np.unique(np.concatenate([self.ts, other.ts]), return_index=True)
        return Look(ts, np.concatenate([self.scores, other.scores])[first])

    def oddities(self, plain: Array) -> Array:
        """Return how far each interval's change (m - 1,) is from what the slopes of its neighbours foretell.

        A jump is as odd at every width; a smooth change is an eighth as odd at half the width. Foretold is the slope on
        the line through those of both neighbours, at an end of the two next ones; where a neighbour is odder, that of
        the better single one. Intervals that are not ``plain`` are neither judged nor used.
        """
        widths, changes = np.diff(self.ts), np.diff(self.scores, axis=0)
        slopes, middles = changes / widths[:, None], (self.ts[:-1] + self.ts[1:]) / 2

        def off(foretold: Array, usable: Array) -> Array:
            return np.where(usable, np.abs(changes - foretold * widths[:, None]).max(axis=1), np.inf)

        def line(one: int, other: int) -> Array:
            apart = _shifted(middles, other) - _shifted(middles, one)
            usable = _shifted(plain, one) & _shifted(plain, other) & (apart != 0)
            start, stop, apart = _shifted(slopes, one), _shifted(slopes, other), np.where(usable, apart, np.inf)
            return off(start + (stop - start) * ((middles - _shifted(middles, one)) / apart)[:, None], usable)

        foretold = line(1, -1)
        foretold = np.where(np.isinf(foretold), np.minimum(line(1, 2), line(-1, -2)), foretold)
        single = np.minimum.reduce([off(_shifted(slopes, by), _shifted(plain, by)) for by in (1, -1)])
        mismatch = np.where(plain & ~np.isinf(foretold), foretold / widths, 0.0)
        odder = np.maximum(_shifted(mismatch, 1), _shifted(mismatch, -1)) > mismatch
        nearest = np.where(odder | np.isinf(foretold), np.minimum(foretold, single), foretold)
        nearest = np.where(np.isinf(nearest), np.abs(changes).max(axis=1), nearest)
        return np.where(plain, nearest, 0.0)

    def away_from(self, places: Sequence[float], far: float) -> Array:
        """Return which intervals (m - 1,) are farther than ``far`` from all ``places``."""
        middles = (self.ts[:-1] + self.ts[1:]) / 2
        near = np.abs(middles[:, None] - np.array(places)) <= far
        return np.asarray(~near.any(axis=1))

    def within(self, intervals: Sequence[int], points: int = POINTS) -> Array:
        """Return up to so many ``points`` inside the numbered odd intervals, the oddest of which is first.

        A third is for the narrowest of them, which is more of a jump than what is merely oddest; a third for the
        oddest, where poles are; a third shows many others to be no more than curved. Fewer points than ``POINTS`` are
        all for the narrowest.
        """
        widths = np.diff(self.ts)
        narrowest = sorted(intervals, key=lambda interval: float(widths[interval]))[:1]
        rest = [interval for interval in intervals if interval not in narrowest]
        groups = [group for group in (narrowest, rest[:1], rest[1 : 1 + points // 3]) if group]
        groups = groups[: 1 if points < POINTS else None]
        return np.concatenate([np.zeros(0), *(self._split(group, points // len(groups)) for group in groups)])

    def _split(self, intervals: list[int], points: int) -> Array:
        parts = points // max(len(intervals), 1) + 1
        widths = np.diff(self.ts)[intervals]
        return (self.ts[intervals][:, None] + widths[:, None] * np.arange(1, parts) / parts).ravel()


def _shifted(values: Array, by: int) -> Array:
    """Return for each interval the value ``by`` intervals before it, 0 where there is none."""
    shifted = np.zeros_like(values)
    size = max(len(values) - abs(by), 0)
    start, stop = max(by, 0), max(-by, 0)
    shifted[start : start + size] = values[stop : stop + size]
    return shifted
