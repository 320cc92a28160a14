"""What all tests share: a deterministic Hypothesis, random networks, and evaluation in plain loops."""

import sys
from fractions import Fraction
from importlib import import_module
from importlib.util import find_spec
from itertools import product
from math import ceil, exp, floor, isqrt
from random import Random

import pytest
from hypothesis import settings

from axiomcheck.engine.campaign import DEFAULT_FAMILIES as EXACT
from axiomcheck.networks import (
    AdaptiveAvgPool,
    AvgPool,
    BatchNorm,
    Block,
    Concat,
    Conv,
    ConvTranspose,
    Dropout,
    Flatten,
    Hardtanh,
    LeakyReLU,
    Linear,
    MaxPool,
    PReLU,
    ReLU,
    ReLU6,
    Softmax,
)
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies.codec import SIZE, block_size, draw_network

from .browsing import browser, visit
from .building import wheel

torch = import_module("torch") if find_spec("torch") else None
"""None where the part of the suite is run that needs none."""


class _Without:
    """Skips what imports torch: a test, or all of a file."""

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "torch":
            pytest.skip("needs torch", allow_module_level=True)


if torch is None:
    sys.meta_path.insert(0, _Without())

pytest_plugins = ["pytester"]
__all__ = ["browser", "visit", "wheel"]

settings.register_profile("ci", derandomize=True, deadline=None, database=None)
settings.load_profile("ci")


@pytest.fixture(autouse=True)
def _same_default_dtype():
    """Put the default dtype back, which the scripts of counterexamples set."""
    if torch is None:
        yield
        return
    before = torch.get_default_dtype()
    yield
    torch.set_default_dtype(before)


@pytest.fixture(scope="session")
def draw_blocks():
    """Return a function that draws ``count`` random blocks of the codec."""

    def draw(count, seed=0, size=SIZE):
        random = Random(seed)
        return [random.randbytes(size) for _ in range(count)]

    return draw


@pytest.fixture(scope="session")
def draw_networks(draw_blocks):
    """Return a function that draws ``count`` random networks of each preset family."""

    def draw(count, seed=0, presets=EXACT):
        families = [PRESETS[name] for name in presets]
        return [
            draw_network(block, family) for family in families for block in draw_blocks(count, seed, block_size(family))
        ]

    return draw


@pytest.fixture(scope="session")
def draw_point():
    """Return a function that draws a rational point, many of whose coordinates are no floats."""

    def draw(random, size, *, nonnegative=False):
        return tuple(
            Fraction(random.randint(0 if nonnegative else -96, 96), random.choice((1, 3, 7, 16))) for _ in range(size)
        )

    return draw


@pytest.fixture(scope="session")
def naive():
    """Return a function that lists what enters each layer, and the output, in plain loops over fractions."""

    def values(network, x):
        grid = _grid(network.shape, [Fraction(value) for value in x])
        found = [grid]
        for layer in network.layers:
            found.append(_defined(layer, found[-1], []))
        return [_flat(grid) for grid in found]

    return values


@pytest.fixture(scope="session")
def entering():
    """Return a function that lists the layers, those in blocks in their place, with what enters each, by place."""

    def values(network, x):
        seen, grid = [], _grid(network.shape, [Fraction(value) for value in x])
        for layer in network.layers:
            grid = _defined(layer, grid, seen)
        return seen

    return values


@pytest.fixture(scope="session")
def covered():
    """Return a function that lists what each window of a pool covers, channel by channel and row by row."""

    def values(pool, grid):
        held = _pool(pool, grid, lambda _, inside, __: inside)
        return [held[place] for place in sorted(held)]

    return values


@pytest.fixture(scope="session")
def defined():
    """Return a function for the shape and the values that a layer makes of ``values``, from its definition."""

    def values(layer, shape, values):
        grid = _defined(layer, _grid(shape, [Fraction(value) for value in values]), [])
        return tuple(n + 1 for n in max(grid)), _flat(grid)

    return values


def _grid(shape, values):
    """Return ``values`` by place: (unit,), (channel, place) or (channel, row, column)."""
    return dict(zip(product(*map(range, shape)), values, strict=True))


def _flat(grid):
    return [grid[place] for place in sorted(grid)]


def _sizes(grid):
    """Return how many places there are along each dimension, channels left out."""
    return [n + 1 for n in max(grid)[1:]]


def _defined(layer, grid, seen):
    """Return what ``layer`` makes of ``grid``; all leaves that it consists of are ``seen``."""
    if isinstance(layer, Block):
        joined, ends = {}, []
        for branch in layer.branches:
            end = grid
            for inner in branch:
                end = _defined(inner, end, seen)
            ends.append(end)
        for end in ends:
            channels = 1 + max(joined)[0] if joined and isinstance(layer, Concat) else 0
            for place, value in end.items():
                at = (place[0] + channels, *place[1:])
                joined[at] = joined.get(at, 0) + value
        return joined
    seen.append((layer, grid))
    return DEFINITIONS[type(layer)](layer, grid)


def _linear(layer, z):
    result = {}
    for j, (row, bias) in enumerate(zip(layer.weight, layer.bias, strict=True)):
        total = Fraction(bias)
        for i, weight in enumerate(row):
            total += Fraction(weight) * z[(i,)]
        result[(j,)] = total
    return result


def _kernel(layer):
    """Yield the positions of a kernel, each with a function for the weight there."""
    for position in product(*map(range, _lengths(layer.weight[0][0]))):
        yield position, lambda a, b, at=position: _at(layer.weight[a][b], at)


def _lengths(nested):
    return [len(nested), *_lengths(nested[0])] if isinstance(nested, tuple) else []


def _at(nested, position):
    for index in position:
        nested = nested[index]
    return Fraction(nested)


def _padding(layer, sizes):
    """Return how many places stand before and behind each axis."""
    if not layer.same:
        return [(p, p) for p in layer.padding]
    totals = [d * (k - 1) for k, d in zip(sizes, layer.dilation, strict=True)]
    return [(total // 2, total - total // 2) for total in totals]


def _source(place, n, mode):
    """Return the place that padding repeats, step by step; None for a zero."""
    while not 0 <= place < n:
        if mode == "zeros":
            return None
        if mode == "replicate":
            place += 1 if place < 0 else -1
        elif mode == "circular":
            place += n if place < 0 else -n
        else:
            place = -place if place < 0 else (n - 1) - (place - (n - 1))
    return place


def _conv(layer, z):
    inputs, outputs = len(layer.weight[0]), len(layer.weight) // layer.groups
    sizes, n = _lengths(layer.weight[0][0]), _sizes(z)
    padding = _padding(layer, sizes)
    counts = [
        (m + before + end - (d * (k - 1) + 1)) // s + 1
        for m, (before, end), k, s, d in zip(n, padding, sizes, layer.stride, layer.dilation, strict=True)
    ]
    result = {}
    for o in range(len(layer.weight)):
        for place in product(*map(range, counts)):
            total = Fraction(layer.bias[o])
            for position, weight in _kernel(layer):
                along = zip(place, layer.stride, position, layer.dilation, padding, n, strict=True)
                at = [_source(i * s + k * d - before, m, layer.mode) for i, s, k, d, (before, _), m in along]
                for i in range(inputs if None not in at else 0):
                    total += weight(o, i) * z[(o // outputs * inputs + i, *at)]
            result[(o, *place)] = total
    return result


def _conv_transpose(layer, z):
    inputs, outputs = len(layer.weight) // layer.groups, len(layer.weight[0])
    sizes = zip(
        *(_sizes(z), _lengths(layer.weight[0][0]), layer.stride, layer.padding, layer.dilation, layer.output_padding),
        strict=True,
    )
    after = [(n - 1) * s + d * (k - 1) + 1 - 2 * p + more for n, k, s, p, d, more in sizes]
    result = {(o, *at): Fraction(bias) for o, bias in enumerate(layer.bias) for at in product(*map(range, after))}
    for (i, *place), value in z.items():
        for position, weight in _kernel(layer):
            along = zip(place, position, layer.stride, layer.padding, layer.dilation, strict=True)
            at = [a * s + k * d - p for a, k, s, p, d in along]
            for o in range(outputs):
                if (i // inputs * outputs + o, *at) in result:
                    result[(i // inputs * outputs + o, *at)] += weight(i, o) * value
    return result


def _starts(layer, n, axis):
    """Return where windows begin on a padded axis: as long as they end on it, or begin before its end padding."""
    stride, kernel, padding = layer.stride[axis], layer.kernel[axis], layer.padding[axis]
    starts, at = [], 0
    while at + kernel <= n + 2 * padding or (
        layer.ceil_mode and at < n + padding and at - stride + kernel < n + 2 * padding
    ):
        starts.append(at)
        at += stride
    return starts


def _pool(layer, z, join):
    n = _sizes(z)
    starts = [_starts(layer, m, axis) for axis, m in enumerate(n)]
    result = {}
    for c in range(max(z)[0] + 1):
        for place in product(*(range(len(along)) for along in starts)):
            inside, padded = [], 0
            for position in product(*map(range, layer.kernel)):
                at = [along[i] + k for along, i, k in zip(starts, place, position, strict=True)]
                at_input = tuple(a - p for a, p in zip(at, layer.padding, strict=True))
                if all(0 <= a < m for a, m in zip(at_input, n, strict=True)):
                    inside.append(z[(c, *at_input)])
                elif all(a < m + 2 * p for a, m, p in zip(at, n, layer.padding, strict=True)):
                    padded += 1
            result[(c, *place)] = join(layer, inside, padded)
    return result


def _largest(_, values, __):
    return max(values)


def _average_with_padding(layer, values, padded):
    return sum(values, Fraction(0)) / (len(values) + (padded if layer.count_include_pad else 0))


def _average(values):
    return sum(values, Fraction(0)) / len(values)


def _adaptive(layer, z):
    result = {}
    for c in range(max(z)[0] + 1):
        for place in product(*map(range, layer.size)):
            along = [
                range(floor(Fraction(i * n, m)), ceil(Fraction((i + 1) * n, m)))
                for i, n, m in zip(place, _sizes(z), layer.size, strict=True)
            ]
            result[(c, *place)] = _average([z[(c, *at)] for at in product(*along)])
    return result


def _batch_norm(layer, z):
    result = {}
    for place, value in z.items():
        c = place[0]
        # PyTorch adds in floats.
        square = Fraction(layer.variance[c] + layer.eps)
        deviation = Fraction(isqrt(square.numerator), isqrt(square.denominator))
        assert deviation**2 == square
        normalised = (value - Fraction(layer.mean[c])) / deviation
        result[place] = normalised * Fraction(layer.weight[c]) + Fraction(layer.bias[c]) if layer.weight else normalised
    return result


def _prelu(layer, z):
    slopes = layer.slope if len(layer.slope) > 1 else layer.slope * (1 + max(z)[0])
    return {place: value if value > 0 else Fraction(slopes[place[0]]) * value for place, value in z.items()}


def _softmax(_, z):
    most = max(z.values())
    grown = {place: exp(value - most) for place, value in z.items()}
    return {place: Fraction(value / sum(grown.values())) for place, value in grown.items()}


def _each(function):
    return lambda layer, z: {place: Fraction(function(layer, value)) for place, value in z.items()}


DEFINITIONS = {
    Linear: _linear,
    Conv: _conv,
    ConvTranspose: _conv_transpose,
    MaxPool: lambda layer, z: _pool(layer, z, _largest),
    AvgPool: lambda layer, z: _pool(layer, z, _average_with_padding),
    AdaptiveAvgPool: _adaptive,
    BatchNorm: _batch_norm,
    PReLU: _prelu,
    Softmax: _softmax,
    Dropout: lambda _, z: z,
    Flatten: lambda _, z: {(number,): value for number, value in enumerate(_flat(z))},
    ReLU: _each(lambda _, value: max(0, value)),
    LeakyReLU: _each(lambda layer, value: value if value > 0 else Fraction(layer.slope) * value),
    Hardtanh: _each(lambda layer, value: layer.low if value < layer.low else min(value, Fraction(layer.high))),
    ReLU6: _each(lambda _, value: 0 if value < 0 else min(value, 6)),
}
