"""Steps: the few primitives on flat vectors that every layer comes down to, in integers and in floats.

An affine map, the ReLU of some units, the maximum over groups of units, and a softmax. What passes a block by (the
other summand of a residual sum) is carried along in the same vector.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from .errors import AxiomcheckError

Array = np.ndarray[Any, Any]
SAFE = 2**62
"""Integers below this in absolute value fit into 64 bits."""


def compact(values: Array) -> Array:
    """Return integers in 64 bits where they fit, else as Python's own."""
    if values.dtype != object:
        return values
    return values.astype(np.int64) if not values.size or np.abs(values).max() < SAFE else values


def integers(numbers: Array) -> tuple[Array, int]:
    """Return float64 ``numbers`` as integers over one power of two."""
    if not np.isfinite(numbers).all():
        raise AxiomcheckError("Expected finite weights and biases")
    scale, scaled = 1, numbers
    while not (scaled == np.rint(scaled)).all():
        scale *= 2
        scaled = numbers * scale
    if np.abs(scaled).max(initial=0.0) < SAFE:
        return scaled.astype(np.int64), scale
    return np.array([int(number) for number in scaled.ravel().tolist()], dtype=object).reshape(scaled.shape), scale


@dataclass(frozen=True, eq=False)
class Affine:
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

    @cached_property
    def floats(self) -> tuple[Array, Array]:
        """Weight (in, out) and bias (out,) as float64, rounded once."""
        return self.weight.astype(np.float64) / self.scale, self.bias.astype(np.float64) / self.scale

    @cached_property
    def growth(self) -> tuple[int, int]:
        """The most that the weights of a unit sum up to, without signs, and the largest bias."""
        weight = np.abs(self.weight)
        if len(weight) * int(weight.max()) >= SAFE:
            weight = weight.astype(object)
        return int(weight.sum(axis=0).max()), int(np.abs(self.bias).max())

    def growth_of(self, bound: tuple[int, int]) -> tuple[int, int]:
        """Return what values and scales of at most ``bound`` grow to at most."""
        (most, scale), (growth, bias) = bound, self.growth
        return most * growth + scale * bias, scale * self.scale

    @property
    def width(self) -> tuple[int, int]:
        """How many units it reads and writes."""
        return self.weight.shape[0], self.weight.shape[1]

    @cached_property
    def mixed(self) -> Array:
        """The units with weights of both signs."""
        return np.flatnonzero((self.weight > 0).any(axis=0) & (self.weight < 0).any(axis=0))

    def weighed(self, factor: Fraction) -> "Affine":
        """Return the step of the ``mixed`` units alone, with positive weights and biases ``factor`` times as large."""
        more, once = factor.as_integer_ratio()
        weight, bias = self.weight[:, self.mixed], self.bias[self.mixed]
        larger, raised = (np.where(numbers > 0, more, once) * numbers for numbers in (weight, bias))
        return Affine(larger, raised, once * self.scale, self.layer)

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


@dataclass(frozen=True, eq=False)
class Rectify:
    """``v_u ↦ max(v_u, 0)`` for the ``units`` u, whose ``names`` within their layer are told; the others pass."""

    units: Array
    names: Array
    width: tuple[int, int]
    layer: int = 0

    @classmethod
    def all(cls, size: int, copies: int = 1) -> "Rectify":
        """Return the ReLU of ``copies`` times ``size`` units."""
        units = np.arange(size * copies)
        return cls(units, units % size, (len(units), len(units)))

    @cached_property
    def mask(self) -> Array:
        """Which units it is about, as booleans."""
        mask = np.zeros(self.width[0], dtype=bool)
        mask[self.units] = True
        return mask

    def embedded(self, before: int, after: int) -> "Rectify":
        """Return the step on a vector with more units around."""
        size = before + self.width[0] + after
        return Rectify(self.units + before, self.names, (size, size), self.layer)


@dataclass(frozen=True, eq=False)
class Largest:
    """Unit g of the result is the largest of the units ``groups[g]``; a group of one passes."""

    groups: tuple[tuple[int, ...], ...]
    reads: int
    layer: int = 0
    first: int = 0
    """The group that is unit 0 of its layer."""

    @property
    def width(self) -> tuple[int, int]:
        """How many units it reads and writes."""
        return self.reads, len(self.groups)

    @cached_property
    def padded(self) -> Array:
        """The groups as rows (groups, largest group); shorter ones repeat their first unit."""
        longest = max(map(len, self.groups))
        return np.array([(*group, *(group[0],) * (longest - len(group))) for group in self.groups])

    def winners(self, values: Array) -> Array:
        """Return where, in ``padded``, the largest of ``values`` (n,) of each group stand, as booleans."""
        compared = values[self.padded]
        sizes = np.array([len(group) for group in self.groups])
        is_own = np.arange(compared.shape[1]) < sizes[:, None]
        return np.asarray(is_own & (compared == compared.max(axis=1, keepdims=True)))

    def embedded(self, before: int, after: int) -> "Largest":
        """Return the step on a vector with more units around."""
        shifted = tuple(tuple(unit + before for unit in group) for group in self.groups)
        end = before + self.reads
        passing = (tuple((unit,) for unit in range(before)), tuple((unit,) for unit in range(end, end + after)))
        return Largest((*passing[0], *shifted, *passing[1]), end + after, self.layer, self.first + before)


@dataclass(frozen=True, eq=False)
class Softmax:
    """``v ↦ exp(v) / Σ exp(v)``: not exact, computed in floats."""

    size: int
    layer: int = field(default=0)

    @property
    def width(self) -> tuple[int, int]:
        """How many units it reads and writes."""
        return self.size, self.size


Step = Affine | Rectify | Largest | Softmax


def of(step: Step, values: Array) -> Array:
    """Return what ``step`` makes of float64 ``values`` (B, n)."""
    if isinstance(step, Affine):
        weight, bias = step.floats
        return values @ weight + bias
    if isinstance(step, Rectify):
        return np.where(step.mask, np.maximum(values, 0), values)
    if isinstance(step, Largest):
        return np.asarray(values[:, step.padded].max(axis=2))
    grown = np.exp(values - values.max(axis=1, keepdims=True))
    return np.asarray(grown / grown.sum(axis=1, keepdims=True))


def bound(step: Step, values: Array) -> Array:
    """Return a bound on what ``step`` adds up, for non-negative bounds ``values`` (n,) of what it reads."""
    if isinstance(step, Affine):
        weight, bias = step.floats
        return np.asarray(values @ np.abs(weight) + np.abs(bias))
    if isinstance(step, Largest):
        return np.asarray(values[step.padded].max(axis=1))
    return np.maximum(values, 1) if isinstance(step, Softmax) else values
