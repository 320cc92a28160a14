"""What a slot of a wide network holds: one layer, or a few that belong together, from a stretch of bytes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np

from ..networks import (
    AdaptiveAvgPool,
    Array,
    AvgPool,
    BatchNorm,
    Branch,
    Concat,
    Conv,
    ConvTranspose,
    Dropout,
    Family,
    Hardtanh,
    Layer,
    LeakyReLU,
    Linear,
    MaxPool,
    PReLU,
    ReLU,
    ReLU6,
    Residual,
    Shape,
)
from ..networks.layers import frozen
from .tables import bias_value, weight_values

SLOT = 48
"""Bytes of a slot: one for its kind, seven for its geometry, eight for biases, the rest for weights."""
MAX_UNITS = 24
"""The most units between two layers."""


@dataclass(frozen=True)
class Bytes:
    """The bytes of one slot, read for one family."""

    block: bytes
    family: Family

    def option(self, index: int, choices: int) -> int:
        """Return one of ``choices`` numbers from 0, smaller bytes smaller ones."""
        return self.block[1 + index] * choices // 256

    def biases(self, count: int, start: int = 0) -> tuple[float, ...]:
        """Return biases of the family."""
        return tuple(bias_value(self.block[8 + (start + i) % 8], self.family) for i in range(count))

    def weights(self, shape: Shape, start: int = 0) -> Array:
        """Return an array of weights; what is longer than the slot begins again."""
        values, weights = weight_values(self.family), self.block[16:]
        count = prod(shape)
        return np.array([values[weights[(start + i) % len(weights)]] for i in range(count)]).reshape(shape)


Maker = Callable[[Bytes, Shape], Branch]


def slot(block: bytes, shape: Shape, family: Family) -> Branch:
    """Return the layers that ``block`` stands for on inputs of ``shape``; none where they would not fit."""
    read, spatial = Bytes(block, family), len(shape) > 1
    makers = [
        maker
        for item, maker, wanted in MAKERS
        if item in family.items
        and wanted in (None, spatial)
        and not (spatial and item in CONVOLVED and "conv" not in family.items)
    ]
    index = block[0] * (len(makers) + 1) // 256
    return makers[index - 1](read, shape) if index else ()


def _conv(read: Bytes, shape: Shape) -> Branch:
    dimensions = len(shape) - 1
    groups = 2 if shape[0] == 2 and read.option(4, 8) == 7 else 1
    out = 1 + read.option(0, 2) if groups == 1 else 2
    padding = read.option(2, 4) // 3
    kernel = tuple(min(1 + read.option(1, 3), size + 2 * padding) for size in shape[1:])
    padding = padding if min(kernel) > 1 else 0
    stride = 1 + read.option(3, 4) // 3
    weight = read.weights((out, shape[0] // groups, *kernel))
    layer = Conv(frozen(weight), read.biases(out), (stride,) * dimensions, (padding,) * dimensions, groups)
    return _activated(read, layer)


def _convtranspose(read: Bytes, shape: Shape) -> Branch:
    dimensions = len(shape) - 1
    out, kernel, stride = 1 + read.option(0, 2), 1 + read.option(1, 2), 1 + read.option(3, 4) // 3
    layer = ConvTranspose(
        frozen(read.weights((shape[0], out, *(kernel,) * dimensions))),
        read.biases(out),
        (stride,) * dimensions,
        (0,) * dimensions,
    )
    return _activated(read, layer) if prod(layer.shape_after(shape)) <= MAX_UNITS else ()


def _activated(read: Bytes, layer: Layer) -> Branch:
    plain = read.family.output == "any" and read.option(5, 4) == 3
    return (layer,) if plain else (layer, ReLU())


def _maxpool(read: Bytes, shape: Shape) -> Branch:
    kernel = tuple(min(2 + read.option(1, 4) // 3, size) for size in shape[1:])
    stride = kernel if read.option(2, 2) == 0 else (1,) * len(kernel)
    pool = MaxPool(kernel, stride)
    return (pool, ReLU()) if read.option(3, 4) == 3 else (pool,)


def _avgpool(read: Bytes, shape: Shape) -> Branch:
    if read.option(0, 4) == 3:
        return (AdaptiveAvgPool(tuple(min(size, 1 + read.option(1, 2)) for size in shape[1:])),)
    kernel = tuple(min(2 + read.option(1, 8) // 7, size) for size in shape[1:])
    return (AvgPool(kernel, kernel if read.option(2, 2) == 0 else (1,) * len(kernel)),)


def _batchnorm(read: Bytes, shape: Shape) -> Branch:
    count = shape[0]
    deviations = tuple((1.0, 2.0, 0.5, 4.0)[byte * 4 // 256] for byte in read.block[1 : 1 + count])
    means = read.biases(count, 4) if read.family.bias == "any" else (0.0,) * count
    weight = [value or 1.0 for value in read.weights((count,)).tolist()]
    return (BatchNorm.of(means, deviations, tuple(weight), read.biases(count)),)


def _relu(read: Bytes, shape: Shape) -> Branch:
    return (ReLU(),)


def _dropout(read: Bytes, shape: Shape) -> Branch:
    return (Dropout(),)


def _kin(read: Bytes, shape: Shape) -> Branch:
    slope = (0.25, 0.5, 0.125)[read.option(1, 3)]
    kinds: list[Layer] = [LeakyReLU(slope), PReLU((slope,)), PReLU((slope,) * shape[0])]
    if read.family.bias == "any":
        kinds += [ReLU6(), Hardtanh()]
    return (kinds[read.option(0, len(kinds))],)


def _same(read: Bytes, shape: Shape, start: int = 0) -> Layer:
    """Return a layer with weights that keeps the shape."""
    biases = read.biases(shape[0], start)
    if len(shape) == 1:
        return Linear(frozen(read.weights((shape[0], shape[0]), start)), biases)
    kernel, dimensions = (1, 1, 3)[read.option(1, 3)], len(shape) - 1
    weight = read.weights((shape[0], shape[0], *(kernel,) * dimensions), start)
    return Conv(frozen(weight), biases, (1,) * dimensions, (kernel // 2,) * dimensions)


def _residual(read: Bytes, shape: Shape) -> Branch:
    end: Branch = (ReLU(),) if read.family.output == "relu" else ()
    body: Branch = (_same(read, shape), ReLU())
    if read.option(2, 2):
        body = (*body, _same(read, shape, 16), *end)
    projected = read.option(3, 8) == 7
    shortcut: Branch = (
        (_same(read, shape, 8), *((ReLU(),) if read.family.output == "relu" else ())) if projected else ()
    )
    return (Residual((body, shortcut)), *((ReLU(),) if read.option(4, 2) else ()))


def _concat(read: Bytes, shape: Shape) -> Branch:
    if 2 * prod(shape) > MAX_UNITS:
        return ()
    first: Branch = (_same(read, shape), ReLU())
    second: Branch = (_same(read, shape, 16), ReLU()) if read.option(2, 4) == 3 else ()
    return (Concat((first, second)),)


def _again(read: Bytes, shape: Shape) -> Branch:
    layer = _same(read, shape)
    return (layer, ReLU(), layer, ReLU())


def _linear(read: Bytes, shape: Shape) -> Branch:
    return _activated(read, _same(read, shape))


CONVOLVED = ("residual", "concat", "shared")
"""On images and signals these are made of convolutions."""
MAKERS: Sequence[tuple[str, Maker, bool | None]] = (
    ("mlp", _linear, False),
    ("mlp", _relu, None),
    ("mlp", _dropout, None),
    ("conv", _conv, True),
    ("conv", _conv, True),
    ("maxpool", _maxpool, True),
    ("maxpool", _maxpool, True),
    ("avgpool", _avgpool, True),
    ("batchnorm", _batchnorm, None),
    ("residual", _residual, None),
    ("residual", _residual, None),
    ("concat", _concat, None),
    ("shared", _again, None),
    ("convtranspose", _convtranspose, True),
    ("leaky", _kin, None),
    ("leaky", _kin, None),
)
"""What a slot may hold: the family item it needs, how it is made, and whether it is for spatial inputs alone."""
