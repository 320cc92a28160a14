"""Rewrite: a change to a network that provably keeps its function, and the tools the rewrites share."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Self

from ..errors import DoesNotApply
from ..layers import Layer, Linear, Matrix, ReLU, Vector
from ..network import Network
from ..tree import exchanged


@dataclass(frozen=True)
class Rewrite(ABC):
    """One application of a rewrite: its site and its numbers.

    ``layer`` counts affine layers from 0. ``sites`` says which fields count units, and of which layer relative to it.
    """

    layer: int
    name: ClassVar[str]
    keeps: ClassVar[str] = "every input"
    """The domain on which the function is kept."""
    sites: ClassVar[dict[str, int]] = {}
    whole: ClassVar[bool] = False
    """Whether it fixes the whole network, so that shrinking prefers any other."""

    @abstractmethod
    def apply(self, network: Network) -> Network:
        """Return the re-implementation; raise ``DoesNotApply`` where the side condition does not hold."""

    def plant(self, network: Network) -> Network:
        """Return a network near ``network`` to which the rewrite applies, as far as small changes can do it."""
        return network

    def without_unit(self, layer: int, unit: int) -> Self:
        """Return the same rewrite for a network that lost ``unit`` of ``layer`` (-1: of the inputs)."""
        moved = {
            field: getattr(self, field) - 1
            for field, offset in self.sites.items()
            if self.layer + offset == layer and getattr(self, field) > unit
        }
        return replace(self, **moved)

    @property
    def on_nonnegative(self) -> bool:
        """Whether the function is kept on inputs ≥ 0 only."""
        return self.keeps == "inputs at least 0"


def require(condition: object, why: str) -> None:
    """Raise ``DoesNotApply`` unless ``condition`` holds."""
    if not condition:
        raise DoesNotApply(why)


def affine(network: Network, layer: int) -> int:
    """Return the position of affine layer ``layer`` among all layers."""
    require(0 <= layer < len(network.linears), f"the network has no layer {layer}")
    return [i for i, candidate in enumerate(network.layers) if isinstance(candidate, Linear)][layer]


def activated(network: Network, layer: int, unit: int) -> int:
    """Return the position of an affine layer with ``unit`` and a ReLU behind it."""
    position = affine(network, layer)
    follows = network.layers[position + 1 : position + 2]
    require(bool(follows) and isinstance(follows[0], ReLU), f"layer {layer} has no ReLU behind it")
    require(0 <= unit < network.linears[layer].out_features, f"layer {layer} has no unit {unit}")
    return position


def hidden(network: Network, layer: int, unit: int = 0) -> tuple[Linear, Linear]:
    """Return a hidden layer with ``unit`` and a ReLU behind it, and the affine layer above."""
    position = activated(network, layer, unit)
    above = network.layers[position + 2 : position + 3]
    require(bool(above) and isinstance(above[0], Linear), f"layer {layer} is not hidden")
    return network.linears[layer], network.linears[layer + 1]


def with_linears(network: Network, changed: dict[int, Linear]) -> Network:
    """Return ``network`` with some of its affine layers, by number, exchanged."""
    numbers = [number for number, layer in enumerate(network.leaves) if isinstance(layer, Linear)]
    new: dict[int, Layer] = {numbers[index]: layer for index, layer in changed.items()}
    layers = exchanged(network.layers, new)
    return Network(layers, () if isinstance(layers[0], Linear) else network.shape, network.style)


def with_layers(network: Network, position: int, inserted: Sequence[Layer], dropped: int = 0) -> Network:
    """Return ``network`` with layers put in at ``position`` in place of ``dropped`` ones."""
    layers = (*network.layers[:position], *inserted, *network.layers[position + dropped :])
    return Network(layers, network.shape, network.style)


def identity(size: int, factor: float = 1.0) -> Matrix:
    """Return ``factor`` times the identity matrix."""
    return tuple(unit_vector(size, i, factor) for i in range(size))


def unit_vector(size: int, index: int, value: float = 1.0) -> Vector:
    """Return the vector that is ``value`` at ``index`` and 0 elsewhere."""
    return tuple(value if i == index else 0.0 for i in range(size))


def columns(matrix: Matrix) -> Matrix:
    """Return the transpose."""
    return tuple(zip(*matrix, strict=True))


def with_columns(layer: Linear, wanted: Sequence[Vector]) -> Linear:
    """Return ``layer`` with the columns ``wanted`` in place of its own."""
    return Linear(columns(tuple(wanted)), layer.bias)


def scaled(vector: Vector, factor: float) -> Vector:
    """Return ``factor`` times ``vector``."""
    return tuple(factor * value for value in vector)


def put(vector: Vector, index: int, value: float) -> Vector:
    """Return ``vector`` with ``value`` at ``index``."""
    return (*vector[:index], value, *vector[index + 1 :])


def is_power_of_two(value: float) -> bool:
    """Whether ``value`` is 2 to some whole power."""
    numerator, denominator = value.as_integer_ratio()
    return value > 0 and (numerator & (numerator - 1)) == 0 and (numerator == 1 or denominator == 1)
