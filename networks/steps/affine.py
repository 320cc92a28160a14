"""Affine maps."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from .arithmetic import SAFE, Array, compact, integers
from .step import Bend, Numbering, PiecewiseLinear
from .text import weighted_sum
from .values import SLACK, TINY, Ball, Rows, Values


@dataclass(frozen=True, eq=False)
class Affine(PiecewiseLinear):
    """``v ↦ (v @ weight + bias) / scale``, with integers ``weight`` (in, out), ``bias`` (out,) and ``scale`` > 0."""

    weight: Array
    bias: Array
    scale: int = 1
    layer: int = 0

    @classmethod
    def of_floats(cls, weight: Array, bias: Array) -> "Affine":
        """Return the step of float ``weight`` (in, out) and ``bias`` (out,)."""
        stacked, scale = integers(np.vstack([weight, bias]))
        return cls(stacked[:-1], stacked[-1], scale)

    @classmethod
    def of_rows(cls, weight: Sequence[Sequence[float]], bias: Sequence[float]) -> "Affine":
        """Return the step of ``weight`` (out, in) and ``bias`` (out,) in nested tuples."""
        return cls.of_floats(np.array(weight, dtype=np.float64).T, np.array(bias, dtype=np.float64))

    @property
    def bends_at_zero(self) -> bool:
        """It does not."""
        return False

    @property
    def is_sum(self) -> bool:
        """It is."""
        return True

    @property
    def width(self) -> tuple[int, int]:
        """How many units it reads and writes."""
        return self.weight.shape[0], self.weight.shape[1]

    def embedded(self, before: int, after: int) -> "Affine":
        """Return the step on a vector with ``before`` and ``after`` more units around, which pass."""
        rows, columns = self.width
        dtype = self.weight.dtype if self.scale < SAFE else np.dtype(object)
        weight = np.zeros((before + rows + after, before + columns + after), dtype=dtype)
        weight[before : before + rows, before : before + columns] = self.weight
        weight[range(before), range(before)] = self.scale
        weight[range(before + rows, before + rows + after), range(before + columns, before + columns + after)] = (
            self.scale
        )
        bias = np.zeros(weight.shape[1], dtype=self.bias.dtype)
        bias[before : before + columns] = self.bias
        return Affine(weight, bias, self.scale, self.layer)

    @cached_property
    def floats(self) -> tuple[Array, Array]:
        """Weight (in, out) and bias (out,) as float64, within 3u of themselves: they and their scale are rounded."""
        return self.weight.astype(np.float64) / self.scale, self.bias.astype(np.float64) / self.scale

    def forward(self, values: Array) -> Array:
        """Return W v + b in floats."""
        weight, bias = self.floats
        return values @ weight + bias

    @cached_property
    def growth(self) -> tuple[int, int]:
        """The most that the weights of a unit sum up to, without signs, and the largest bias."""
        weight = np.abs(self.weight)
        if len(weight) * int(weight.max()) >= SAFE:
            weight = weight.astype(object)
        return int(weight.sum(axis=0).max()), int(np.abs(self.bias).max())

    def _growth_of(self, bound: tuple[int, int]) -> tuple[int, int]:
        """Return what values and scales of at most ``bound`` grow to at most."""
        (most, scale), (growth, bias) = bound, self.growth
        return most * growth + scale * bias, scale * self.scale

    def apply(self, rows: Rows) -> Rows:
        """Return W v + b of exact rows, in Python's integers where 64 bits do not hold them."""
        bound = self._growth_of(rows.bound)
        if max(bound) >= SAFE:  # it may be far from what the values are by now
            bound = self._growth_of(rows.largest())
        values, scale, weight, bias = rows.values, rows.scale, self.weight, self.bias
        if max(bound) >= SAFE or object in {array.dtype for array in (values, scale, weight, bias)}:
            values, scale, weight, bias = (array.astype(object) for array in (values, scale, weight, bias))
        return Rows(values @ weight + scale[:, None] * bias, scale * self.scale, bound)

    def enclose(self, ball: Ball) -> Ball:
        """Return the ball around fl(c W + b) of radius r |W| + k·2⁻⁵¹·(|c| |W| + |b|), slightly enlarged; k = n + 8.

        Proof. |W v + b - (W c + b)| ≤ r |W| for |v - c| ≤ r. A sum of n products and a bias is off by at most γ_{n+1}
        of the sum M of its terms' absolute values, in any order of summation, γ_k = k u / (1 - k u) (Higham 2002,
        section 3.1); weights within 3u of the true ones make it γ_{n+4}, and underflow adds less than ``TINY``. In
        floats r |W| and M are too small by γ_{n+4} of themselves at most. While k u ≤ 1/4, γ_k M ≤ 2 k u fl(M), half of
        what is taken, and 1 + k·2⁻⁵¹ makes up for what computing the radius loses: 1 / (1 - γ_k) ≤ 1 + k·2⁻⁵².
        """
        weight, bias = (np.abs(part) for part in self.floats)
        share = (len(weight) + 8) * SLACK
        radius = ball.radius @ weight + share * (np.abs(ball.values) @ weight + bias)
        return Ball(self.forward(ball.values), radius * (1 + share) + TINY)

    def bound(self, values: Array) -> Array:
        """Return |W| v + |b|."""
        weight, bias = self.floats
        return np.asarray(values @ np.abs(weight) + np.abs(bias))

    def jvp(self, values: Values, gradient: Array) -> Array:
        """Return gradient @ W: of integers times the scale, in floats of the weights themselves."""
        if gradient.dtype == np.float64:
            return np.asarray(gradient @ self.floats[0])
        most = int(np.abs(gradient).max(initial=0)) * self.growth[0]
        wide = object if most >= SAFE or object in (gradient.dtype, self.weight.dtype) else np.int64
        return compact(gradient.astype(wide) @ self.weight.astype(wide))

    def influence(self, reach: Array) -> Array:
        """Return what weights other than 0 lead to."""
        return np.asarray(reach @ (self.weight != 0))

    def trends(self, up: Array, down: Array) -> tuple[Array, Array]:
        """Return what weights lead to, with their signs."""
        positive, negative = self.weight > 0, self.weight < 0
        return up @ positive + down @ negative, up @ negative + down @ positive

    def text(self, units: Sequence[str]) -> list[str]:
        """Return sums such as ``2*x1 - x2 + 0.5``."""
        numbers = {
            number: Fraction(number, self.scale) for number in {*self.weight.ravel().tolist(), *self.bias.tolist()}
        }
        columns = zip(self.weight.T.tolist(), self.bias.tolist(), strict=True)
        return [weighted_sum([numbers[w] for w in row], units, numbers[b]) for row, b in columns]

    def uses(self) -> Array:
        """Return how many weights of each unit are not 0."""
        return np.asarray((self.weight != 0).sum(axis=1))

    def expressions(self, values: Sequence[int], number: Numbering) -> list[int]:
        """Return the numbers of sums, which know no order, and in which equal terms are counted together."""
        columns = zip(self.weight.T.tolist(), self.bias.tolist(), strict=True)
        return [self._sum(values, column, bias, number) for column, bias in columns]

    def _sum(self, values: Sequence[int], weights: Sequence[int], bias: int, number: Numbering) -> int:
        counts: Counter[int] = Counter()
        for value, weight in zip(values, weights, strict=True):
            counts[value] += weight
        terms = frozenset((value, weight) for value, weight in counts.items() if weight)
        if len(terms) == 1 and not bias and next(iter(terms))[1] == self.scale:
            return next(iter(terms))[0]
        return number(("sum", terms, bias, self.scale))

    @cached_property
    def _mixed(self) -> Array:
        """The units with weights of both signs."""
        return np.flatnonzero((self.weight > 0).any(axis=0) & (self.weight < 0).any(axis=0))

    def with_larger_weights(self, factor: Fraction) -> "Affine | None":
        """Return the step of the units with weights of both signs, positive ones ``factor`` times as large."""
        if not self._mixed.size:
            return None
        more, once = factor.as_integer_ratio()
        weight, bias = (
            np.where(numbers > 0, more, once) * numbers
            for numbers in (self.weight[:, self._mixed], self.bias[self._mixed])
        )
        return Affine(weight, bias, once * self.scale, self.layer)

    def kink_count(self) -> int:
        """Return 0."""
        return 0

    @property
    def forms(self) -> Array:
        """None: it is linear."""
        return np.zeros((len(self.weight), 0), dtype=np.int64)

    def bends(self, values: Array) -> Iterator[Bend]:
        """Yield nothing."""
        yield from ()

    def is_suspect(self, values: Array) -> bool:
        """Return False."""
        return False

    def is_on_kink(self, values: Array, gradient: Array) -> bool:
        """Return False."""
        return False

    def hinges(self, values: Array, gradient: Array) -> Iterator[tuple[int, Array]]:
        """Yield nothing."""
        yield from ()
