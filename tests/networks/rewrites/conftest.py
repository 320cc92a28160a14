"""Random networks with what drawn ones have seldom or never, and random rewrites of any network."""

from dataclasses import fields
from math import prod

import numpy as np
import pytest

from axiomcheck.networks import (
    AdaptiveAvgPool,
    AvgPool,
    BatchNorm,
    Concat,
    Conv,
    DoesNotApply,
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
)
from axiomcheck.networks.layers import after

NUMBERS = (0.0, 1.0, -1.0, 2.0, -2.0, 0.5, -0.5, 3.0)
VALUES = {
    "bias": (0.0, 0.0, -1.0, -2.0, 1.0),
    "share": (0.5, 0.25, 0.75),
    "factor": (2.0, 0.5, 4.0, 0.25),
    "value": (1.0, -1.0, 2.0),
    "weight": (1.0, -2.0, 0.5),
    "amount": (1.0, 2.0, 0.5, -1.0),
}
MOST = 40
"""The most units of a layer."""


@pytest.fixture(scope="session")
def draw_general():
    """Return a function that draws a network of one to three parts, blocks inside blocks among them, and a head."""

    def draw(random):
        lines = [(2,), (3,), (1, 5), (2, 4), (1, 3, 4), (2, 3, 3)]
        shape, layers = random.choice(lines), ()
        for _ in range(random.randint(1, 3)):
            layers = _extended(random, layers, shape)
        here = after(layers, shape)
        flat = (Flatten(),) if len(here) > 1 else ()
        hidden = (_linear(random, prod(here), 3), ReLU()) if random.random() < 0.5 else ()
        size = 3 if hidden else prod(here)
        return Network((*layers, *flat, *hidden, _linear(random, size, random.randint(1, 2))), shape)

    return draw


@pytest.fixture(scope="session")
def draw_rewrite():
    """Return a function that draws a rewrite of one kind that applies to a network, and the network made ready."""

    def draw(kind, network, random):
        for place in random.sample(range(kind.count(network)), kind.count(network)):
            try:
                rewrite = _instance(kind, network, place, random)
                planted = rewrite.plant(network)
                rewrite.apply(planted)
            except DoesNotApply:
                continue
            return rewrite, planted
        return None

    return draw


def _instance(kind, network, place, random):
    choices = kind.choices(network, place)
    names = [field.name for field in fields(kind) if field.name != kind.where]
    arguments = {
        name: random.randrange(choices[name]) if name in choices else random.choice(VALUES[name]) for name in names
    }
    return kind(**({kind.where: place} if kind.where else {}), **arguments)


def _extended(random, layers, shape):
    """Put a part behind the layers, if it fits and does not grow too large."""
    part = _part(random, after(layers, shape), depth=2)
    longer = (*layers, *part)
    return longer if prod(after(longer, shape)) <= MOST else layers


def _part(random, shape, depth):
    if len(shape) == 1:
        makers = [_dense, _dense, _block, _pointwise]
    else:
        makers = [_conv, _conv, _conv, _pool, _pool, _block, _pointwise]
    return random.choice(makers)(random, shape, depth)


def _numbers(random, *shape):
    return np.array([random.choice(NUMBERS) for _ in range(prod(shape))]).reshape(shape)


def _linear(random, into, out):
    return Linear(tuple(map(tuple, _numbers(random, out, into).tolist())), tuple(_numbers(random, out).tolist()))


def _normalised(random, layer, channels):
    """Put a batch normalisation, and a ReLU or one of its kin, behind a layer."""
    norm = [BatchNorm.of(*(tuple(random.choice((1.0, 2.0, 0.5)) for _ in range(channels)) for _ in range(4)))]
    return (layer, *(norm if random.random() < 0.3 else ()), *_pointwise(random, (channels,), 0))


def _dense(random, shape, depth):
    units = random.randint(2, 4)
    return _normalised(random, _linear(random, shape[0], units), units)


def _conv(random, shape, depth):
    out, groups = random.choice((1, 2, 4)), 2 if shape[0] % 2 == 0 and random.random() < 0.2 else 1
    out = out if out % groups == 0 else groups
    kernel = [random.randint(1, min(3, size)) for size in shape[1:]]
    padding = tuple(random.randint(0, size // 2) for size in kernel)
    stride = tuple(random.choice((1, 1, 2)) for _ in kernel)
    weight = _numbers(random, out, shape[0] // groups, *kernel)
    layer = Conv(weight.tolist(), tuple(_numbers(random, out).tolist()), stride, padding, groups)
    return _normalised(random, layer, out)


def _pool(random, shape, depth):
    kernel = tuple(random.randint(1, min(4, size)) for size in shape[1:])
    stride = tuple(random.randint(1, size) for size in kernel)
    padding = tuple(random.randint(0, size // 2) for size in kernel)
    beyond = MaxPool(kernel, stride, padding, random.random() < 0.5)
    pools = MaxPool(kernel, stride), beyond, AvgPool(kernel, stride), AdaptiveAvgPool(kernel)
    return (random.choice(pools), *_pointwise(random, shape, depth)[: random.randint(0, 1)])


def _pointwise(random, shape, depth):
    kin = [LeakyReLU(), PReLU(), PReLU((0.5,) * shape[0]), ReLU6(), Hardtanh(), Dropout()]
    return (random.choice(kin),) if random.random() < 0.15 else (*[Dropout()] * (random.random() < 0.1), ReLU())


def _block(random, shape, depth):
    body = (_same(random, shape), ReLU())
    body = (*body, _same(random, shape)) if random.random() < 0.6 else body
    if depth and random.random() < 0.3:
        body = (*body, *_block(random, shape, depth - 1))
    if random.random() < 0.3:
        return (Concat((body, (_same(random, shape), ReLU(), _same(random, shape)))),) if depth == 2 else body
    projected = (_same(random, shape),) if random.random() < 0.2 else ()
    return (Residual(random.choice([(body, projected), (projected, body)])), *[ReLU()] * (random.random() < 0.5))


def _same(random, shape):
    if len(shape) == 1:
        return _linear(random, shape[0], shape[0])
    size, dimensions = random.choice((1, 3)), len(shape) - 1
    weight = _numbers(random, shape[0], shape[0], *[size] * dimensions)
    return Conv.of(weight, _numbers(random, shape[0]).tolist(), padding=size // 2)
