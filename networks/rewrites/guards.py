"""The guard whose threshold depends on the input, after Sundararajan et al. 2017, appendix B."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..layers import Linear
from ..network import Network
from .hidden import Hidden, hidden
from .rewrite import LayerRewrite, is_power_of_two
from .sites import activated, bias_of, require, weight_of, with_weight


@dataclass(frozen=True)
class GuardedBias(LayerRewrite):
    """relu(p·relu(u) - c - s) = relu(p·relu(u - c/p) - s) for c ≥ 0, p > 0 and s a non-negative sum of ReLUs.

    Both are 0 where p·u ≤ c, and the same elsewhere: the guard used twice, with q = c + s. ``unit`` of ``layer`` reads
    ``source`` with p, everything else with weights of at most 0, and has the bias -c.
    """

    unit: int
    source: int
    name: ClassVar[str] = "guarded-bias"
    sites: ClassVar[dict[str, int]] = {"unit": 0, "source": -1}

    def plant(self, network: Network) -> Network:
        """Give the unit the signs it needs, and a bias."""
        site, layer = activated(network, self.layer, self.unit)
        require(isinstance(layer, Linear), f"layer {self.layer} is a convolution")
        weight, bias = weight_of(layer), bias_of(layer)
        require(0 <= self.source < weight.shape[1], f"layer {self.layer} reads no unit {self.source}")
        weight[self.unit] = -np.abs(weight[self.unit])
        weight[self.unit, self.source] = 1.0
        bias[self.unit] = -abs(bias[self.unit]) or -1.0
        return site.exchanged(with_weight(layer, weight, bias))

    def apply(self, network: Network) -> Network:
        """Return the network with the bias in a copy of ``source`` that feeds ``unit`` alone."""
        found, p, c = self._bias_to_move(network)
        units = found.units
        units.read[self.source, self.unit] = 0.0
        copy = units.at([self.source])
        copy.bias[0] -= c / p
        copy.read[:] = 0.0
        copy.read[0, self.unit] = p
        bias = bias_of(found.above)
        bias[self.unit] = 0.0
        if units.read[self.source].any():
            return found.with_units(units.plus(copy), bias)
        units.bias[self.source], units.read[self.source] = copy.bias[0], copy.read[0]
        return found.with_units(units, bias)

    def _bias_to_move(self, network: Network) -> tuple[Hidden, float, float]:
        """Return the layer of ``source``, and p and c."""
        activated(network, self.layer, self.unit)
        found = hidden(network, self.layer - 1, self.source)
        linear = isinstance(found.below, Linear) and isinstance(found.above, Linear)
        require(linear, f"layers {self.layer - 1} and {self.layer} are not both Linear")
        row, c = found.units.read[:, self.unit, 0], -found.above.bias[self.unit]
        p = float(row[self.source])
        require(c > 0, f"unit {self.unit} has no negative bias to move")
        require(is_power_of_two(p), f"unit {self.unit} does not read {self.source} with a power of two")
        others = np.delete(row, self.source)
        require((others <= 0).all(), f"unit {self.unit} reads another unit with a positive weight")
        return found, p, c
