"""Small random networks of all kinds of layers."""

from dataclasses import replace
from math import log2, prod
from random import Random

import pytest

from axiomcheck.networks import (
    AdaptiveAvgPool,
    AvgPool,
    AxiomcheckError,
    BatchNorm,
    Concat,
    Conv,
    ConvTranspose,
    Dropout,
    Flatten,
    Hardtanh,
    LeakyReLU,
    Linear,
    MaxPool,
    Network,
    PReLU,
    ReLU,
    ReLU6,
    Residual,
    Softmax,
)
from axiomcheck.networks.layers import after
from axiomcheck.networks.layers.batchnorm import EPS
from axiomcheck.networks.layers.windows import MODES

NUMBERS = (0.0, 1.0, -1.0, 1.0, -1.0, 2.0, -2.0, 0.5, -0.5, 3.0)
MAX_UNITS = 16


@pytest.fixture(scope="session")
def random_networks():
    """Return a function that draws small networks of all layers, on vectors, signals and images.

    ``thirds``: averages of three may be among them; ``softmax``: one may stand at the end. Else all is dyadic.
    """

    def draw(count, seed, *, thirds=False, softmax=False):
        random = Random(seed)
        return [_network(random, thirds=thirds, softmax=softmax) for _ in range(count)]

    return draw


@pytest.fixture(scope="session")
def random_point():
    """Return a function that draws a point of small dyadic rationals, some of them simple."""

    def draw(random, network):
        return tuple(
            random.choice((random.randint(-3, 3) * 1.0, random.randint(-96, 96) / 16))
            for _ in range(network.in_features)
        )

    return draw


def _network(random, *, thirds, softmax):
    shape = random.choice(
        [
            (random.randint(1, 4),),
            (random.randint(1, 2), random.randint(2, 6)),
            (1, random.randint(2, 4), random.randint(2, 4)),
            (2, 2, random.randint(2, 3)),
            (1, 2, 2, random.randint(1, 3)),
        ]
    )
    layers = _layers(random, shape, random.choice((1, 2, 3, 4)), depth=2, thirds=thirds, used=[])
    end = after(layers, shape)
    if len(end) > 1:
        layers, end = (*layers, Flatten()), (prod(end),)
    if prod(end) > 3 or random.random() < 0.5:
        layers = (*layers, _linear(random, end, random.randint(1, 3)))
    if random.random() < 0.15:
        layers = (*layers, ReLU())
    if softmax and random.random() < 0.4:
        layers = (*layers, Softmax())
    return Network(layers, shape)


def _layers(random, shape, count, *, depth, thirds, used):
    layers = ()
    while len(layers) < count:
        repeated = used and random.random() < 0.25
        layer = random.choice(used) if repeated else _layer(random, shape, depth=depth, thirds=thirds, used=used)
        try:
            end = layer.shape_after(shape)
        except AxiomcheckError:
            continue
        if prod(end) > MAX_UNITS or (not thirds and _has_thirds(layer, shape)):
            continue
        used.append(layer)
        layers, shape = (*layers, layer), end
    return layers


def _layer(random, shape, *, depth, thirds, used):
    makers = [
        *[ReLU] * 4,
        lambda: LeakyReLU(random.choice((0.25, 0.5, -0.5))),
        lambda: PReLU(_numbers(random, random.choice((1, shape[0])), (0.25, 0.5, -0.5, 0.0, 2.0))),
        lambda: Hardtanh(random.choice((-1.0, -0.5)), random.choice((1.0, 2.0))),
        ReLU6,
        Dropout,
        *[lambda: _batch_norm(random, shape[0])] * 2,
        *[lambda: _block(random, shape, depth=depth, thirds=thirds, used=used)] * 4,
    ]
    spatial = [
        *[lambda: _conv(random, shape)] * 6,
        *[lambda: _conv_transpose(random, shape)] * 6,
        *[lambda: MaxPool(*_window(random, shape))] * 3,
        *[lambda: AvgPool(*_window(random, shape), random.random() < 0.7)] * 2,
        *[lambda: AdaptiveAvgPool(tuple(random.randint(1, 3) for _ in shape[1:]))] * 2,
        Flatten,
    ]
    vector = [lambda: _linear(random, shape, random.randint(1, 4))] * 10
    return random.choice(makers + (spatial if len(shape) > 1 else vector))()


def _numbers(random, count, values=NUMBERS):
    return tuple(random.choice(values) for _ in range(count))


def _linear(random, shape, units):
    bias = (0.0,) * units if random.random() < 0.3 else _numbers(random, units)
    return Linear(tuple(_numbers(random, shape[0]) for _ in range(units)), bias)


def _batch_norm(random, channels):
    deviations = _numbers(random, channels, (0.5, 1.0, 2.0))
    learnt = [_numbers(random, channels) for _ in range(2)] if random.random() < 0.7 else ((), ())
    return BatchNorm.of(_numbers(random, channels), deviations, *learnt, random.choice((EPS, 1e-5)))


def _weight(random, sizes):
    return [_weight(random, sizes[1:]) for _ in range(sizes[0])] if sizes else random.choice(NUMBERS)


def _sizes(random, shape, low, *rest):
    """Draw a size for each dimension: often the lowest."""
    return tuple(random.choice((low, low, low, *rest)) for _ in shape[1:])


def _conv(random, shape):
    groups = random.choice((1, shape[0]))
    out, kernel = groups * random.randint(1, 2), [random.randint(1, 3) for _ in shape[1:]]
    weight = _weight(random, [out, shape[0] // groups, *kernel])
    bias = random.choice((None, _numbers(random, out)))
    plain = Conv.of(weight, bias, groups=groups)
    # Of even kernels PyTorch warns.
    same = random.random() < 0.3 and all(k % 2 for k in kernel)
    return replace(
        plain,
        stride=plain.stride if same else _sizes(random, shape, 1, 2, 3),
        padding=_sizes(random, shape, 0, 1, 1),
        dilation=_sizes(random, shape, 1, 2),
        mode=random.choice(("zeros", *MODES)),
        same=same,
    )


def _conv_transpose(random, shape):
    groups = random.choice((1, shape[0]))
    out, kernel = random.randint(1, 2), [random.randint(1, 3) for _ in shape[1:]]
    weight = _weight(random, [shape[0], out, *kernel])
    bias = random.choice((None, _numbers(random, groups * out)))
    stride = _sizes(random, shape, 1, 2)
    plain = ConvTranspose.of(weight, bias, groups=groups)
    more = tuple(random.randrange(s) for s in stride)
    padding, dilation = _sizes(random, shape, 0, 1), _sizes(random, shape, 1, 2)
    return replace(plain, stride=stride, padding=padding, dilation=dilation, output_padding=more)


def _window(random, shape):
    kernel = tuple(random.randint(1, 2 + (n > 2)) for n in shape[1:])
    stride = random.choice((kernel, tuple(random.randint(1, 2) for _ in shape[1:])))
    padding = tuple(random.choice((0, 0, k // 2)) for k in kernel)
    return kernel, stride, padding, random.random() < 0.3


def _has_thirds(layer, shape):
    """Whether an average of a number of places that is no power of two is taken."""
    if isinstance(layer, AvgPool):
        return any(not log2(size).is_integer() for size in _held(layer, shape))
    if isinstance(layer, AdaptiveAvgPool):
        return any(not log2(n / m).is_integer() or m > n for n, m in zip(shape[1:], layer.size, strict=True))
    return False


def _held(pool, shape):
    """Return how many places each window holds, with the padding that counts."""
    if not pool.count_include_pad:
        return map(len, pool.window_places(shape))
    return pool._divisors(shape)


def _block(random, shape, *, depth, thirds, used):
    """Return a sum or a concatenation of two or three branches, one of them often empty; a ReLU where too deep."""
    if not depth:
        return ReLU()
    kind = random.choice((Residual, Concat))
    branches, wanted = [()] if random.random() < 0.6 else [], random.choice((2, 2, 2, 3))
    for _ in range(100):
        branch = _layers(random, shape, random.randint(1, 2), depth=depth - 1, thirds=thirds, used=used)
        end = after(branch, shape)
        if end == shape or (kind is Concat and end[1:] == shape[1:]):
            branches.append(branch)
        if len(branches) == wanted:
            break
    random.shuffle(branches)
    return kind(tuple(branches)) if len(branches) > 1 else ReLU()
