"""The codec: a fixed-size block of bytes as a network, its points, its rewrites.

One block is one Hypothesis choice. Every number has its place in the block, whatever the others are, and smaller bytes
mean simpler things, so the block shrinks well; fed with random bytes the same code is the i.i.d. sampler.
"""

from itertools import islice

from ..networks import Family, Layer, Linear, Network, ReLU, Vector
from . import wide
from .slots import MAX_UNITS
from .tables import COORDINATES, bias_value, weight_values

MAX_WIDTH = 4
"""The most variables, and the most units of a layer."""
MAX_AFFINE = 4
"""The most affine layers of a drawn network."""
MAX_OUTPUTS = 4
MAX_POINTS = 4
MAX_REWRITES = 2

SHAPE = 0
POINTS = 8
BASELINE = POINTS + MAX_POINTS * MAX_WIDTH
REWRITES = BASELINE + 1 + MAX_WIDTH
WEIGHTS = REWRITES + 8 * MAX_REWRITES
SIZE = WEIGHTS + MAX_AFFINE * MAX_WIDTH * (MAX_WIDTH + 1)
"""Bytes in a block for perceptrons. Hypothesis collects no constants this long, so what else is imported cannot change
a draw."""
WIDE_POINTS = SIZE + wide.SIZE
WIDE_SIZE = WIDE_POINTS + (MAX_POINTS + 1) * wide.MAX_VARIABLES
"""Bytes in a block for all other families: a perceptron, a wide network, and coordinates for its points."""


DISTRIBUTION = (
    f"independent draws of up to {MAX_WIDTH} variables, {MAX_AFFINE} affine layers of up to {MAX_WIDTH} units and "
    f"{MAX_OUTPUTS} outputs; weights in ±{{0, ½, 1, 2, 3}}, more of them positive where every layer has a ReLU; "
    "seven of sixteen biases 0; coordinates one quarter simple numbers, three quarters odd sixteenths in (-6, 6); the "
    "baseline 0 in two of five; of single networks, one in ten has inputs where a unit would be 0 if its positive "
    "weights counted 5/4, 3/2 or 2 times; of twins that begin with a linear layer, three of four have an input at a "
    "zero pre-activation; of paths, three of eight go from the baseline or through a kink; the sign of a final ReLU's "
    "weights such that it is alive where it can be; cases of the further axioms are drawn up to four times, until "
    "something is at stake; in families with more than perceptrons, one quarter are those, the "
    f"others have {wide.SLOTS} slots for layers or blocks, on vectors, signals or images of up to {wide.MAX_VARIABLES} "
    f"variables and {MAX_UNITS} units, under a head of one or two linear layers, one in ten with a softmax; five "
    "of eight in a style of their own"
)
"""What random blocks amount to, in words."""


def is_wide(family: Family) -> bool:
    """Whether ``family`` has more than plain perceptrons, so that its blocks are of ``WIDE_SIZE``."""
    return bool(family.items - {"mlp", "kinks", "baselinekinks"})


def block_size(family: Family) -> int:
    """Return the number of bytes in a block for ``family``."""
    return WIDE_SIZE if is_wide(family) else SIZE


def draw_network(block: bytes, family: Family) -> Network:
    """Return the network of ``family`` that ``block`` stands for."""
    plain = _perceptron(block, family)
    return wide.wide_network(block[SIZE:WIDE_POINTS], family, plain) if is_wide(family) else plain


def _perceptron(block: bytes, family: Family) -> Network:
    affine = _depth(block[SHAPE])
    widths = [_width(byte) for byte in block[SHAPE + 1 : SHAPE + 1 + affine]]
    outputs = 1 if family.outputs == "1" else 1 + block[SHAPE + 5] * MAX_OUTPUTS // 256
    widths.append(outputs)
    relu_at_end = family.output == "relu" or block[SHAPE + 6] >= 192
    layers: list[Layer] = []
    for number in range(affine):
        layers += [_linear(block, number, widths[number], widths[number + 1], family), ReLU()]
    return Network(tuple(layers) if relu_at_end else tuple(layers[:-1]))


def draw_target(block: bytes, network: Network) -> int:
    """Return the output that ``block`` asks about."""
    return block[SHAPE + 7] % network.out_features


def draw_points(block: bytes, family: Family, size: int, count: int) -> tuple[Vector, ...]:
    """Return ``count`` points (size,)."""
    if size > MAX_WIDTH:
        first, stride = WIDE_POINTS + wide.MAX_VARIABLES, wide.MAX_VARIABLES
    else:
        first, stride = POINTS, MAX_WIDTH
    starts = range(first, first + count * stride, stride)
    return tuple(_point(block[start : start + size], family) for start in starts)


def draw_baseline(block: bytes, family: Family, size: int) -> Vector:
    """Return the baseline (size,), zero in two of five."""
    if block[BASELINE] < 102:
        return (0.0,) * size
    start = BASELINE + 1 if size <= MAX_WIDTH else WIDE_POINTS
    return _point(block[start : start + size], family)


def _depth(byte: int) -> int:
    return 1 + (byte >= 56) + (byte >= 160) + (byte >= 232)


def _width(byte: int) -> int:
    return 1 + (byte >= 32) + (byte >= 128) + (byte >= 208)


def _point(block: bytes, family: Family) -> Vector:
    values = (COORDINATES[byte] for byte in block)
    return tuple(abs(value) if family.inputs == "nonnegative" else value for value in values)


def _linear(block: bytes, number: int, in_features: int, out_features: int, family: Family) -> Linear:
    start = WEIGHTS + number * MAX_WIDTH * (MAX_WIDTH + 1)
    rows = [block[start + i * (MAX_WIDTH + 1) :] for i in range(out_features)]
    values = weight_values(family)
    weight = tuple(tuple(values[byte] for byte in islice(row, in_features)) for row in rows)
    return Linear(weight, tuple(bias_value(row[MAX_WIDTH], family) for row in rows))
