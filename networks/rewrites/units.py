"""Rewrites of single hidden units, of a convolution its channels: permute, split, dead, rescale, cancel."""

from dataclasses import dataclass
from typing import ClassVar

from ..network import Network
from .hidden import Units, at_middle, hidden
from .rewrite import LayerRewrite, is_power_of_two
from .sites import require


@dataclass(frozen=True)
class Permute(LayerRewrite):
    """Two hidden units exchange their places: a sum does not depend on the order of its terms."""

    unit: int
    other: int
    name: ClassVar[str] = "permute"
    of_any: ClassVar[bool] = True
    sites: ClassVar[dict[str, int]] = {"unit": 0, "other": 0}

    def apply(self, network: Network) -> Network:
        """Return the network with the units exchanged."""
        hidden_layer = hidden(network, self.layer, self.other, self.unit, of_any=self.of_any)
        require(self.unit != self.other, "a unit cannot change places with itself")
        order = list(range(len(hidden_layer.units.bias)))
        order[self.unit], order[self.other] = self.other, self.unit
        changed = hidden_layer.with_units(hidden_layer.units.at(order))
        require(changed != network, f"the two units of layer {self.layer} are alike")
        return changed


@dataclass(frozen=True)
class Split(LayerRewrite):
    """A hidden unit becomes two equal ones that share its outgoing weights: s·v + (1 - s)·v = v."""

    unit: int
    share: float
    name: ClassVar[str] = "split"
    of_any: ClassVar[bool] = True
    sites: ClassVar[dict[str, int]] = {"unit": 0}

    def apply(self, network: Network) -> Network:
        """Return the network with a second copy of the unit at the end of its layer."""
        hidden_layer = hidden(network, self.layer, self.unit, of_any=self.of_any)
        require(0 < self.share < 1, f"a share lies between 0 and 1, not at {self.share}")
        copy = hidden_layer.units.at([self.unit])
        units = hidden_layer.units.plus(Units(copy.rows, copy.bias, copy.read * (1 - self.share)))
        units.read[self.unit] *= self.share
        return hidden_layer.with_units(units)


@dataclass(frozen=True)
class DeadUnit(LayerRewrite):
    """A hidden unit is added that never fires: zero incoming weights and a bias of at most 0."""

    bias: float
    out: int
    value: float
    name: ClassVar[str] = "dead-unit"
    sites: ClassVar[dict[str, int]] = {"out": 1}

    def apply(self, network: Network) -> Network:
        """Return the network with the dead unit at the end of the layer."""
        hidden_layer = hidden(network, self.layer)
        require(self.bias <= 0, f"a dead unit has a bias of at most 0, not {self.bias}")
        require(0 <= self.out < len(hidden_layer.above.bias), f"layer {self.layer + 1} has no unit {self.out}")
        dead = hidden_layer.units.blank()
        dead.bias[0] = self.bias
        at_middle(dead.read)[0, self.out] = self.value
        return hidden_layer.with_units(hidden_layer.units.plus(dead))


@dataclass(frozen=True)
class Rescale(LayerRewrite):
    """Incoming weights and bias times c, outgoing weights over c: relu(c·z)/c = relu(z) for c > 0."""

    unit: int
    factor: float
    name: ClassVar[str] = "rescale"
    sites: ClassVar[dict[str, int]] = {"unit": 0}

    def apply(self, network: Network) -> Network:
        """Return the network with the unit rescaled."""
        hidden_layer = hidden(network, self.layer, self.unit)
        require(
            is_power_of_two(self.factor) and self.factor != 1,
            f"the factor is a power of two other than 1, not {self.factor}",
        )
        units = hidden_layer.units
        units.rows[self.unit] *= self.factor
        units.bias[self.unit] *= self.factor
        units.read[self.unit] /= self.factor
        changed = hidden_layer.with_units(units)
        require(changed != network, f"unit {self.unit} of layer {self.layer} is 0 all through")
        return changed


@dataclass(frozen=True)
class CancellingPair(LayerRewrite):
    """The same new unit twice, with outgoing weights v and -v: what one adds the other takes away."""

    source: int
    weight: float
    bias: float
    out: int
    value: float
    name: ClassVar[str] = "cancelling-pair"
    of_any: ClassVar[bool] = True
    sites: ClassVar[dict[str, int]] = {"source": -1, "out": 1}

    def apply(self, network: Network) -> Network:
        """Return the network with both units, g(weight·source + bias), at the end of the layer.

        In kernels, and behind a Flatten, the weights stand at the middle place alone.
        """
        hidden_layer = hidden(network, self.layer, of_any=self.of_any)
        reads = hidden_layer.units.rows.shape[1]
        require(0 <= self.source < reads, f"layer {self.layer} reads no unit {self.source}")
        require(0 <= self.out < len(hidden_layer.above.bias), f"layer {self.layer + 1} has no unit {self.out}")
        require(self.weight != 0 and self.value != 0, "a pair of weight 0 would be dead")
        pair = hidden_layer.units.blank().at([0, 0])
        at_middle(pair.rows)[:, self.source] = self.weight
        pair.bias[:] = self.bias
        at_middle(pair.read)[:, self.out] = self.value, -self.value
        return hidden_layer.with_units(hidden_layer.units.plus(pair))
