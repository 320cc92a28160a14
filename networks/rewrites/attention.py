"""Rewrites of self-attention: bases of values and of keys that nobody else sees."""

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from ..layers import Array, Attention
from ..layers.values import frozen
from ..network import Network
from .rewrite import Rewrite
from .sites import place, places, require


@dataclass(frozen=True)
class Gauge(Rewrite):
    """A basis is sheared: ``value`` times one unit is added to another, and taken back where both are read."""

    block: int
    unit: int
    other: int
    value: float
    where: ClassVar[str] = "block"

    @classmethod
    def count(cls, network: Network) -> int:
        """Return the number of attentions."""
        return len(places(network, Attention))

    @classmethod
    def choices(cls, network: Network, number: int) -> dict[str, int]:
        """Return how many units there are for both."""
        _, attention = place(network, number, Attention, "attention")
        return dict.fromkeys(("unit", "other"), cls.size(attention))

    @staticmethod
    def size(attention: Attention) -> int:
        """Return how many units the basis has."""
        raise NotImplementedError

    def shear(self, attention: Attention) -> Attention:
        """Return the layer in the other basis."""
        raise NotImplementedError

    def apply(self, network: Network) -> Network:
        """Return the network with the layer in the other basis."""
        site, attention = place(network, self.block, Attention, "attention")
        for unit in (self.unit, self.other):
            require(0 <= unit < self.size(attention), f"attention {self.block} has no unit {unit}")
        require(self.unit != self.other and self.value != 0, "a unit is added to another, some times")
        each = self.size(attention) // attention.heads
        require(self.unit // each == self.other // each, "units of two heads have no basis in common")
        changed = self.shear(attention)
        require(changed != attention, f"attention {self.block} is the same in both bases")
        return site.replace(changed)

    def _sheared(self, one: Array, other: Array) -> tuple[Array, Array]:
        """Return rows with c times ``other`` added to ``unit``, and rows with c times ``unit`` taken from ``other``."""
        first, second = one.copy(), other.copy()
        first[self.unit] += self.value * one[self.other]
        second[self.other] -= self.value * other[self.unit]
        return first, second


@dataclass(frozen=True)
class ValueGauge(Gauge):
    """V → V M and O → M⁻¹ O for a shear M: the values are read by the output alone."""

    name: ClassVar[str] = "value-gauge"

    @staticmethod
    def size(attention: Attention) -> int:
        """Return the number of values."""
        return len(attention.value)

    def shear(self, attention: Attention) -> Attention:
        """Return the layer with other values and outputs."""
        value, out = self._sheared(np.array(attention.value), np.array(attention.out).T)
        return replace(attention, value=frozen(value), out=frozen(out.T))


@dataclass(frozen=True)
class KeyGauge(Gauge):
    """Q → Q M and K → K M⁻ᵀ for a shear M: only products of queries and keys are read. Biases are parts of keys."""

    name: ClassVar[str] = "key-gauge"

    @staticmethod
    def size(attention: Attention) -> int:
        """Return the number of keys."""
        return len(attention.key)

    def shear(self, attention: Attention) -> Attention:
        """Return the layer with other queries and keys."""
        bias = np.array(attention.key_bias or [0.0] * len(attention.key))
        query, key = self._sheared(np.array(attention.query), np.column_stack([attention.key, bias]))
        biases = frozen(key[:, -1]) if attention.key_bias else ()
        return replace(attention, query=frozen(query), key=frozen(key[:, :-1]), key_bias=biases)
