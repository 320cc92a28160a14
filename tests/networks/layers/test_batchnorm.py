"""Batch normalisation."""

from fractions import Fraction

import pytest

from axiomcheck.networks import AxiomcheckError, BatchNorm, Network
from axiomcheck.networks.layers.batchnorm import EPS

SHAPES = [(3,), (3, 4), (3, 2, 2), (3, 2, 1, 2)]


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_it_is_its_definition_and_pytorchs(agrees, random, numbers, shape):
    """With the statistics of training each channel is normalised, exactly where deviations are powers of two."""
    for _ in range(6):
        deviations = tuple(random.choice((0.125, 0.5, 1.0, 2.0, 4.0)) for _ in range(3))
        agrees(BatchNorm.of(numbers(random, 3), deviations, numbers(random, 3), numbers(random, 3)), shape, random)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("affine", [True, False])
def test_it_is_exact_with_pytorchs_eps(agrees, random, numbers, shape, affine):
    """The variance is rounded such that its sum with 1e-5 is a power of two, with weights of its own or without."""
    for _ in range(30):
        deviations = tuple(random.choice((2.0**-8, 0.125, 0.5, 1.0, 2.0, 4.0, 2.0**9)) for _ in range(3))
        learnt = (numbers(random, 3), numbers(random, 3)) if affine else ((), ())
        layer = BatchNorm.of(numbers(random, 3), deviations, *learnt, eps=1e-5)
        assert layer.scales.tolist() == [w / d for w, d in zip(learnt[0] or (1.0,) * 3, deviations, strict=True)]
        assert "eps" not in layer.constructor(shape)
        agrees(layer, shape, random)


def test_other_deviations_are_rounded_once(defined):
    """A deviation of 3 makes thirds, which floats hold within 10⁻¹²."""
    layer = BatchNorm.of((1.0,), (3.0,), (1.0,), (2.0,))
    (found,) = Network((layer,), (1,)).exact((0.5,))
    assert abs(found - defined(layer, (1,), [0.5])[1][0]) < Fraction(1, 10**12)


def test_by_hand():
    """(5 - 1) / 2 · 3 + 0.5 is 6.5."""
    assert Network((BatchNorm.of((1.0,), (2.0,), (3.0,), (0.5,)),), (1,)).exact((5.0,)) == (6.5,)


def test_scales_and_shifts():
    """Scales are weights over deviations; shifts are what is left at 0."""
    layer = BatchNorm.of((1.0, -2.0), (2.0, 0.5), (3.0, 1.0), (0.5, 0.0))
    assert layer.scales.tolist() == [1.5, 2.0]
    assert layer.shifts.tolist() == [0.5 - 1.5, 4.0]


@pytest.mark.parametrize("variance", [2.0, 0.0 - 2 * EPS, -EPS, 1.0])
def test_variances_without_an_exact_root_are_refused(variance):
    """variance + eps must be the square of a dyadic rational, and positive."""
    with pytest.raises(AxiomcheckError, match=r"variance \+ eps to be squares of dyadic rationals"):
        BatchNorm((0.0,), (variance,), (1.0,), (0.0,))


def test_another_eps():
    """With another eps the variance is another."""
    assert BatchNorm((0.0,), (3.75,), (1.0,), (0.0,), eps=0.25).scales.tolist() == [0.5]


def test_statistics_belong_to_channels():
    """One mean too many is refused; so is an input of other channels, with its shape."""
    with pytest.raises(AxiomcheckError, match="as many means as variances"):
        BatchNorm((0.0, 0.0), (1 - EPS,), (1.0,), (0.0,))
    with pytest.raises(AxiomcheckError) as told:
        BatchNorm.of((0.0,), (1.0,), (1.0,), (0.0,)).shape_after((2, 3, 3))
    assert str(told.value).endswith("does not fit inputs of shape (2, 3, 3): it reads 1 channels")
    assert str(told.value).startswith("nn.BatchNorm2d(1")
