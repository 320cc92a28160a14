"""Sites: the places where rewrites work, anywhere in the tree of layers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from ..errors import DoesNotApply
from ..layers import (
    AdaptiveAvgPool,
    Array,
    AvgPool,
    Block,
    Branch,
    Conv,
    ConvTranspose,
    Dropout,
    Flatten,
    Layer,
    Linear,
    MaxPool,
    ReLU,
    ReLU6,
    Shape,
    Softmax,
    frozen,
)
from ..network import Network

Weighted = Linear | Conv
"""The layers whose units can be rewritten: those of a convolution are its channels."""
WITH_WEIGHTS = (Linear, Conv, ConvTranspose)
PASSING = (Flatten, Dropout, MaxPool, AvgPool, AdaptiveAvgPool)
"""Layers whose outputs are averages or maxima of one channel: no sign is new among them."""


@dataclass(frozen=True)
class Site:
    """A position among layers that follow one upon the other, and the ``shape`` that enters there.

    ``path`` leads to them through blocks: the position of each, and the branch in it, from the outside in.
    """

    network: Network
    path: tuple[tuple[int, int], ...]
    sequence: Branch
    position: int
    shape: Shape

    @property
    def layer(self) -> Layer:
        """The layer at the position."""
        return self.sequence[self.position]

    @property
    def behind(self) -> Branch:
        """The layers that follow in the same sequence."""
        return self.sequence[self.position + 1 :]

    @property
    def before(self) -> Branch:
        """All that leads from the input of the network to here, the nearest first."""
        layers, passed = self.network.layers, list[Layer]()
        for position, index in self.path:
            passed += layers[:position]
            layers = _block(layers[position]).branches[index]
        return tuple(reversed([*passed, *layers[: self.position]]))

    def exchanged(self, *new: Layer, dropped: int = 1) -> Network:
        """Return the network with ``new`` layers in place of ``dropped`` ones."""
        sequence = (*self.sequence[: self.position], *new, *self.sequence[self.position + dropped :])
        return replace(self.network, layers=_replaced(self.network.layers, self.path, sequence))


@lru_cache(maxsize=64)
def sites(network: Network) -> tuple[Site, ...]:
    """Return the site of every layer, of blocks before those inside."""
    return tuple(_sites(network, (), network.layers, network.shape))


def _sites(network: Network, path: tuple[tuple[int, int], ...], sequence: Branch, shape: Shape) -> Iterator[Site]:
    for position, layer in enumerate(sequence):
        yield Site(network, path, sequence, position, shape)
        for index, branch in enumerate(layer.branches if isinstance(layer, Block) else ()):
            yield from _sites(network, (*path, (position, index)), branch, shape)
        shape = layer.shape_after(shape)


def _replaced(layers: Branch, path: tuple[tuple[int, int], ...], sequence: Branch) -> Branch:
    if not path:
        return sequence
    (position, index), *rest = path
    block = _block(layers[position])
    inner = _replaced(block.branches[index], tuple(rest), sequence)
    branches = (*block.branches[:index], inner, *block.branches[index + 1 :])
    return (*layers[:position], replace(block, branches=branches), *layers[position + 1 :])


def _block(layer: Layer) -> Block:
    assert isinstance(layer, Block)
    return layer


def require(condition: object, why: str) -> None:
    """Raise ``DoesNotApply`` unless ``condition`` holds."""
    if not condition:
        raise DoesNotApply(why)


def places(network: Network, *kinds: type[Layer]) -> list[Site]:
    """Return the sites of all layers of some kinds, in order."""
    return [site for site in sites(network) if isinstance(site.layer, kinds)]


def place(network: Network, number: int, *kinds: type[Layer], called: str = "layer") -> Site:
    """Return the site of one of the layers of some kinds, by its number among them."""
    found = places(network, *kinds)
    require(0 <= number < len(found), f"the network has no {called} {number}")
    return found[number]


def with_weights(network: Network, layer: int) -> Site:
    """Return the site of a layer with weights; they are counted through all branches."""
    return place(network, layer, *WITH_WEIGHTS)


def affine(network: Network, layer: int) -> tuple[Site, Weighted]:
    """Return a Linear or a convolution without groups, by its number among the layers with weights."""
    site = with_weights(network, layer)
    found = site.layer
    if not isinstance(found, (Linear, Conv)):
        raise DoesNotApply(f"layer {layer} is a transposed convolution")
    require(isinstance(found, Linear) or found.groups == 1, f"layer {layer} is a convolution in groups")
    return site, found


def activated(network: Network, layer: int, unit: int) -> tuple[Site, Weighted]:
    """Return a layer with ``unit`` and a ReLU right behind it."""
    site, found = affine(network, layer)
    require(isinstance((*site.behind, None)[0], ReLU), f"layer {layer} has no ReLU behind it")
    require(0 <= unit < len(found.bias), f"layer {layer} has no unit {unit}")
    return site, found


def end(network: Network) -> Site:
    """Return the site past the last layer, but before a softmax."""
    size = len(network.layers) - isinstance(network.layers[-1], Softmax)
    return Site(network, (), network.layers, size, (network.out_features,))


def has_passed_relu(site: Site) -> bool:
    """Whether what enters at ``site`` is positive or 0 since a ReLU was the last to change signs."""
    last = next((layer for layer in site.before if not isinstance(layer, PASSING)), None)
    return isinstance(last, (ReLU, ReLU6))


def weight_of(layer: Weighted) -> Array:
    """Return the weight (out, in, *kernel); the kernel of a Linear has no dimensions."""
    return np.array(layer.weight, dtype=np.float64)


def bias_of(layer: Weighted) -> Array:
    """Return the bias (out,)."""
    return np.array(layer.bias, dtype=np.float64)


def with_weight(layer: Weighted, weight: Array, bias: Array) -> Weighted:
    """Return ``layer`` with other units, in the same geometry."""
    return replace(layer, weight=frozen(weight), bias=frozen(bias))


def pointwise(like: Weighted, weight: Array, bias: Array | None = None) -> Weighted:
    """Return a layer ``weight`` (out, in) of the kind of ``like``: a Linear, or a convolution of kernel 1."""
    bias = np.zeros(len(weight)) if bias is None else bias
    if isinstance(like, Linear):
        return Linear(frozen(weight), frozen(bias))
    return Conv.of(weight.reshape(*weight.shape, *[1] * len(like.stride)), bias)
