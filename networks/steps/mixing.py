"""What functions of a block of units have in common, each of which moves all of them."""

from abc import abstractmethod
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Self

import numpy as np

from .arithmetic import Array
from .step import Numbering, Smooth


@dataclass(frozen=True, eq=False)
class Mixing(Smooth):
    """A function of ``size`` units that knows no order among them, ``before`` and ``after`` which others pass."""

    size: int
    layer: int = 0
    before: int = 0
    after: int = 0
    name: ClassVar[str]
    """What formulas call it."""

    @property
    @abstractmethod
    def key(self) -> tuple[Hashable, ...]:
        """What tells it from other functions."""

    @property
    def width(self) -> tuple[int, int]:
        """How many units it reads and writes."""
        size = self.before + self.size + self.after
        return size, size

    def embedded(self, before: int, after: int) -> Self:
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

    def influence(self, reach: Array) -> Array:
        """Return what leads to any of its units."""
        return self._around(reach, self._mixed(reach[:, self._own]))

    def trends(self, up: Array, down: Array) -> tuple[Array, Array]:
        """Return what does either to any of its units: one may raise another, and lower a third."""
        both = self._mixed(up[:, self._own] + down[:, self._own])
        return self._around(up, both), self._around(down, both)

    def _mixed(self, reach: Array) -> Array:
        return np.repeat(reach.sum(axis=1, keepdims=True), self.size, axis=1)

    def text(self, units: Sequence[str]) -> list[str]:
        """Return ``softmax(…)[1]`` and so on."""
        own = [f"{self.name}({', '.join(units[self._own])})[{unit + 1}]" for unit in range(self.size)]
        return [*units[: self.before], *own, *units[self.before + self.size :]]

    def expressions(self, values: Sequence[int], number: Numbering) -> list[int]:
        """Return the numbers of one unit among units that know no order."""
        units = tuple(sorted(values[self._own]))
        own = [number((*self.key, value, units)) for value in values[self._own]]
        return [*values[: self.before], *own, *values[self.before + self.size :]]
