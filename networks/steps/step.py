"""Step: what every primitive on flat vectors says of itself. A kind that lacks one of its methods cannot be made."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterator, Sequence
from fractions import Fraction
from typing import Any, ClassVar, NamedTuple

import numpy as np

from .arithmetic import Array
from .values import Ball, Rows, Values

Numbering = Callable[[Hashable], int]
"""From an expression to its number: equal expressions have equal ones."""


class Step(ABC):
    """A map of vectors (n,) to vectors (m,), as a value; ``layer`` is the number of the leaf that it is of.

    Whoever adds a kind derives it from ``PiecewiseLinear`` or from ``Smooth``.
    """

    layer: int
    is_steep: ClassVar[bool] = False
    """Whether what it adds up depends on where it is: see ``bound_at``."""

    @property
    @abstractmethod
    def is_exact(self) -> bool:
        """Whether it takes rational vectors to rational vectors, and ``apply`` returns rows."""

    @property
    @abstractmethod
    def bends_at_zero(self) -> bool:
        """Whether it is a function of single units that bends where they are 0."""

    @property
    @abstractmethod
    def width(self) -> tuple[int, int]:
        """How many units it reads and writes."""

    @abstractmethod
    def embedded(self, before: int, after: int) -> "Step":
        """Return the step on a vector with ``before`` and ``after`` more units around, which pass."""

    @abstractmethod
    def forward(self, values: Array) -> Array:
        """Return what it makes of float64 ``values`` (B, n)."""

    @abstractmethod
    def apply(self, rows: Rows) -> Values:
        """Return what it makes of exact rows: rows, or, of a step that is not exact, a ball."""

    @abstractmethod
    def enclose(self, ball: Ball) -> Ball:
        """Return a ball around what it makes of all that is in ``ball``; its docstring proves it."""

    @abstractmethod
    def bound(self, values: Array) -> Array:
        """Return a bound on what it adds up, for non-negative bounds ``values`` (n,) of what it reads."""

    def bound_at(self, point: Array, values: Array) -> Array:
        """Return the same where it reads ``point`` (n,): a bound on what rounding errors there may be shares of."""
        return self.bound(values)

    @abstractmethod
    def jvp(self, values: Values, gradient: Array) -> Array:
        """Return the gradients (d, m) of what it writes, from the ``gradient`` (d, n) of what it reads.

        ``values`` (1, n) are what it reads. All are up to one positive factor. Those of a piecewise linear step are
        exact if ``gradient`` is of integers: the factor is the scale of the rows that leave, if it was that of those
        that enter.
        """

    @abstractmethod
    def influence(self, reach: Array) -> Array:
        """Return a number above 0 for each variable that leads to each unit it writes, (d, m), from that of (d, n)."""

    @abstractmethod
    def trends(self, up: Array, down: Array) -> tuple[Array, Array]:
        """Return the same for what can raise a unit, and what can lower it."""

    @abstractmethod
    def text(self, units: Sequence[str]) -> list[str]:
        """Return the formulas of what it writes from those of what it reads."""

    @abstractmethod
    def uses(self) -> Array:
        """Return in how many of its sums each unit stands, (n,): formulas name a long unit that is used twice."""

    @abstractmethod
    def expressions(self, values: Sequence[int], number: Numbering) -> list[int]:
        """Return the numbers of the expressions that it writes from those that it reads."""

    @abstractmethod
    def kink_count(self) -> int:
        """Return how many kinks it may have."""


class Bend(NamedTuple):
    """Where a unit, by its ``name`` within its layer, may have a kink: in those of the rows (m,) that it ``holds`` for.

    There the linear ``form`` (n,) is 0; it is a kink if the gradient of the form is not.
    """

    name: int
    form: Array
    holds: Array


class PiecewiseLinear(Step):
    """A step that is linear between its kinks, with rational weights: all that is known of it is exact."""

    @property
    def is_exact(self) -> bool:
        """It is."""
        return True

    @property
    @abstractmethod
    def is_sum(self) -> bool:
        """Whether it adds up what it reads, so that what it writes may be 0 without anything below being so."""

    @abstractmethod
    def apply(self, rows: Rows) -> Rows:
        """Return what it makes of exact rows."""

    @property
    @abstractmethod
    def forms(self) -> Array:
        """Linear forms (n, k) of what it reads: where none of them is 0 there is no kink."""

    @abstractmethod
    def bends(self, values: Array) -> Iterator[Bend]:
        """Yield where, among rows of ``values`` (m, n), its kinks may be."""

    @abstractmethod
    def is_suspect(self, values: Array) -> bool:
        """Whether ``values`` (n,) may lie on a kink, whatever gradients they have."""

    @abstractmethod
    def is_on_kink(self, values: Array, gradient: Array) -> bool:
        """Whether ``values`` (n,), whose gradients are ``gradient`` (d, n), lie on a kink."""

    @abstractmethod
    def hinges(self, values: Array, gradient: Array) -> Iterator[tuple[Any, Array]]:
        """Yield what is 0 on each kink, and its gradient (d,)."""

    @abstractmethod
    def with_larger_weights(self, factor: Fraction) -> "PiecewiseLinear | None":
        """Return it with positive weights and biases ``factor`` times as large; None if it has no weights.

        Units whose weights are of one sign are left out: they are 0 where they are without the factor.
        """


class Smooth(Step):
    """A step without kinks, and by default without exact values: from there on numbers are floats within balls."""

    @property
    def is_exact(self) -> bool:
        """It is not, unless a kind says so and has an ``apply`` of its own."""
        return False

    @property
    def bends_at_zero(self) -> bool:
        """It does not."""
        return False

    def apply(self, rows: Rows) -> Values:
        """Return a ball around what it makes of the rows."""
        return self.enclose(Ball.of(rows))

    def uses(self) -> Array:
        """Return 0: it adds nothing up by weights."""
        return np.zeros(self.width[0], dtype=np.int64)

    def kink_count(self) -> int:
        """Return 0."""
        return 0


def known_part(steps: Sequence[Step]) -> list[PiecewiseLinear]:
    """Return the steps up to the first that is not piecewise linear: behind it no kinks are claimed."""
    known: list[PiecewiseLinear] = []
    for step in steps:
        if not isinstance(step, PiecewiseLinear):
            break
        known.append(step)
    return known
