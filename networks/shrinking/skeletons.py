"""Skeletons: the smallest networks of a family, whose numbers are still to be chosen."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise, product

from ..family import Family
from ..layers import Layer, Linear, ReLU, catalogue
from ..network import Network
from ..style import OPTIONS, Style

WIDTHS = ((1, 1), (2, 1), (3, 1), (1, 1, 1), (1, 2, 1), (2, 1, 1), (2, 2, 1))
"""Variables, units and outputs of the smallest perceptrons."""


@lru_cache(maxsize=64)
def skeletons(family: Family) -> tuple[Network, ...]:
    """Return the smallest networks that ``family`` has: perceptrons, one other layer, one other style.

    Those with the fewest numbers and kinks come first.
    """
    others = (skeleton for kind in catalogue.LAYERS for skeleton in kind.skeletons())
    plain = [*_perceptrons(), *(Network(layers, shape) for layers, shape in others)]
    styled = [replace(network, style=style) for network in plain for style in _styles(network)]
    return tuple(sorted({n for n in (*plain, *styled) if n in family}, key=_key))


def weight_of(network: Network) -> int:
    """Return how late a network comes: its numbers, and two for each kink."""
    return len(network.numbers) + 2 * network.size[0]


def _key(network: Network) -> tuple[object, ...]:
    style = [values.index(getattr(network.style, name)) for name, values in OPTIONS.items()]
    return weight_of(network), network.size[:4], style, repr(network.layers)


def _perceptrons() -> Iterator[Network]:
    for widths in WIDTHS:
        for relus in product((False, True), repeat=len(widths) - 1):
            layers: list[Layer] = []
            for (below, above), relu in zip(pairwise(widths), relus, strict=True):
                layers += [Linear.ones(below, above), *([ReLU()] if relu else [])]
            yield Network(tuple(layers))


def _styles(network: Network) -> Iterator[Style]:
    """Yield the styles with one setting that is not plain, as far as it makes a difference."""
    relus = sum(layer.rectifies for layer in network.leaves)
    matters = {layer.style for layer in (*network.layers, *network.leaves)} | {"layout"}
    if len(set(network.leaves)) < len(network.leaves) - max(relus - 1, 0):
        matters.add("weights")
    for name, values in OPTIONS.items():
        for value in values[1:] if name in matters else ():
            if value != "reused" or relus > 1:
                yield Style(**{name: value})  # type: ignore[arg-type]
