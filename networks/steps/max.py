"""The maximum over groups of units."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np

from .arithmetic import Array
from .step import Bend, Numbering, PiecewiseLinear
from .values import Ball, Rows, Values


@dataclass(frozen=True, eq=False)
class Max(PiecewiseLinear):
    """Unit g of the result is the largest of the units ``groups[g]``; a group of one passes."""

    groups: tuple[tuple[int, ...], ...]
    reads: int
    layer: int = 0
    first: int = 0
    """The group that is unit 0 of its layer."""

    @property
    def bends_at_zero(self) -> bool:
        """It does not."""
        return False

    @property
    def is_sum(self) -> bool:
        """It is not."""
        return False

    @property
    def width(self) -> tuple[int, int]:
        """How many units it reads and writes."""
        return self.reads, len(self.groups)

    @cached_property
    def padded(self) -> Array:
        """The groups as rows (groups, largest group); shorter ones repeat their first unit."""
        longest = max(map(len, self.groups))
        return np.array([(*group, *(group[0],) * (longest - len(group))) for group in self.groups])

    def embedded(self, before: int, after: int) -> "Max":
        """Return the step on a vector with more units around."""
        shifted = tuple(tuple(unit + before for unit in group) for group in self.groups)
        end = before + self.reads
        passing = (tuple((unit,) for unit in range(before)), tuple((unit,) for unit in range(end, end + after)))
        return Max((*passing[0], *shifted, *passing[1]), end + after, self.layer, self.first + before)

    def forward(self, values: Array) -> Array:
        """Return the largest of each group."""
        return np.asarray(values[:, self.padded].max(axis=2))

    def apply(self, rows: Rows) -> Rows:
        """Return the largest of each group: it commutes with positive scales."""
        return Rows(self.forward(rows.values), rows.scale, rows.bound)

    def enclose(self, ball: Ball) -> Ball:
        """Return the largest centre with the largest radius of each group.

        |max_i v_i - max_i c_i| ≤ max_i |v_i - c_i|, and nothing is rounded.
        """
        return Ball(self.forward(ball.values), self.forward(ball.radius))

    def bound(self, values: Array) -> Array:
        """Return the largest bound of each group."""
        return np.asarray(values[self.padded].max(axis=1))

    def jvp(self, values: Values, gradient: Array) -> Array:
        """Return the gradients of the winners, the first of those that tie."""
        winners = values.values[0][self.padded].argmax(axis=1)
        return np.asarray(gradient[:, self.padded[range(len(winners)), winners]])

    def influence(self, reach: Array) -> Array:
        """Return what leads to any unit of a group."""
        return np.asarray(reach[:, self.padded].max(axis=2))

    def trends(self, up: Array, down: Array) -> tuple[Array, Array]:
        """Return what does so to any unit of a group."""
        return self.influence(up), self.influence(down)

    def text(self, units: Sequence[str]) -> list[str]:
        """Return ``max(…)``."""
        groups = ([units[unit] for unit in group] for group in self.groups)
        return [f"max({', '.join(group)})" if len(group) > 1 else group[0] for group in groups]

    def uses(self) -> Array:
        """Return 0: it adds nothing up."""
        return np.zeros(self.reads, dtype=np.int64)

    def expressions(self, values: Sequence[int], number: Numbering) -> list[int]:
        """Return the numbers of maxima, which know no order and count nothing twice."""
        groups = [frozenset(values[unit] for unit in group) for group in self.groups]
        return [next(iter(group)) if len(group) == 1 else number(("max", group)) for group in groups]

    def kink_count(self) -> int:
        """Return one less than the units of each group."""
        return sum(len(group) - 1 for group in self.groups)

    @cached_property
    def _pairs(self) -> list[tuple[int, tuple[int, int]]]:
        """Two units of one group, with its number."""
        return [(index, pair) for index, group in enumerate(self.groups) for pair in combinations(group, 2)]

    @cached_property
    def forms(self) -> Array:
        """By how much one unit of a group is larger than another."""
        forms = np.zeros((self.reads, len(self._pairs)), dtype=np.int64)
        for form, (_, (one, other)) in enumerate(self._pairs):
            forms[one, form], forms[other, form] = 1, -1
        return forms

    def bends(self, values: Array) -> Iterator[Bend]:
        """Yield where two units of a group are the largest."""
        most = self.forward(values)
        for form, (index, pair) in enumerate(self._pairs):
            ties = (values[:, list(pair)] == most[:, [index]]).all(axis=1)
            yield Bend(index - self.first, self.forms[:, form], ties)

    def _winners(self, values: Array) -> Array:
        """Return where, in ``padded``, the largest of ``values`` (n,) of each group stand, as booleans."""
        entries = values[self.padded]
        sizes = np.array([len(group) for group in self.groups])
        is_own = np.arange(entries.shape[1]) < sizes[:, None]
        return np.asarray(is_own & (entries == entries.max(axis=1, keepdims=True)))

    def is_suspect(self, values: Array) -> bool:
        """Whether the largest of a group tie."""
        return bool((self._winners(values).sum(axis=1) > 1).any())

    def is_on_kink(self, values: Array, gradient: Array) -> bool:
        """Whether the largest of a group tie and have different gradients."""
        winners = self._winners(values)
        for group in np.flatnonzero(winners.sum(axis=1) > 1):
            columns = gradient[:, self.padded[group][winners[group]]]
            if (columns != columns[:, :1]).any():
                return True
        return False

    def hinges(self, values: Array, gradient: Array) -> Iterator[tuple[Any, Array]]:
        """Yield by how much the largest of a group leads."""
        for group in self.groups:
            winner = max(group, key=values.__getitem__)
            for unit in group:
                if unit != winner:
                    yield values[winner] - values[unit], gradient[:, winner] - gradient[:, unit]

    def with_larger_weights(self, factor: Fraction) -> None:
        """Return None: it has no weights."""
