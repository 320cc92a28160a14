"""The ReLU of some units."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from .arithmetic import Array
from .step import Bend, Numbering, PiecewiseLinear
from .values import Ball, Rows, Values


@dataclass(frozen=True, eq=False)
class Rectify(PiecewiseLinear):
    """``v_u ↦ max(v_u, 0)`` for ``units`` u of ``size``, with their ``names`` within their layer; the others pass."""

    units: Array
    names: Array
    size: int
    layer: int = 0

    @classmethod
    def all(cls, size: int, copies: int = 1) -> "Rectify":
        """Return the ReLU of ``copies`` times ``size`` units."""
        units = np.arange(size * copies)
        return cls(units, units % size, len(units))

    @property
    def bends_at_zero(self) -> bool:
        """It does."""
        return True

    @property
    def is_sum(self) -> bool:
        """It is not."""
        return False

    @property
    def width(self) -> tuple[int, int]:
        """How many units it reads and writes."""
        return self.size, self.size

    @cached_property
    def mask(self) -> Array:
        """Which units it is about, as booleans."""
        mask = np.zeros(self.size, dtype=bool)
        mask[self.units] = True
        return mask

    def embedded(self, before: int, after: int) -> "Rectify":
        """Return the step on a vector with more units around."""
        return Rectify(self.units + before, self.names, before + self.size + after, self.layer)

    def forward(self, values: Array) -> Array:
        """Return max(v, 0) of its units."""
        return np.where(self.mask, np.maximum(values, 0), values)

    def apply(self, rows: Rows) -> Rows:
        """Return max(v, 0) of its units: it commutes with positive scales."""
        return Rows(self.forward(rows.values), rows.scale, rows.bound)

    def enclose(self, ball: Ball) -> Ball:
        """Return max(c, 0) with the same radius: |max(v, 0) - max(c, 0)| ≤ |v - c|, and nothing is rounded.

        Where c + r ≤ 0 all that is in the ball becomes 0: so does c + r rounded to nearest, if and only if it is.
        """
        dead = self.mask & (ball.values + ball.radius <= 0)
        return Ball(self.forward(ball.values), np.where(dead, 0.0, ball.radius))

    def bound(self, values: Array) -> Array:
        """Return the bounds of what it reads."""
        return values

    def jvp(self, values: Values, gradient: Array) -> Array:
        """Return the gradients of the units that are above 0."""
        return np.where(self.mask & (values.values[0] <= 0), 0, gradient)

    def influence(self, reach: Array) -> Array:
        """Return the same."""
        return reach

    def trends(self, up: Array, down: Array) -> tuple[Array, Array]:
        """Return the same: it never falls."""
        return up, down

    def text(self, units: Sequence[str]) -> list[str]:
        """Return ``relu(…)``."""
        return [f"relu({unit})" if mine else unit for unit, mine in zip(units, self.mask.tolist(), strict=True)]

    def uses(self) -> Array:
        """Return 0: it adds nothing up."""
        return np.zeros(self.size, dtype=np.int64)

    def expressions(self, values: Sequence[int], number: Numbering) -> list[int]:
        """Return the number of relu(e) for the expression e."""
        return [
            number(("relu", value)) if mine else value for value, mine in zip(values, self.mask.tolist(), strict=True)
        ]

    def kink_count(self) -> int:
        """Return one for each unit."""
        return len(self.units)

    @cached_property
    def forms(self) -> Array:
        """The units themselves."""
        return np.eye(self.size, dtype=np.int64)[:, self.units]

    def bends(self, values: Array) -> Iterator[Bend]:
        """Yield where each unit is 0."""
        zero = values[:, self.units] == 0
        for index, name in enumerate(self.names.tolist()):
            yield Bend(name, self.forms[:, index], zero[:, index])

    def is_suspect(self, values: Array) -> bool:
        """Whether one of its units is 0."""
        return not values[self.units].all()

    def is_on_kink(self, values: Array, gradient: Array) -> bool:
        """Whether one of its units is 0 and its gradient is not."""
        units = self.units[values[self.units] == 0]
        return bool(units.size and gradient[:, units].any())

    def hinges(self, values: Array, gradient: Array) -> Iterator[tuple[int, Array]]:
        """Yield the pre-activations."""
        for unit in self.units:
            yield values[unit], gradient[:, unit]

    def with_larger_weights(self, factor: Fraction) -> None:
        """Return None: it has no weights."""
