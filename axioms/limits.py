"""What the scores do at one place of a path, told from points at growing distances on both sides of it."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from ..networks import Array

JUMP = 1e-3
"""A jump by this share of the largest score is found; a slope would have to be beyond 5·10⁸ to look like one."""
NEARLY = 0.99
"""The share of a jump that must be seen: the rest is for the slope beside it, which may lead the other way."""
STEEPEST = 1e6
"""A slope up to this, in largest scores per segment, is continuous at a glance (in float32: up to 105)."""
GROWTH = 4
"""Scores that grow by this factor on the way to a place, and at the end faster than before, have no limit there."""
STEADY = 16
"""From one halving of the distance to the next they grow by no more than this: else a single point stands out."""
FADING = 0.75
"""Changes that shrink by this factor or more from one halving of the distance to the next add up to a limit."""
DEGREES = (1, 2, 3)
"""Degrees of the quotients of polynomials that are tried as the law of a side."""

Kind = Literal["none", "jump", "blow-up", "undecided"]


def rungs(step: float, far: float) -> Array:
    """Return the distances from ``step`` to ``far``, each twice the one before."""
    return step * 2.0 ** np.arange(round(np.log2(far / step)) + 1)


def is_calm(left: Array, right: Array, step: float, scale: float) -> bool:
    """Whether scores (2, d) at the nearest and the farthest distance show no more than a slope up to ``STEEPEST``."""
    flat = 2 * step * min(STEEPEST, JUMP / 10 / step) * scale
    return distance(left[0], right[0]) <= flat and max(map(_spread, (left, right))) <= JUMP / 2 * scale


@dataclass(frozen=True)
class Sides:
    """The scores (k, d) on both sides of a place, at the same growing distances (k,)."""

    distances: Array
    left: Array
    right: Array

    @property
    def change(self) -> float:
        """The difference across the place, between the nearest points."""
        return distance(self.left[0], self.right[0])

    @property
    def louder(self) -> Array:
        """The side on which the scores are larger next to the place."""
        return max(self.left, self.right, key=lambda side: largest(side[0]))

    @property
    def is_moving(self) -> bool:
        """Whether the scores change more on the way to the place than across it."""
        return max(map(_spread, (self.left, self.right))) > self.change / 2

    def kind(self, scale: float, around: float) -> Kind:
        """Say what happens: the limits differ, one does not exist, both agree, or nobody can say.

        ``scale`` is the largest of all scores, ``around`` the largest of those farther away. Limits agree only where
        both sides follow a law that leads to them; they differ only where the scores hardly move on the way.
        """
        if self._grow(around):
            return "blow-up"
        if not self.is_moving and self.change >= NEARLY * JUMP * scale:
            return "jump"
        left, right = (_limit(self.distances, side, JUMP / 16 * scale) for side in (self.left, self.right))
        agree = left is not None and right is not None and distance(left, right) <= JUMP / 4 * scale
        return "none" if agree else "undecided"

    def _grow(self, around: float) -> bool:
        """Whether the louder side grows on its way, and its last step is larger than the one before.

        So do all powers of 1/distance; the top of a peak, however narrow, is flatter than its sides.
        """
        sizes = np.abs(self.louder).max(axis=1)
        last, before = sizes[0] - sizes[1], sizes[1] - sizes[2]
        steady = last > before and sizes[0] <= STEADY * sizes[1] <= STEADY**2 * sizes[2]
        return bool(sizes[0] > max(GROWTH * sizes[-1], JUMP * around) and steady and last > JUMP / 8 * around)


def _limit(distances: Array, side: Array, allowed: float) -> Array | None:
    """Return the limit (d,) of scores (k, d) at distance 0, None if they do not tell one up to ``allowed``."""
    last, before = distance(side[1], side[0]), distance(side[2], side[1])
    if last <= FADING * before and last * last <= allowed * (before - last):
        return np.asarray(side[0])
    limits = [_of_quotient(distances / distances[-1], scores, allowed) for scores in side.T]
    return None if any(limit is None for limit in limits) else np.array(limits)


def _of_quotient(ts: Array, scores: Array, allowed: float) -> float | None:
    """Return the value at 0 of a quotient of polynomials that follows the scores (k,) up to ``allowed``.

    It is the law of shares of relevance where denominators vanish, one of them or several.
    """
    if np.ptp(scores) <= allowed:
        return float(scores[0])
    for degree in DEGREES:
        if len(ts) <= 2 * degree + 1:
            return None
        powers = ts[:, None] ** np.arange(1, degree + 1)
        law = np.column_stack([np.ones_like(ts), powers, -powers * scores[:, None]])
        solved, *_ = np.linalg.lstsq(law, scores, rcond=None)
        above, below = solved[0] + powers @ solved[1 : degree + 1], 1 + powers @ solved[degree + 1 :]
        if below.min() > 0 and np.abs(above / below - scores).max() <= allowed:
            return float(solved[0])
    return None


def distance(one: Array, other: Array) -> float:
    """Return the largest difference of two sets of scores."""
    return float(np.abs(one - other).max())


def _spread(side: Array) -> float:
    return distance(side, side[0])


def largest(scores: Array) -> float:
    """Return the largest of all scores, without signs."""
    return float(np.abs(scores).max())
