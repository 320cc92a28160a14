"""A layer against its definition and against PyTorch's."""

from fractions import Fraction
from random import Random

import pytest
import torch
from torch import nn

from axiomcheck.networks import (
    GELU,
    AdaptiveAvgPool,
    Attention,
    AvgPool,
    BatchNorm,
    Concat,
    Conv,
    ConvTranspose,
    Dropout,
    Flatten,
    GroupNorm,
    Hardtanh,
    InstanceNorm,
    LayerNorm,
    LeakyReLU,
    Linear,
    MaxPool,
    PositionalEncoding,
    PReLU,
    Product,
    ReLU,
    ReLU6,
    Residual,
    RMSNorm,
    Sigmoid,
    SiLU,
    Softmax,
    Softplus,
    Tanh,
)
from axiomcheck.networks.exact import evaluate
from axiomcheck.networks.lowering import lower

POINTS = 4
EYE = ((1.0, 0.5), (-1.0, 2.0))
EVERY_KIND = {
    Linear(((1.0, -2.0), (0.5, 1.0)), (3.0, -1.0)): (2,),
    Conv.of([[[1, -2]], [[0.5, 1]]], [3, -1]): (1, 3),
    ConvTranspose.of([[[1, -2]]], [3]): (1, 2),
    MaxPool((2,), (1,)): (2, 3),
    AvgPool((2,), (1,)): (2, 3),
    AdaptiveAvgPool((2,)): (2, 3),
    BatchNorm.of((1.0, 2.0), (2.0, 1.0), (2.0, -1.0), (3.0, 0.5)): (2, 2),
    PReLU((0.5, 2.0)): (2, 2),
    LeakyReLU(): (2,),
    ReLU(): (2, 2),
    ReLU6(): (2,),
    Hardtanh(): (2,),
    Softmax(): (2,),
    GELU(): (2, 2),
    SiLU(): (2, 2),
    Sigmoid(): (2, 2),
    Tanh(): (2,),
    Softplus(): (2,),
    Attention(((1.0, -1.0),), ((0.5, 1.0),), ((2.0, 1.0),), ((1.0,), (-2.0,))): (2, 2),
    Attention(EYE, EYE, EYE, EYE, 2, is_causal=True, key_bias=(1.0, -0.5), written="fused"): (3, 2),
    Attention(EYE, EYE, EYE, EYE, written="module"): (2, 2),
    LayerNorm((2.0, -1.0, 0.5), (1.0, 0.5, -1.0)): (3,),
    RMSNorm((2.0, -1.0, 0.5), eps=0.5): (3,),
    GroupNorm((2.0, -1.0, 0.5, 1.0), (1.0, 0.5, -1.0, 0.0), num_groups=2): (4,),
    InstanceNorm((2.0, -1.0), (1.0, 0.5)): (2, 3),
    PositionalEncoding(((1.0, -2.0), (0.5, 3.0))): (2, 2),
    Dropout(): (2,),
    Flatten(): (2, 2),
    Residual(((Linear(((1.0, 2.0), (0.0, 1.0)), (1.0, 0.0)),), (Linear(((1.0, 0.0), (3.0, 0.0)), (0.0, 0.0)),))): (2,),
    Concat(((Linear(((1.0, 2.0),), (1.0,)),), ())): (2,),
    Product(((Linear(((1.0, 2.0), (0.0, 1.0)), (1.0, 0.0)),), (Linear(((1.0, 0.0), (3.0, 0.0)), (0.0, 0.0)),))): (2,),
}
"""One layer of each kind, and the shape of an input to it."""


@pytest.fixture(scope="session")
def every_kind():
    """Return a layer of each kind with the shape of an input to it."""
    return EVERY_KIND


@pytest.fixture(params=EVERY_KIND, ids=lambda layer: layer.kind)
def layer(request):
    """Return a layer, one kind after the other."""
    return request.param


@pytest.fixture
def random():
    """Return a seeded generator."""
    return Random(70)


@pytest.fixture(scope="session")
def numbers():
    """Return a function that draws an array of small dyadic rationals as nested tuples."""

    def draw(random, *sizes):
        if not sizes:
            return random.randint(-12, 12) / 4
        return tuple(draw(random, *sizes[1:]) for _ in range(sizes[0]))

    return draw


@pytest.fixture(scope="session")
def agrees(defined):
    """Return a function that compares a layer's shape and steps with its definition, and both with PyTorch.

    The definition is met exactly, at dyadic and at other rational points; PyTorch to the last bit, or ``within``.
    """

    def compare(layer, shape, random, *, within=0.0):
        size = len(torch.zeros(shape).flatten())
        dyadic = [[random.randint(-96, 96) / 16 for _ in range(size)] for _ in range(POINTS)]
        rational = [Fraction(random.randint(-9, 9), random.choice((1, 3, 7))) for _ in range(size)]
        expected = [defined(layer, shape, point) for point in [*dyadic, rational]]
        assert {found for found, _ in expected} == {layer.shape_after(shape)}
        assert evaluate(lower((layer,), shape), [*dyadic, rational]) == [tuple(values) for _, values in expected]
        outputs = _torch(layer, shape)(torch.tensor(dyadic, dtype=torch.float64).reshape(-1, *shape))
        assert tuple(outputs.shape[1:]) == layer.shape_after(shape)
        for found, (_, values) in zip(outputs.flatten(1).tolist(), expected, strict=False):
            assert found == pytest.approx([float(value) for value in values], rel=0, abs=within)

    return compare


def _torch(layer, shape):
    model = eval(layer.constructor(shape), {"nn": nn}).double().eval()
    state = {name: torch.tensor(value, dtype=torch.float64) for name, value in layer.state.items()}
    left_out, unexpected = model.load_state_dict(state, strict=False)
    assert set(left_out) <= {"num_batches_tracked"}
    assert not unexpected
    return model
