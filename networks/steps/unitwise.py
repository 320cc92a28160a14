"""A smooth function of some units."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from .arithmetic import Array
from .functions import Function
from .step import Numbering, Smooth
from .values import TINY, Ball, Values

ROUNDED = 2.0**-48
"""What a function loses of its value, or of what it reads."""
BENT = 2.0**-8
"""What of curvature times a squared bound counts. Floats that add up to V are off by 32·2⁻⁵³ V, and the derivative of
what follows by the curvature times that; times V, the most that a derivative of what enters may be, these are 2⁻⁴⁰, the
share that roundings may lose, of 2⁻⁸ · curvature · V²."""
MOST = 2.0**300
"""Larger bounds say no more: of dozens of steep layers nothing is known. Its square is a float."""


@dataclass(frozen=True, eq=False)
class Unitwise(Smooth):
    """``v_u ↦ g(v_u)`` for ``size`` units, ``before`` and ``after`` which others pass."""

    function: Function
    size: int
    layer: int = 0
    before: int = 0
    after: int = 0

    @property
    def width(self) -> tuple[int, int]:
        """How many units it reads and writes."""
        size = self.before + self.size + self.after
        return size, size

    def embedded(self, before: int, after: int) -> "Unitwise":
        """Return the step on a vector with more units around."""
        return replace(self, before=self.before + before, after=self.after + after)

    @cached_property
    def mask(self) -> Array:
        """Which units it is about, as booleans."""
        units = np.arange(self.width[0])
        return (units >= self.before) & (units < self.before + self.size)

    def forward(self, values: Array) -> Array:
        """Return g(v) of its units."""
        with np.errstate(over="ignore", invalid="ignore"):
            return np.where(self.mask, self.function.value(values), values)

    def enclose(self, ball: Ball) -> Ball:
        """Return the ball around fl(g(c)) of radius L r + 2⁻⁴⁸ w, slightly enlarged.

        Proof. |g(v) - g(c)| ≤ L r for |v - c| ≤ r, L the largest derivative. fl(g(c)) is off by at most 32u of w, which
        is g(c), or c itself (``functions``); to take fl(g(c)) for g(c) changes w by that share of it, and computing the
        radius by less than 8u of itself: 1 + 2⁻⁴⁷ makes up for both.
        """
        values = self.forward(ball.values)
        weight = np.abs(ball.values if self.function.cancels else values)
        radius = (self.function.steepest * ball.radius + ROUNDED * weight) * (1 + 2 * ROUNDED) + TINY
        return Ball(values, np.where(self.mask, radius, ball.radius))

    def bound(self, values: Array) -> Array:
        """Return |g(0)| + L v, with what the curvature makes of rounding errors in what it reads."""
        own = self.function
        bounds = own.at_zero + own.steepest * values + BENT * own.curvature * values**2
        return np.where(self.mask, np.minimum(bounds, MOST), values)

    def jvp(self, values: Values, gradient: Array) -> Array:
        """Return g'(v) times the gradients, up to a common factor for large integers."""
        slopes = (gradient / (np.abs(gradient).max(initial=0) or 1)).astype(np.float64)
        with np.errstate(over="ignore", invalid="ignore"):
            own = np.nan_to_num(self.function.slope(values.floats()[0]))
        return np.where(self.mask, own * slopes, slopes)

    def influence(self, reach: Array) -> Array:
        """Return the same."""
        return reach

    def trends(self, up: Array, down: Array) -> tuple[Array, Array]:
        """Return the same where it never falls, and else both for each of its units."""
        if self.function.never_falls:
            return up, down
        both = up + down
        return np.where(self.mask, both, up), np.where(self.mask, both, down)

    def text(self, units: Sequence[str]) -> list[str]:
        """Return ``gelu(…)`` and the like."""
        name = self.function.name
        return [f"{name}({unit})" if mine else unit for unit, mine in zip(units, self.mask.tolist(), strict=True)]

    def expressions(self, values: Sequence[int], number: Numbering) -> list[int]:
        """Return the number of g(e) for the expression e."""
        pairs = zip(values, self.mask.tolist(), strict=True)
        return [number((self.function.name, value)) if mine else value for value, mine in pairs]
