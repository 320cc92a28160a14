"""Rewrites of single hidden units: permute, split, dead, rescale, cancel."""

from dataclasses import dataclass
from typing import ClassVar

from ..layers import Linear
from ..network import Network
from .rewrite import (
    Rewrite,
    columns,
    hidden,
    is_power_of_two,
    put,
    require,
    scaled,
    unit_vector,
    with_columns,
    with_linears,
)


@dataclass(frozen=True)
class Permute(Rewrite):
    """Two hidden units exchange their places: a sum does not depend on the order of its terms."""

    unit: int
    other: int
    name: ClassVar[str] = "permute"
    sites: ClassVar[dict[str, int]] = {"unit": 0, "other": 0}

    def apply(self, network: Network) -> Network:
        """Return the network with the units exchanged."""
        hidden(network, self.layer, self.other)
        below, above = hidden(network, self.layer, self.unit)
        require(self.unit != self.other, "a unit cannot change places with itself")
        order = list(range(below.out_features))
        order[self.unit], order[self.other] = self.other, self.unit
        swapped = Linear(tuple(below.weight[i] for i in order), tuple(below.bias[i] for i in order))
        incoming = columns(above.weight)
        changed = {self.layer: swapped, self.layer + 1: with_columns(above, [incoming[i] for i in order])}
        require(changed != {self.layer: below, self.layer + 1: above}, "the two units are alike")
        return with_linears(network, changed)


@dataclass(frozen=True)
class Split(Rewrite):
    """A hidden unit becomes two equal ones that share its outgoing weights: s·v + (1 - s)·v = v."""

    unit: int
    share: float
    name: ClassVar[str] = "split"
    sites: ClassVar[dict[str, int]] = {"unit": 0}

    def apply(self, network: Network) -> Network:
        """Return the network with a second copy of the unit at the end of its layer."""
        below, above = hidden(network, self.layer, self.unit)
        require(0 < self.share < 1, f"a share lies between 0 and 1, not at {self.share}")
        outgoing = columns(above.weight)
        kept = [*outgoing, scaled(outgoing[self.unit], 1 - self.share)]
        kept[self.unit] = scaled(outgoing[self.unit], self.share)
        return with_linears(
            network,
            {
                self.layer: _with_unit(below, below.weight[self.unit], below.bias[self.unit]),
                self.layer + 1: with_columns(above, kept),
            },
        )


@dataclass(frozen=True)
class DeadUnit(Rewrite):
    """A hidden unit is added that never fires: zero incoming weights and a bias of at most 0."""

    bias: float
    out: int
    value: float
    name: ClassVar[str] = "dead-unit"
    sites: ClassVar[dict[str, int]] = {"out": 1}

    def apply(self, network: Network) -> Network:
        """Return the network with the dead unit at the end of the layer."""
        below, above = hidden(network, self.layer)
        require(self.bias <= 0, f"a dead unit has a bias of at most 0, not {self.bias}")
        require(0 <= self.out < above.out_features, f"layer {self.layer + 1} has no unit {self.out}")
        outgoing = [*columns(above.weight), unit_vector(above.out_features, self.out, self.value)]
        return with_linears(
            network,
            {
                self.layer: _with_unit(below, (0.0,) * below.in_features, self.bias),
                self.layer + 1: with_columns(above, outgoing),
            },
        )


@dataclass(frozen=True)
class Rescale(Rewrite):
    """Incoming weights and bias times c, outgoing weights over c: relu(c·z)/c = relu(z) for c > 0."""

    unit: int
    factor: float
    name: ClassVar[str] = "rescale"
    sites: ClassVar[dict[str, int]] = {"unit": 0}

    def apply(self, network: Network) -> Network:
        """Return the network with the unit rescaled."""
        below, above = hidden(network, self.layer, self.unit)
        require(
            is_power_of_two(self.factor) and self.factor != 1,
            f"the factor is a power of two other than 1, not {self.factor}",
        )
        weight = list(below.weight)
        weight[self.unit] = scaled(weight[self.unit], self.factor)
        bias = put(below.bias, self.unit, below.bias[self.unit] * self.factor)
        outgoing = list(columns(above.weight))
        outgoing[self.unit] = scaled(outgoing[self.unit], 1 / self.factor)
        changed = {self.layer: Linear(tuple(weight), bias), self.layer + 1: with_columns(above, outgoing)}
        require(changed != {self.layer: below, self.layer + 1: above}, "the unit is 0 all through")
        return with_linears(network, changed)


@dataclass(frozen=True)
class CancellingPair(Rewrite):
    """The same new unit twice, with outgoing weights v and -v: what one adds the other takes away."""

    source: int
    weight: float
    bias: float
    out: int
    value: float
    name: ClassVar[str] = "cancelling-pair"
    sites: ClassVar[dict[str, int]] = {"source": -1, "out": 1}

    def apply(self, network: Network) -> Network:
        """Return the network with both units, relu(weight·source + bias), at the end of the layer."""
        below, above = hidden(network, self.layer)
        require(0 <= self.source < below.in_features, f"layer {self.layer} reads no unit {self.source}")
        require(0 <= self.out < above.out_features, f"layer {self.layer + 1} has no unit {self.out}")
        require(self.weight != 0 and self.value != 0, "a pair of weight 0 would be dead")
        row = unit_vector(below.in_features, self.source, self.weight)
        outgoing = [
            *columns(above.weight),
            unit_vector(above.out_features, self.out, self.value),
            unit_vector(above.out_features, self.out, -self.value),
        ]
        return with_linears(
            network,
            {
                self.layer: _with_unit(_with_unit(below, row, self.bias), row, self.bias),
                self.layer + 1: with_columns(above, outgoing),
            },
        )


def _with_unit(layer: Linear, row: tuple[float, ...], bias: float) -> Linear:
    return Linear((*layer.weight, row), (*layer.bias, bias))
