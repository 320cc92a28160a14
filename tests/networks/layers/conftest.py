"""A layer against its definition and against PyTorch's."""

from fractions import Fraction
from random import Random

import pytest
import torch
from torch import nn

from axiomcheck.networks.exact import evaluate
from axiomcheck.networks.lowering import lowered

POINTS = 4


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
        assert evaluate(lowered((layer,), shape), [*dyadic, rational]) == [tuple(values) for _, values in expected]
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
