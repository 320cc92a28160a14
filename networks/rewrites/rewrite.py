"""Rewrite: a change to a network that provably keeps its function, and tools for Linear layers."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Literal, Self

from ..layers import Layer, Linear, Matrix, Vector
from ..network import Network
from ..tree import count_weighted, replace_leaves
from .hidden import hidden
from .sites import affine


@dataclass(frozen=True)
class Rewrite(ABC):
    """One application of a rewrite: where, and with which numbers.

    ``where`` is the field that says where: "layer", "pool", "block", "start", or none. Fields in ``sites`` count units.
    """

    name: ClassVar[str]
    keeps: ClassVar[str] = "every input"
    """The domain on which the function is kept."""
    level: ClassVar[Literal["function", "code"]] = "function"
    """What it changes: how the function is composed of layers, or only how these are written."""
    where: ClassVar[str] = ""
    sites: ClassVar[dict[str, int]] = {}
    whole: ClassVar[bool] = False
    """Whether it fixes the whole network, so that shrinking prefers any other."""

    @abstractmethod
    def apply(self, network: Network) -> Network:
        """Return the re-implementation; raise ``DoesNotApply`` where the side condition does not hold."""

    def plant(self, network: Network) -> Network:
        """Return a network near ``network`` to which the rewrite applies, as far as small changes can do it."""
        return network

    def without_unit(self, layer: int, unit: int) -> Self:  # noqa: ARG002 - others have sites
        """Return the same rewrite for a network that lost ``unit`` of ``layer`` (-1: of the inputs)."""
        return self

    @classmethod
    def count(cls, network: Network) -> int:  # noqa: ARG003 - others have places
        """Return how many places there are for it: the field ``where`` is below that."""
        return 1

    @classmethod
    def choices(cls, network: Network, number: int) -> dict[str, int]:  # noqa: ARG003
        """Return how many units each of its ``sites`` may name at a place; raise ``DoesNotApply`` where none are."""
        return {}

    @property
    def on_nonnegative(self) -> bool:
        """Whether the function is kept on inputs ≥ 0 only."""
        return self.keeps == "inputs at least 0"


@dataclass(frozen=True)
class LayerRewrite(Rewrite):
    """A rewrite of one layer with weights; ``layer`` counts them from 0, those inside branches in their place.

    ``sites`` says of which layer units are counted: -1: what this layer reads, 0: its own, 1: those of the layer above.
    """

    layer: int
    where: ClassVar[str] = "layer"
    of_any: ClassVar[bool] = False
    """Whether it does not matter which function of each unit stands behind the layer, a ReLU or a smooth one."""

    @classmethod
    def count(cls, network: Network) -> int:
        """Return the number of layers with weights."""
        return count_weighted(network.layers)

    @classmethod
    def choices(cls, network: Network, number: int) -> dict[str, int]:
        """Return the sizes of the layers that its sites count the units of."""
        sizes = {}
        for field, offset in cls.sites.items():
            layer = hidden(network, number, of_any=cls.of_any).above if offset > 0 else affine(network, number)[1]
            sizes[field] = int(layer.array.shape[1]) if offset < 0 else len(layer.bias)
        return sizes

    def without_unit(self, layer: int, unit: int) -> Self:
        """Return the same rewrite with the sites behind the lost unit moved by one."""
        moved = {
            field: getattr(self, field) - 1
            for field, offset in self.sites.items()
            if self.layer + offset == layer and getattr(self, field) > unit
        }
        return replace(self, **moved)


def with_linears(network: Network, linears: dict[int, Linear]) -> Network:
    """Return ``network`` with some of its Linear layers, by their number among them, exchanged."""
    positions = [number for number, layer in enumerate(network.leaves) if isinstance(layer, Linear)]
    new: dict[int, Layer] = {positions[index]: layer for index, layer in linears.items()}
    layers = replace_leaves(network.layers, new)
    return Network(layers, layers[0].natural_shape or network.shape, network.style)


def with_layers(network: Network, position: int, inserted: Sequence[Layer], dropped: int = 0) -> Network:
    """Return ``network`` with layers put in at ``position`` in place of ``dropped`` ones."""
    layers = (*network.layers[:position], *inserted, *network.layers[position + dropped :])
    return Network(layers, network.shape, network.style)


def columns(matrix: Matrix) -> Matrix:
    """Return the transpose."""
    return tuple(zip(*matrix, strict=True))


def multiply(vector: Vector, factor: float) -> Vector:
    """Return ``factor`` times ``vector``."""
    return tuple(factor * value for value in vector)


def put(vector: Vector, index: int, value: float) -> Vector:
    """Return ``vector`` with ``value`` at ``index``."""
    return (*vector[:index], value, *vector[index + 1 :])


def is_power_of_two(value: float) -> bool:
    """Whether ``value`` is 2 to some whole power."""
    numerator, denominator = value.as_integer_ratio()
    return value > 0 and (numerator & (numerator - 1)) == 0 and (numerator == 1 or denominator == 1)
