"""Rewrites that put a layer in: identity, factorise, move a bias, guard."""

from dataclasses import dataclass
from typing import ClassVar

from ..layers import Linear, ReLU
from ..network import Network
from .rewrite import (
    Rewrite,
    activated,
    affine,
    identity,
    put,
    require,
    unit_vector,
    with_layers,
    with_linears,
)


@dataclass(frozen=True)
class Identity(Rewrite):
    """What has passed no ReLU is split: x = relu(x) - relu(-x).

    ``layer`` is the one that reads x; past the last one, x is the output.
    """

    name: ClassVar[str] = "identity"

    def apply(self, network: Network) -> Network:
        """Return the network with 2n ReLUs and n sums between its layers."""
        at_end = self.layer == len(network.linears)
        position = len(network.layers) if at_end else affine(network, self.layer)
        linear_below = position == 0 or isinstance(network.layers[position - 1], Linear)
        require(linear_below, f"what layer {self.layer} reads has passed a ReLU already")
        size = network.out_features if at_end else network.linears[self.layer].in_features
        split = Linear((*identity(size), *identity(size, -1.0)), (0.0,) * (2 * size))
        join = Linear(
            tuple((*plus, *minus) for plus, minus in zip(identity(size), identity(size, -1.0), strict=True)),
            (0.0,) * size,
        )
        if at_end:
            return with_layers(network, position, [split, ReLU(), join])
        merged = network.linears[self.layer]
        doubled = Linear(tuple((*row, *(-w for w in row)) for row in merged.weight), merged.bias)
        return with_layers(network, position, [split, ReLU(), doubled], dropped=1)


@dataclass(frozen=True)
class Factorise(Rewrite):
    """W = B A through a linear hidden layer: A keeps one column of W apart from the rest, B adds the two."""

    source: int
    name: ClassVar[str] = "factorise"
    sites: ClassVar[dict[str, int]] = {"source": -1}

    def apply(self, network: Network) -> Network:
        """Return the network with two affine layers in place of one."""
        position = affine(network, self.layer)
        whole = network.linears[self.layer]
        require(0 <= self.source < whole.in_features, f"layer {self.layer} reads no unit {self.source}")
        alone = [unit_vector(whole.in_features, self.source, row[self.source]) for row in whole.weight]
        rest = [put(row, self.source, 0.0) for row in whole.weight]
        size = whole.out_features
        first = Linear((*alone, *rest), (0.0,) * (2 * size))
        second = Linear(tuple((*row, *row) for row in identity(size)), whole.bias)
        return with_layers(network, position, [first, second], dropped=1)


@dataclass(frozen=True)
class MoveBias(Rewrite):
    """A shift is added to what a layer reads and taken from its bias: W(x + s) + (b - W s) = W x + b."""

    source: int
    amount: float
    name: ClassVar[str] = "move-bias"
    sites: ClassVar[dict[str, int]] = {"source": -1}

    def apply(self, network: Network) -> Network:
        """Return the network with the shift in a layer of its own."""
        position = affine(network, self.layer)
        reader = network.linears[self.layer]
        require(
            position == 0 or isinstance(network.layers[position - 1], Linear),
            f"what layer {self.layer} reads has passed a ReLU already",
        )
        require(0 <= self.source < reader.in_features, f"layer {self.layer} reads no unit {self.source}")
        require(self.amount != 0, "a shift by 0 changes nothing")
        size = reader.in_features
        shift = Linear(identity(size), unit_vector(size, self.source, self.amount))
        bias = tuple(b - row[self.source] * self.amount for b, row in zip(reader.bias, reader.weight, strict=True))
        return with_layers(network, position, [shift, Linear(reader.weight, bias)], dropped=1)


@dataclass(frozen=True)
class Guard(Rewrite):
    """relu(u - q) = relu(relu(u) - q) for a constant q ≥ 0; the layer's other units pass the new ReLU unchanged."""

    unit: int
    amount: float
    name: ClassVar[str] = "guard"
    sites: ClassVar[dict[str, int]] = {"unit": 0}

    def plant(self, network: Network) -> Network:
        """Lower the unit's bias by the amount, so that it stays as it was when the amount is moved up."""
        activated(network, self.layer, self.unit)
        layer = network.linears[self.layer]
        bias = put(layer.bias, self.unit, layer.bias[self.unit] - self.amount)
        return with_linears(network, {self.layer: Linear(layer.weight, bias)})

    def apply(self, network: Network) -> Network:
        """Return the network with a second ReLU on the layer."""
        position = activated(network, self.layer, self.unit)
        require(self.amount > 0, f"a guard takes off a positive amount, not {self.amount}")
        layer = network.linears[self.layer]
        size = layer.out_features
        raised = put(layer.bias, self.unit, layer.bias[self.unit] + self.amount)
        lower = Linear(identity(size), unit_vector(size, self.unit, -self.amount))
        return with_layers(network, position, [Linear(layer.weight, raised), ReLU(), lower, ReLU()], dropped=2)
