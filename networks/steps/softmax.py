"""Softmax."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from .arithmetic import Array
from .step import Numbering, Smooth
from .unitwise import BENT, MOST
from .values import SLACK, TINY, Ball, Values


@dataclass(frozen=True, eq=False)
class Softmax(Smooth):
    """``v ↦ exp(v) / Σ exp(v)`` of ``size`` units, ``before`` and ``after`` which others pass.

    Where more follows it ``is_inner``: then its curvature makes rounding errors of what it reads larger.
    """

    size: int
    layer: int = 0
    before: int = 0
    after: int = 0
    is_inner: bool = False

    @property
    def width(self) -> tuple[int, int]:
        """How many units it reads and writes."""
        size = self.before + self.size + self.after
        return size, size

    def embedded(self, before: int, after: int) -> "Softmax":
        """Return the step on a vector with more units around."""
        return replace(self, before=self.before + before, after=self.after + after)

    @property
    def _own(self) -> slice:
        return slice(self.before, self.before + self.size)

    def _around(self, values: Array, own: Array) -> Array:
        """Return ``values`` (…, n) with those of its own units exchanged."""
        if not (self.before or self.after):
            return own
        return np.concatenate([values[..., : self.before], own, values[..., self.before + self.size :]], axis=-1)

    def forward(self, values: Array) -> Array:
        """Return the shares."""
        return self._around(values, _shares(values[:, self._own]))

    def enclose(self, ball: Ball) -> Ball:
        """Return the ball around the shares p = fl(softmax(c)) of radius p (e^{2R} - 1 + ρ), slightly enlarged.

        Proof. If |v - c| ≤ R in each entry, exp(v_i) and the sum of them change by factors within e^{±R} each, so the
        share by one within e^{±2R}; and by no more than 1, as shares are within [0, 1]. Rounding: fl(c_i - max c) is
        off by u D for D = max c - min c, of which 745 count, as smaller terms are 0 but for ``TINY``; exp by 4 ulp, 8u,
        the most that numpy admits. So a term is off by the share (D + 8) u to first order. So is their sum, which is at
        least 1, with (K - 1) u more for adding them, and dividing adds u: altogether (2 D + K + 16) u. ρ is four times
        that, which leaves room for the second order, and (1 + ρ)² makes up for taking p in place of softmax(c), and for
        what computing the radius loses.
        """
        centre, error = ball.values[:, self._own], ball.radius[:, self._own].max(axis=1, keepdims=True)
        shares = _shares(centre)
        spread = np.minimum(np.ptp(centre, axis=1, keepdims=True), 745.0)
        rounding = (2 * spread + self.size + 16) * SLACK
        with np.errstate(over="ignore", invalid="ignore"):  # nothing is known of what moves too much
            radius = shares * (np.expm1(2 * error) + rounding) * (1 + rounding) ** 2 + TINY
        radius = np.fmin(radius, 1.0)
        return Ball(self._around(ball.values, shares), self._around(ball.radius, radius))

    def bound(self, values: Array) -> Array:
        """Return 1, or what its units may be at most: their derivatives are sums of them."""
        own = values[self._own]
        curved = np.minimum(BENT * own**2, MOST) if self.is_inner else 0
        return self._around(values, np.maximum(own, 1) + curved)

    def jvp(self, values: Values, gradient: Array) -> Array:
        """Return p_i (g_i - Σ_j p_j g_j), up to a common factor for large integers."""
        own = self._own
        shares = _shares(values.floats()[:, own])[0]
        slopes = (gradient / (np.abs(gradient).max() or 1)).astype(np.float64)
        return self._around(slopes, np.asarray(shares * (slopes[:, own] - slopes[:, own] @ shares[:, None])))

    def influence(self, reach: Array) -> Array:
        """Return what leads to any of its units."""
        return self._around(reach, self._mixed(reach[:, self._own]))

    def trends(self, up: Array, down: Array) -> tuple[Array, Array]:
        """Return what does either to any of its units: it raises one share and lowers the others."""
        both = self._mixed(up[:, self._own] + down[:, self._own])
        return self._around(up, both), self._around(down, both)

    def _mixed(self, reach: Array) -> Array:
        return np.repeat(reach.sum(axis=1, keepdims=True), self.size, axis=1)

    def text(self, units: Sequence[str]) -> list[str]:
        """Return ``softmax(…)[1]`` and so on."""
        own = [f"softmax({', '.join(units[self._own])})[{unit + 1}]" for unit in range(self.size)]
        return [*units[: self.before], *own, *units[self.before + self.size :]]

    def expressions(self, values: Sequence[int], number: Numbering) -> list[int]:
        """Return the numbers of shares: of one term among terms that know no order."""
        terms = tuple(sorted(values[self._own]))
        own = [number(("softmax", value, terms)) for value in values[self._own]]
        return [*values[: self.before], *own, *values[self.before + self.size :]]


def _shares(values: Array) -> Array:
    grown = np.exp(values - values.max(axis=1, keepdims=True))
    return np.asarray(grown / grown.sum(axis=1, keepdims=True))
