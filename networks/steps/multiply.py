"""Products of units."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from .arithmetic import Array
from .step import Numbering, Smooth
from .text import product
from .unitwise import MOST
from .values import SLACK, TINY, Ball, Rows, Values


@dataclass(frozen=True, eq=False)
class Multiply(Smooth):
    """``(a, b) ↦ a_i b_i`` of two times ``size`` units, ``before`` and ``after`` which others pass: exact."""

    size: int
    layer: int = 0
    before: int = 0
    after: int = 0

    @property
    def is_exact(self) -> bool:
        """It is: products of rational numbers are rational."""
        return True

    @property
    def width(self) -> tuple[int, int]:
        """How many units it reads and writes."""
        around = self.before + self.after
        return around + 2 * self.size, around + self.size

    def embedded(self, before: int, after: int) -> "Multiply":
        """Return the step on a vector with more units around."""
        return replace(self, before=self.before + before, after=self.after + after)

    def _parts(self, values: Array) -> tuple[Array, Array, Array, Array]:
        """Return the units before, both factors, and the units behind, of ``values`` (…, n)."""
        first, second = self.before + self.size, self.before + 2 * self.size
        return (
            values[..., : self.before],
            values[..., self.before : first],
            values[..., first:second],
            values[..., second:],
        )

    def forward(self, values: Array) -> Array:
        """Return the products."""
        before, a, b, after = self._parts(values)
        return np.concatenate([before, a * b, after], axis=-1)

    def apply(self, rows: Rows) -> Rows:
        """Return integers over the squared scale."""
        before, a, b, after = self._parts(rows.values.astype(object))
        scale = rows.scale.astype(object)[:, None]
        return Rows(np.concatenate([before * scale, a * b, after * scale], axis=-1), scale[:, 0] ** 2)

    def enclose(self, ball: Ball) -> Ball:
        """Return the ball around fl(a b) of radius |a| s + |b| r + r s + 2⁻⁵¹ |fl(a b)|, slightly enlarged.

        Proof. |(a + x)(b + y) - a b| ≤ |a| s + |b| r + r s for |x| ≤ r, |y| ≤ s; the product is rounded once, and the
        radius by less than 8u of itself.
        """
        before, a, b, after = self._parts(ball.values)
        around, r, s, behind = self._parts(ball.radius)
        with np.errstate(invalid="ignore", over="ignore"):  # nothing is known of what is too large
            radius = (np.abs(a) * s + np.abs(b) * r + r * s + SLACK * np.abs(a * b)) * (1 + 4 * SLACK) + TINY
            products = a * b
        values = np.concatenate([before, products, after], axis=-1)
        return Ball(values, np.concatenate([around, radius, behind], axis=-1))

    def bound(self, values: Array) -> Array:
        """Return twice the products: so much may a derivative be."""
        before, a, b, after = self._parts(values)
        return np.concatenate([before, np.minimum(2 * a * b, MOST), after])

    def jvp(self, values: Values, gradient: Array) -> Array:
        """Return a g_b + b g_a, up to a common factor for large integers."""
        _, a, b, _ = self._parts(values.floats()[0])
        before, to_a, to_b, after = self._parts((gradient / (np.abs(gradient).max(initial=0) or 1)).astype(np.float64))
        return np.concatenate([before, a * to_b + b * to_a, after], axis=-1)

    def influence(self, reach: Array) -> Array:
        """Return what leads to either factor."""
        before, a, b, after = self._parts(reach)
        return np.concatenate([before, a + b, after], axis=-1)

    def trends(self, up: Array, down: Array) -> tuple[Array, Array]:
        """Return what does either to either factor: the sign of the other is not known."""
        both = self.influence(up + down)
        own = slice(self.before, self.before + self.size)
        results = [self.influence(up), self.influence(down)]
        for result in results:
            result[:, own] = both[:, own]
        return results[0], results[1]

    def text(self, units: Sequence[str]) -> list[str]:
        """Return ``a*b``."""
        first, second = self.before + self.size, self.before + 2 * self.size
        pairs = zip(units[self.before : first], units[first:second], strict=True)
        return [*units[: self.before], *(product(one, other) for one, other in pairs), *units[second:]]

    def uses(self) -> Array:
        """Return 1 for each factor."""
        uses = np.zeros(self.width[0], dtype=np.int64)
        uses[self.before : self.before + 2 * self.size] = 1
        return uses

    def expressions(self, values: Sequence[int], number: Numbering) -> list[int]:
        """Return the numbers of products, which know no order."""
        first, second = self.before + self.size, self.before + 2 * self.size
        pairs = zip(values[self.before : first], values[first:second], strict=True)
        own = [number(("product", *sorted(pair))) for pair in pairs]
        return [*values[: self.before], *own, *values[second:]]
