"""Skeletons: the smallest networks of a family, whose numbers are still to be chosen."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise, product

from ..family import Family
from ..layers import (
    AvgPool,
    BatchNorm,
    Branch,
    Concat,
    Conv,
    ConvTranspose,
    Flatten,
    Layer,
    LeakyReLU,
    Linear,
    MaxPool,
    ReLU,
    Residual,
    Shape,
    Softmax,
)
from ..network import Network
from ..style import OPTIONS, Style

WIDTHS = ((1, 1), (2, 1), (3, 1), (1, 1, 1), (1, 2, 1), (2, 1, 1), (2, 2, 1))
"""Variables, units and outputs of the smallest perceptrons."""


@lru_cache(maxsize=64)
def skeletons(family: Family) -> tuple[Network, ...]:
    """Return the smallest networks that ``family`` has: perceptrons, one other layer, one other style.

    Those with the fewest numbers and kinks come first.
    """
    plain = [*_perceptrons(), *(Network(layers, shape) for layers, shape in _others())]
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
                layers += [_ones(below, above), *([ReLU()] if relu else [])]
            yield Network(tuple(layers))


def _others() -> Iterator[tuple[Branch, Shape]]:
    """Yield networks of one layer that no perceptron has, and what it cannot be without."""
    one, conv, flat, relu = _ones(1, 1), Conv.of([[[1.0]]]), Flatten(), ReLU()
    norm = BatchNorm.of((0.0,), (1.0,), (1.0,), (0.0,))
    yield from (((conv, flat), (1, 1)), ((conv, relu, flat), (1, 1)), ((ConvTranspose.of([[[1.0]]]), flat), (1, 1)))
    yield from (((Conv.of([[[1.0]]], stride=2), flat), (1, 1)), ((Conv.of([[[1.0, 1.0]]]), flat), (1, 2)))
    yield ((Conv.of([[[1.0, 1.0, 1.0]]], padding=1), flat), (1, 1))
    yield from (((MaxPool((2,), (2,)), flat), (1, 2)), ((AvgPool((2,), (2,)), flat), (1, 2)))
    yield from (((norm,), (1,)), ((one, norm), (1,)), ((LeakyReLU(),), (1,)), ((one, LeakyReLU()), (1,)))
    yield from (((Residual(((one, *last), ())),), (1,)) for last in ((), (relu,)))
    yield from (((Concat(((one, *last), ())), _ones(2, 1)), (1,)) for last in ((), (relu,)))
    yield from (((_ones(size, 2), Softmax()), (size,)) for size in (1, 2))
    yield from (((*layers,), (1,)) for layers in ((relu,), (relu, relu), (one, relu, one, relu)))


def _ones(below: int, above: int) -> Linear:
    return Linear(((1.0,) * below,) * above, (0.0,) * above)


def _styles(network: Network) -> Iterator[Style]:
    """Yield the styles with one setting that is not plain, as far as it makes a difference."""
    kinds = {type(layer) for layer in network.leaves}
    relus, affine = sum(layer == ReLU() for layer in network.leaves), kinds & {Linear, Conv, ConvTranspose}
    matters = {
        "layout": True,
        "relu": relus,
        "linear": affine,
        "residual": any(isinstance(layer, Residual) for layer in network.layers),
        "pool": kinds & {MaxPool, AvgPool},
        "weights": len(set(network.leaves)) < len(network.leaves) - max(relus - 1, 0),
    }
    for name, values in OPTIONS.items():
        for value in values[1:] if matters.get(name, True) else ():
            if value != "reused" or relus > 1:
                yield Style(**{name: value})  # type: ignore[arg-type]
