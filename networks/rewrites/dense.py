"""The rewrite of all layers from one on, which know places, as Linear layers on flat units."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from ..layers import Branch, Flatten, Layer, Shape
from ..layers.sequence import flatten
from ..network import Network
from ..steps import Affine
from .rewrite import Rewrite, is_power_of_two
from .sites import require


@dataclass(frozen=True)
class TailAsDense(Rewrite):
    """What is affine is a Linear of flat units, what works on units does so when flat: from a layer to the end.

    No maximum is among the layers, and no average that a weight would round; ``start`` counts the layers from 0.
    """

    start: int
    name: ClassVar[str] = "tail-as-dense"
    where: ClassVar[str] = "start"

    @classmethod
    def count(cls, network: Network) -> int:
        """Return how many layers there are before the first on units."""
        layers = enumerate(network.layers)
        return next((i for i, layer in layers if layer == Flatten()), len(network.layers)) * (len(network.shape) > 1)

    def apply(self, network: Network) -> Network:
        """Return the network with a Flatten in front of the layer, and with Linear layers behind it."""
        require(0 <= self.start < len(network.layers), f"the network has no layer {self.start}")
        entering = list(_entering(network.layers, network.shape))
        tail, shape = network.layers[self.start :], entering[self.start]
        require(len(shape) > 1 and tail[0] != Flatten(), f"layer {self.start} reads units")
        for layer, read in zip(tail, entering[self.start :], strict=True):
            require(_is_exact(layer, read), f"{layer.kind} has no equal on flat units")
        return Network((*network.layers[: self.start], Flatten(), *flatten(tail, shape)), network.shape, network.style)


def _entering(layers: Branch, shape: Shape) -> Iterator[Shape]:
    for layer in layers:
        yield shape
        shape = layer.shape_after(shape)


def _is_exact(layer: Layer, shape: Shape) -> bool:
    """Whether the layer computes the same on flat units, without a weight that is rounded."""
    if layer.branches:
        pairs = ((inner, read) for branch in layer.branches for inner, read in _with_shapes(branch, shape))
        return all(_is_exact(inner, read) for inner, read in pairs)
    affine = (step for step in layer.steps(shape) if isinstance(step, Affine))
    return layer.is_same_when_flat and all(is_power_of_two(float(step.scale)) for step in affine)


def _with_shapes(layers: Branch, shape: Shape) -> Iterator[tuple[Layer, Shape]]:
    yield from zip(layers, _entering(layers, shape), strict=True)
