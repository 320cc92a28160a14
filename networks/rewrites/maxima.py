"""The maximum of two units, as in the literature."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..layers import MaxPool
from ..network import Network
from .hidden import Hidden, Units, hidden
from .rewrite import LayerRewrite
from .sites import affine, require


@dataclass(frozen=True)
class MaxPair(LayerRewrite):
    """relu(u - v) + relu(v) = ½[relu(u - v) + relu(v - u) + relu(u + v)] where v ≥ 0 and u + v ≥ 0.

    Both are max(u, v): the first since max(u, v) = relu(u - v) + v, the second since 2·max(u, v) = |u - v| + u + v.
    ``unit`` computes u - v and ``other`` v, with equal outgoing weights, in a layer that reads the network's input.
    """

    unit: int
    other: int
    name: ClassVar[str] = "max-pair"
    keeps: ClassVar[str] = "inputs at least 0"
    sites: ClassVar[dict[str, int]] = {"unit": 0, "other": 0}

    def plant(self, network: Network) -> Network:
        """Make u and v of the absolute values of the units' weights, without biases, with equal outgoing weights."""
        hidden_layer = self._pair(network)
        units = hidden_layer.units
        u, v = np.abs(units.rows[self.unit]), np.abs(units.rows[self.other])
        units.rows[self.unit], units.rows[self.other] = u - v, v
        units.bias[[self.unit, self.other]] = 0.0
        units.read[self.other] = units.read[self.unit]
        return hidden_layer.with_units(units)

    def apply(self, network: Network) -> Network:
        """Return the network with three ReLUs of half the weight in place of two."""
        hidden_layer = self._pair(network)
        units = hidden_layer.units
        difference, v = units.at([self.unit]), units.at([self.other])
        total = Units(difference.rows + 2 * v.rows, difference.bias + 2 * v.bias, difference.read / 2)
        least = min(part.min() for part in (v.rows, v.bias, total.rows, total.bias))
        require(least >= 0, "v and u + v must be non-negative where inputs are")
        require((difference.read == v.read).all(), "both units must be read with the same weight")
        units.rows[self.other], units.bias[self.other] = -difference.rows[0], -difference.bias[0]
        units.read[[self.unit, self.other]] = total.read
        return hidden_layer.with_units(units.plus(total))

    def _pair(self, network: Network) -> Hidden:
        site, _ = affine(network, self.layer)
        first = all(layer.is_channelwise for layer in site.before)
        require(first, f"layer {self.layer} does not read the input: the maximum of other layers' units is no such one")
        hidden_layer = hidden(network, self.layer, self.other, self.unit)
        require(self.unit != self.other, "a maximum takes two units")
        pooled = any(isinstance(layer, MaxPool) for layer in hidden_layer.between)
        require(not pooled, f"a max-pool behind layer {self.layer} does not commute with sums")
        return hidden_layer
