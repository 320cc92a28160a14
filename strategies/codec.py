"""The codec: a fixed-size block of bytes as a network, its points, its rewrites.

One block is one Hypothesis choice. Every number has its place in the block, whatever the others are, and smaller bytes
mean simpler things, so the block shrinks well; fed with random bytes the same code is the i.i.d. sampler.
"""

from itertools import islice

from ..networks import Family, Layer, Linear, Network, ReLU, Vector
from . import wide
from .layout import (
    BASELINE,
    BASELINE_BYTES,
    COORDINATE_BYTES,
    DEPTH,
    FINAL_RELU,
    MAX_AFFINE,
    MAX_OUTPUTS,
    MAX_POINTS,
    MAX_REWRITES,
    MAX_WIDTH,
    MOVED_BASELINE,
    OUTPUTS,
    POINTS,
    ROW,
    SIZE,
    TARGET,
    WEIGHT_BYTES,
    WEIGHTS,
    WIDTHS,
)
from .tables import COORDINATES, WIDE_COORDINATES, bias_value, weight_values

__all__ = [
    "BASELINE",
    "MAX_AFFINE",
    "MAX_OUTPUTS",
    "MAX_POINTS",
    "MAX_REWRITES",
    "MAX_WIDTH",
    "POINTS",
    "SIZE",
    "WEIGHTS",
    "WIDE_POINTS",
    "WIDE_SIZE",
    "block_size",
    "draw_baseline",
    "draw_network",
    "draw_perceptron",
    "draw_points",
    "draw_target",
    "is_wide",
]

WIDE_POINTS = SIZE + wide.SIZE
WIDE_SIZE = WIDE_POINTS + (MAX_POINTS + 1) * wide.MAX_VARIABLES
"""Bytes in a block for all other families: a perceptron, a wide network, and coordinates for its points."""


def is_wide(family: Family) -> bool:
    """Whether ``family`` has more than plain perceptrons, so that its blocks are of ``WIDE_SIZE``."""
    return bool(family.items - {"mlp", "kinks", "baselinekinks"})


def block_size(family: Family) -> int:
    """Return the number of bytes in a block for ``family``."""
    return WIDE_SIZE if is_wide(family) else SIZE


def draw_network(block: bytes, family: Family) -> Network:
    """Return the network of ``family`` that ``block`` stands for."""
    plain = draw_perceptron(block, family)
    return wide.wide_network(block[SIZE:WIDE_POINTS], family, plain) if is_wide(family) else plain


def draw_perceptron(block: bytes, family: Family) -> Network:
    """Return the perceptron that ``block`` stands for; what is wide has its outputs, and its inputs if they are few."""
    affine = DEPTH(block)
    widths = [width(block) for width in WIDTHS[:affine]]
    widths.append(1 if family.outputs == "1" else OUTPUTS(block))
    relu_at_end = family.output == "relu" or FINAL_RELU(block)
    layers: list[Layer] = []
    for number in range(affine):
        layers += [_linear(block, number, widths[number], widths[number + 1], family), ReLU()]
    return Network(tuple(layers) if relu_at_end else tuple(layers[:-1]))


def draw_target(block: bytes, network: Network) -> int:
    """Return the output that ``block`` asks about."""
    return TARGET(block, network.out_features)


def draw_points(block: bytes, family: Family, size: int, count: int) -> tuple[Vector, ...]:
    """Return ``count`` points (size,)."""
    if size > MAX_WIDTH:
        first, stride = WIDE_POINTS + wide.MAX_VARIABLES, wide.MAX_VARIABLES
    else:
        first, stride = COORDINATE_BYTES.place, MAX_WIDTH
    starts = range(first, first + count * stride, stride)
    return tuple(_point(block[start : start + size], family) for start in starts)


def draw_baseline(block: bytes, family: Family, size: int) -> Vector:
    """Return the baseline (size,), zero in two of five."""
    if not MOVED_BASELINE(block):
        return (0.0,) * size
    start = BASELINE_BYTES.place if size <= MAX_WIDTH else WIDE_POINTS
    return _point(block[start : start + size], family)


def _point(block: bytes, family: Family) -> Vector:
    table = WIDE_COORDINATES if len(block) > MAX_WIDTH else COORDINATES
    values = (table[byte] for byte in block)
    return tuple(abs(value) if family.inputs == "nonnegative" else value for value in values)


def _linear(block: bytes, number: int, in_features: int, out_features: int, family: Family) -> Linear:
    start = WEIGHT_BYTES.place + number * MAX_WIDTH * ROW
    rows = [block[start + i * ROW :] for i in range(out_features)]
    values = weight_values(family)
    weight = tuple(tuple(values[byte] for byte in islice(row, in_features)) for row in rows)
    return Linear(weight, tuple(bias_value(row[MAX_WIDTH], family) for row in rows))
