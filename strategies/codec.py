"""The codec: a fixed-size block of bytes as a network, its points, its rewrites.

One block is one Hypothesis choice. Every number has its place in the block, whatever the others are, and smaller bytes
mean simpler things, so the block shrinks well; fed with random bytes the same code is the i.i.d. sampler.
"""

from itertools import islice

from ..networks import Family, Linear, Network, ReLU, Vector
from ..networks.dyadics import rank
from ..networks.layers import Layer

MAX_WIDTH = 4
"""The most variables, and the most units of a layer."""
MAX_AFFINE = 4
"""The most affine layers of a drawn network."""
MAX_OUTPUTS = 3
MAX_POINTS = 4
MAX_REWRITES = 2

SHAPE = 0
POINTS = 8
BASELINE = POINTS + MAX_POINTS * MAX_WIDTH
REWRITES = BASELINE + 1 + MAX_WIDTH
WEIGHTS = REWRITES + 8 * MAX_REWRITES
SIZE = WEIGHTS + MAX_AFFINE * MAX_WIDTH * (MAX_WIDTH + 1)
"""Bytes in a block. Hypothesis collects no constants this long, so what else is imported cannot change a draw."""


def _table(shares: dict[float, int]) -> tuple[float, ...]:
    """Return 256 values, simplest first, each as often as its share says."""
    return tuple(float(value) for value in sorted(shares, key=rank) for _ in range(shares[value]))


WEIGHT_VALUES = _table({0: 44, 1: 64, -1: 48, 2: 28, -2: 22, 3: 10, -3: 8, 0.5: 18, -0.5: 14})
LIVELY_WEIGHT_VALUES = _table({0: 32, 1: 92, -1: 36, 2: 44, -2: 14, 3: 14, -3: 4, 0.5: 16, -0.5: 4})
"""For families with a ReLU behind every layer: more than two of three positive, or most networks would be dead."""
BIAS_VALUES = _table({0: 112, 1: 32, -1: 32, 2: 16, -2: 16, 3: 8, -3: 8, 0.5: 16, -0.5: 16})
COORDINATES = _table(
    {0: 8, 1: 12, -1: 8, 2: 10, -2: 6, 3: 6, -3: 4, 0.5: 6, -0.5: 4}
    | {sign * odd / 16: 2 for sign in (1, -1) for odd in range(1, 96, 2)}
)

DISTRIBUTION = (
    f"independent draws of up to {MAX_WIDTH} variables, {MAX_AFFINE} affine layers of up to {MAX_WIDTH} units and "
    f"{MAX_OUTPUTS} outputs; weights in ±{{0, ½, 1, 2, 3}}, more of them positive where every layer has a ReLU; "
    "seven of sixteen biases 0; coordinates one quarter simple numbers, three quarters odd sixteenths in (-6, 6); the "
    "baseline 0 in two of five; of twins that begin with a linear layer, half have an input at a zero "
    "pre-activation; the sign of a final ReLU's weights such that it is alive where it can be"
)
"""What random blocks amount to, in words."""


def draw_network(block: bytes, family: Family) -> Network:
    """Return the network of ``family`` that ``block`` stands for."""
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
    starts = range(POINTS, POINTS + count * MAX_WIDTH, MAX_WIDTH)
    return tuple(_point(block[start : start + size], family) for start in starts)


def draw_baseline(block: bytes, family: Family, size: int) -> Vector:
    """Return the baseline (size,), zero in two of five."""
    if block[BASELINE] < 102:
        return (0.0,) * size
    return _point(block[BASELINE + 1 : BASELINE + 1 + size], family)


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
    values = LIVELY_WEIGHT_VALUES if family.output == "relu" else WEIGHT_VALUES
    weight = tuple(tuple(values[byte] for byte in islice(row, in_features)) for row in rows)
    return Linear(weight, tuple(bias_value(row[MAX_WIDTH], family) for row in rows))


def bias_value(byte: int, family: Family) -> float:
    """Return the bias that ``byte`` stands for in ``family``."""
    if family.bias == "none":
        return 0.0
    return -abs(BIAS_VALUES[byte]) + 0.0 if family.bias == "nonpositive" else BIAS_VALUES[byte]
