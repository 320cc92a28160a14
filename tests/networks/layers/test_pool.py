"""Pools."""

from math import prod

import pytest

from axiomcheck.networks import AdaptiveAvgPool, AvgPool, AxiomcheckError, Flatten, MaxPool, Network


def _windows(random, dimensions):
    """Draw the shape of an input, a kernel, a stride, a padding and ``ceil_mode``."""
    spatial = tuple(random.randint(1, 7 - dimensions) for _ in range(dimensions))
    kernel = tuple(random.randint(1, n) for n in spatial)
    stride = random.choice((kernel, tuple(random.randint(1, 3) for _ in spatial)))
    padding = tuple(random.choice((0, k // 2)) for k in kernel)
    return (random.randint(1, 2), *spatial), (kernel, stride, padding, random.random() < 0.5)


def _rounding(places):
    """Return 0 where averages of so many places are exact in floats."""
    return 0.0 if places & (places - 1) == 0 else 1e-12


DIMENSIONS = [pytest.param(1, 100), pytest.param(2, 100), pytest.param(3, 30)]
"""How many layers are compared of each."""


@pytest.mark.parametrize(("dimensions", "count"), DIMENSIONS)
def test_max_pool_is_its_definition_and_pytorchs(agrees, random, dimensions, count):
    """Windows apart, touching, overlapping, padded and beyond the end have the largest of what they cover."""
    for _ in range(count):
        shape, windows = _windows(random, dimensions)
        agrees(MaxPool(*windows), shape, random)


@pytest.mark.parametrize(("dimensions", "count"), DIMENSIONS)
@pytest.mark.parametrize("count_include_pad", [True, False])
def test_average_pool_is_its_definition_and_pytorchs(agrees, random, dimensions, count, count_include_pad):
    """Averages are exact fractions, padding counted or not; in floats too where a window holds a power of two."""
    for _ in range(count):
        shape, windows = _windows(random, dimensions)
        even = not any(windows[2]) and not windows[3]
        within = _rounding(prod(windows[0])) if even else 1e-12
        agrees(AvgPool(*windows, count_include_pad), shape, random, within=within)


@pytest.mark.parametrize("dimensions", [1, 2, 3])
def test_adaptive_pool_is_its_definition_and_pytorchs(agrees, random, dimensions):
    """Windows from ⌊i n / m⌋ to before ⌈(i + 1) n / m⌉ are averaged, also to more places than there were."""
    for _ in range(30):
        shape = (random.randint(1, 2), *(random.randint(1, 6) for _ in range(dimensions)))
        size = tuple(random.randint(1, 4) for _ in range(dimensions))
        agrees(AdaptiveAvgPool(size), shape, random, within=1e-12)


def test_adaptive_halves_are_exact(agrees, random):
    """Four by four places to two by two have averages of four, to the last bit."""
    agrees(AdaptiveAvgPool((2, 2)), (2, 4, 4), random)


def test_pools_by_hand():
    """Of 1, 5, 2, 4 in pairs: the largest, the averages, and what overlapping pairs have."""
    x = (1.0, 5.0, 2.0, 4.0)
    assert Network((MaxPool((2,), (2,)), Flatten()), (1, 4)).exact(x) == (5, 4)
    assert Network((MaxPool((2,), (1,)), Flatten()), (1, 4)).exact(x) == (5, 5, 4)
    assert Network((AvgPool((2,), (2,)), Flatten()), (1, 4)).exact(x) == (3, 3)
    assert Network((AdaptiveAvgPool((3,)), Flatten()), (1, 4)).exact(x) == (3, 3.5, 3)


@pytest.mark.parametrize(
    ("layer", "shape", "constructor", "why"),
    [
        (MaxPool((2, 2), (2, 2)), (1, 3, 1), "nn.MaxPool2d(2)", "a kernel of 2 is too large"),
        (AvgPool((3,), (1,)), (2, 2), "nn.AvgPool1d(3, stride=1)", "a kernel of 3 is too large"),
        (MaxPool((2,), (2,)), (4,), "nn.MaxPool1d(2)", "it reads channels in 1 dimensions"),
        (AvgPool((2, 1), (2, 1)), (1, 4), "nn.AvgPool2d((2, 1))", "it reads channels in 2 dimensions"),
        (AdaptiveAvgPool((1, 2)), (1, 4), "nn.AdaptiveAvgPool2d((1, 2))", "it reads channels in 2 dimensions"),
    ],
)
def test_inputs_that_do_not_fit(layer, shape, constructor, why):
    """The sentence names the layer, the shape, and why not."""
    with pytest.raises(AxiomcheckError) as told:
        layer.shape_after(shape)
    assert str(told.value) == f"{constructor} does not fit inputs of shape {shape}: {why}"


@pytest.mark.parametrize("kind", [MaxPool, AvgPool])
@pytest.mark.parametrize(
    ("kernel", "stride", "match"),
    [
        ((), (), "one to three dimensions"),
        ((1,) * 4, (1,) * 4, "one to three dimensions"),
        ((2,), (1, 1), "one to three dimensions"),
        ((0,), (1,), "at least 1"),
        ((2, 2), (1, 0), "at least 1"),
    ],
)
def test_impossible_windows(kind, kernel, stride, match):
    """Windows of no size, no stride or four dimensions are refused."""
    with pytest.raises(AxiomcheckError, match=match):
        kind(kernel, stride)


def test_unpadded():
    """A pool whose windows go beyond its inputs is one whose windows do not; another has no such neighbour."""
    assert list(MaxPool((3,), (2,), (1,), True).unpadded()) == [MaxPool((3,), (2,))]
    assert not list(AvgPool((2, 2), (1, 1)).unpadded())
