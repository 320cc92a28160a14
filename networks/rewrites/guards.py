"""The guard whose threshold depends on the input, after Sundararajan et al. 2017, appendix B."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..network import Network
from .hidden import Hidden, hidden
from .rewrite import LayerRewrite, is_power_of_two
from .sites import activated_layer, require


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
        site, layer = activated_layer(network, self.layer, self.unit)
        require(layer.is_dense, f"layer {self.layer} is a convolution")
        weight, bias = layer.array, layer.bias_array
        require(0 <= self.source < weight.shape[1], f"layer {self.layer} reads no unit {self.source}")
        weight[self.unit] = -np.abs(weight[self.unit])
        weight[self.unit, self.source] = 1.0
        bias[self.unit] = -abs(bias[self.unit]) or -1.0
        return site.replace(layer.with_weight(weight, bias))

    def apply(self, network: Network) -> Network:
        """Return the network with the bias in a copy of ``source`` that feeds ``unit`` alone."""
        hidden_layer, p, c = self._bias_to_move(network)
        units = hidden_layer.units
        units.read[self.source, self.unit] = 0.0
        copy = units.at([self.source])
        copy.bias[0] -= c / p
        copy.read[:] = 0.0
        copy.read[0, self.unit] = p
        bias = hidden_layer.above.bias_array
        bias[self.unit] = 0.0
        if units.read[self.source].any():
            return hidden_layer.with_units(units.plus(copy), bias)
        units.bias[self.source], units.read[self.source] = copy.bias[0], copy.read[0]
        return hidden_layer.with_units(units, bias)

    def _bias_to_move(self, network: Network) -> tuple[Hidden, float, float]:
        """Return the layer of ``source``, and p and c."""
        activated_layer(network, self.layer, self.unit)
        hidden_layer = hidden(network, self.layer - 1, self.source)
        linear = hidden_layer.below.is_dense and hidden_layer.above.is_dense
        require(linear, f"layers {self.layer - 1} and {self.layer} are not both Linear")
        row, c = hidden_layer.units.read[:, self.unit, 0], -hidden_layer.above.bias[self.unit]
        p = float(row[self.source])
        require(c > 0, f"unit {self.unit} has no negative bias to move")
        require(is_power_of_two(p), f"unit {self.unit} does not read {self.source} with a power of two")
        others = np.delete(row, self.source)
        require((others <= 0).all(), f"unit {self.unit} reads another unit with a positive weight")
        return hidden_layer, p, c
