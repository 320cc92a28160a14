"""Division by the root mean square."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from .arithmetic import Array
from .mixing import Mixing
from .unitwise import BENT, MOST
from .values import SLACK, TINY, Ball, Values


@dataclass(frozen=True, eq=False)
class RootMeanSquare(Mixing):
    """``v ↦ v / √(mean(v²) + eps)`` of ``size`` units, ``before`` and ``after`` which others pass; ``eps`` > 0."""

    eps: float = field(kw_only=True)
    name: ClassVar[str] = "norm"
    is_steep: ClassVar[bool] = True

    @property
    def key(self) -> tuple[Hashable, ...]:
        """Its name and ``eps``."""
        return self.name, self.eps

    def _deviation(self, own: Array) -> Array:
        """Return √(mean(v²) + eps), (…, 1)."""
        return np.asarray(np.sqrt((own * own).mean(axis=-1, keepdims=True) + self.eps))

    def forward(self, values: Array) -> Array:
        """Return the quotients."""
        own = values[:, self._own]
        return self._around(values, own / self._deviation(own))

    def enclose(self, ball: Ball) -> Ball:
        """Return the ball around fl(N(c)) of radius |r|₂ / q + k·2⁻⁵¹ |fl(N(c))|, slightly enlarged; k = n + 8.

        Proof. The Jacobian of N = v / Q, Q² = mean(v²) + eps, is (1 - N Nᵀ/n) / Q; as |N|² < n it lengthens no vector
        by more than 1 / Q. In the ball the root mean square is at least that of c less |r|₂ / √n, so Q at least the q
        that is made of it, and |N(v) - N(c)|₂ ≤ |r|₂ / q. Rounding: the mean of squares is off by (n + 1) u of itself,
        with eps by u more, of which the root leaves half; the root and the quotient add 2u: less than (n/2 + 4) u. k
        times 4u is more than six times that, and 1 + k·2⁻⁵⁰ makes up for what computing q and the radius loses.
        """
        centre, radius = ball.values[:, self._own], ball.radius[:, self._own]
        share, quotients = (self.size + 8) * SLACK, centre / self._deviation(centre)
        with np.errstate(invalid="ignore", over="ignore"):  # nothing is known of what moves too much
            moved = np.sqrt((radius * radius).sum(axis=1, keepdims=True)) * (1 + share)
            least = np.sqrt((centre * centre).mean(axis=1, keepdims=True)) * (1 - share) - moved / np.sqrt(self.size)
            deviation = np.sqrt(np.fmax(least, 0) ** 2 + self.eps)
            error = (moved / deviation + share * np.abs(quotients)) * (1 + 2 * share) + TINY
        return Ball(self._around(ball.values, quotients), self._around(ball.radius, error))

    def bound(self, values: Array) -> Array:
        """Return what it may be where all is near 0 and it is steepest."""
        return self.bound_at(np.zeros_like(values), values)

    def bound_at(self, point: Array, values: Array) -> Array:
        """Return |V|₂ / Q at a point, with what its curvature of at most 4 / Q² makes of rounding errors."""
        own = values[self._own]
        steep = np.sqrt((own * own).sum()) / self._deviation(point[self._own])
        most = np.minimum(steep + 4 * BENT * steep**2, MOST)
        return self._around(values, np.repeat(most, self.size))

    def jvp(self, values: Values, gradient: Array) -> Array:
        """Return (g_i - N_i mean(N g)) / Q, up to a common factor for large integers."""
        own = values.floats()[0, self._own]
        deviation = self._deviation(own)
        slopes = (gradient / (np.abs(gradient).max(initial=0) or 1)).astype(np.float64)
        quotients, mine = own / deviation, slopes[:, self._own]
        along = (mine @ quotients)[:, None] / self.size
        return self._around(slopes, (mine - along * quotients) / deviation)
