"""Softmax."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from .arithmetic import Array
from .mixing import Mixing
from .unitwise import BENT, MOST
from .values import SLACK, TINY, Ball, Values


@dataclass(frozen=True, eq=False)
class Softmax(Mixing):
    """``v ↦ exp(v) / Σ exp(v)`` of ``size`` units, ``before`` and ``after`` which others pass.

    Where more follows it ``is_inner``: then its curvature makes rounding errors of what it reads larger.
    """

    is_inner: bool = False
    name: ClassVar[str] = "softmax"

    @property
    def key(self) -> tuple[Hashable, ...]:
        """Its name."""
        return (self.name,)

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


def _shares(values: Array) -> Array:
    grown = np.exp(values - values.max(axis=1, keepdims=True))
    return np.asarray(grown / grown.sum(axis=1, keepdims=True))
