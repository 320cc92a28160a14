"""The guard whose threshold depends on the input, after Sundararajan et al. 2017, appendix B."""

from dataclasses import dataclass
from typing import ClassVar

from ..layers import Linear
from ..network import Network
from .rewrite import (
    Rewrite,
    activated,
    columns,
    hidden,
    is_power_of_two,
    put,
    require,
    unit_vector,
    with_columns,
    with_linears,
)


@dataclass(frozen=True)
class GuardedBias(Rewrite):
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
        activated(network, self.layer, self.unit)
        layer = network.linears[self.layer]
        require(0 <= self.source < layer.in_features, f"layer {self.layer} reads no unit {self.source}")
        row = put(tuple(-abs(w) for w in layer.weight[self.unit]), self.source, 1.0)
        bias = put(layer.bias, self.unit, -abs(layer.bias[self.unit]) or -1.0)
        weight = (*layer.weight[: self.unit], row, *layer.weight[self.unit + 1 :])
        return with_linears(network, {self.layer: Linear(weight, bias)})

    def apply(self, network: Network) -> Network:
        """Return the network with the bias in a copy of ``source`` that feeds ``unit`` alone."""
        activated(network, self.layer, self.unit)
        below, above = hidden(network, self.layer - 1, self.source)
        row, c = above.weight[self.unit], -above.bias[self.unit]
        p = row[self.source]
        require(c > 0, f"unit {self.unit} has no negative bias to move")
        require(is_power_of_two(p), f"unit {self.unit} does not read {self.source} with a power of two")
        require(
            all(w <= 0 for i, w in enumerate(row) if i != self.source),
            f"unit {self.unit} reads another unit with a positive weight",
        )
        outgoing = list(columns(above.weight))
        outgoing[self.source] = put(outgoing[self.source], self.unit, 0.0)
        weights = [*below.weight, below.weight[self.source]]
        biases = [*below.bias, below.bias[self.source] - c / p]
        outgoing.append(unit_vector(above.out_features, self.unit, p))
        if not any(outgoing[self.source]):
            weights[self.source], biases[self.source] = weights.pop(), biases.pop()
            outgoing[self.source] = outgoing.pop()
        return with_linears(
            network,
            {
                self.layer - 1: Linear(tuple(weights), tuple(biases)),
                self.layer: with_columns(Linear(above.weight, put(above.bias, self.unit, 0.0)), outgoing),
            },
        )
