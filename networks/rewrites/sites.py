"""Sites: the places where rewrites work, anywhere in the tree of layers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeVar

import numpy as np

from ..errors import DoesNotApply
from ..layers import Array, Branch, Layer, Shape, Weighted, as_weighted
from ..network import Network

L = TypeVar("L", bound=Layer)


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
            layers = layers[position].branches[index]
        return tuple(reversed([*passed, *layers[: self.position]]))

    def replace(self, *new: Layer, dropped: int = 1) -> Network:
        """Return the network with ``new`` layers in place of ``dropped`` ones."""
        sequence = (*self.sequence[: self.position], *new, *self.sequence[self.position + dropped :])
        return replace(self.network, layers=_replace(self.network.layers, self.path, sequence))


@lru_cache(maxsize=64)
def sites(network: Network) -> tuple[Site, ...]:
    """Return the site of every layer, of blocks before those inside."""
    return tuple(_sites(network, (), network.layers, network.shape))


def _sites(network: Network, path: tuple[tuple[int, int], ...], sequence: Branch, shape: Shape) -> Iterator[Site]:
    for position, layer in enumerate(sequence):
        yield Site(network, path, sequence, position, shape)
        for index, branch in enumerate(layer.branches):
            yield from _sites(network, (*path, (position, index)), branch, shape)
        shape = layer.shape_after(shape)


def _replace(layers: Branch, path: tuple[tuple[int, int], ...], sequence: Branch) -> Branch:
    if not path:
        return sequence
    (position, index), *rest = path
    block = layers[position]
    inner = _replace(block.branches[index], tuple(rest), sequence)
    branches = (*block.branches[:index], inner, *block.branches[index + 1 :])
    return (*layers[:position], block.with_branches(branches), *layers[position + 1 :])


def require(condition: object, why: str) -> None:
    """Raise ``DoesNotApply`` unless ``condition`` holds."""
    if not condition:
        raise DoesNotApply(why)


def with_weights(network: Network, layer: int) -> tuple[Site, Weighted]:
    """Return a layer with weights and its site, by its number among them."""
    candidates = ((site, as_weighted(site.layer)) for site in sites(network))
    for number, (site, weighted) in enumerate((site, w) for site, w in candidates if w is not None):
        if number == layer:
            return site, weighted
    raise DoesNotApply(f"the network has no layer {layer}")


def affine(network: Network, layer: int) -> tuple[Site, Weighted]:
    """Return a Linear or a convolution without groups, by its number among the layers with weights."""
    site, weighted = with_weights(network, layer)
    require(not weighted.is_transposed, f"layer {layer} is a transposed convolution")
    require(weighted.groups == 1, f"layer {layer} is a convolution in groups")
    return site, weighted


def activated_layer(network: Network, layer: int, unit: int) -> tuple[Site, Weighted]:
    """Return a layer with ``unit`` and a ReLU right behind it."""
    site, weighted = affine(network, layer)
    require(site.behind and site.behind[0].rectifies, f"layer {layer} has no ReLU behind it")
    require(0 <= unit < weighted.units, f"layer {layer} has no unit {unit}")
    return site, weighted


def places(network: Network, kind: type[L]) -> list[tuple[Site, L]]:
    """Return all layers of a kind that a rewrite is about, with their sites, in order."""
    return [(site, site.layer) for site in sites(network) if isinstance(site.layer, kind)]


def place(network: Network, number: int, kind: type[L], name: str) -> tuple[Site, L]:
    """Return one of them by its number; ``name`` is what people call it."""
    candidates = places(network, kind)
    require(0 <= number < len(candidates), f"the network has no {name} {number}")
    return candidates[number]


def end(network: Network) -> Site:
    """Return the site past the last layer, but before a softmax."""
    size = len(network.layers) - network.layers[-1].is_last
    return Site(network, (), network.layers, size, (network.out_features,))


def has_passed_relu(site: Site) -> bool:
    """Whether what enters at ``site`` is positive or 0 since a ReLU was the last to change signs."""
    last = next((layer for layer in site.before if not layer.keeps_signs), None)
    return last is not None and last.is_nonnegative


def pointwise(like: Weighted, weight: Array, bias: Array | None = None) -> Weighted:
    """Return a layer ``weight`` (out, in) of the kind of ``like``: a Linear, or a convolution of kernel 1."""
    return like.pointwise(weight, np.zeros(len(weight)) if bias is None else bias)
