"""Pools as convolutions."""

from fractions import Fraction
from itertools import product
from random import Random

import pytest

from axiomcheck.networks import AvgPool, Concat, Conv, DoesNotApply, Flatten, MaxPool, Network, ReLU
from axiomcheck.networks.rewrites.pools import AverageAsConv, MaxPoolAsRelu


def test_averages():
    """Each channel has a kernel of quarters."""
    network = Network((AvgPool((2, 2), (1, 2)), Flatten()), (2, 3, 4))
    quarters = ((0.25, 0.25), (0.25, 0.25))
    conv = Conv(((quarters,), (quarters,)), (0.0, 0.0), (1, 2), (0, 0), groups=2)
    assert AverageAsConv(0).apply(network).layers == (conv, Flatten())


def test_averages_that_would_be_rounded():
    """A third is no dyadic rational."""
    with pytest.raises(DoesNotApply, match="average pool 0 has windows of 3"):
        AverageAsConv(0).apply(Network((AvgPool((3,), (1,)), Flatten()), (1, 3)))


def test_the_larger_of_two():
    """max(a, b) = relu(a - b) + relu(b) - relu(-b)."""
    network = Network((MaxPool((2,), (2,)), Flatten()), (1, 2))
    pairs = Conv.of([[[1.0, -1.0]], [[0.0, 1.0]], [[0.0, -1.0]]], stride=2)
    joined = Conv.of([[[1.0], [1.0], [-1.0]]])
    rewritten = MaxPoolAsRelu(0).apply(network)
    assert rewritten.layers == (pairs, ReLU(), joined, Flatten())
    assert rewritten.formula() == "f(x1, x2) = relu(x1 - x2) + relu(x2) - relu(-x2)"


@pytest.mark.parametrize(("size", "steps"), [(2, 1), (3, 2), (4, 2), (5, 3), (8, 3)])
def test_windows_double(size, steps):
    """It takes as many steps as doublings reach the size."""
    layers = MaxPoolAsRelu(0).apply(Network((MaxPool((size,), (1,)), Flatten()), (1, size))).layers
    assert layers.count(ReLU()) == steps


def _largest(x, shape, kernel, stride):
    """Return the largest of every window, in plain loops."""
    channels, height, width = shape
    found = []
    for c, i, j in product(range(channels), range(height), range(width)):
        fits = i % stride[0] == j % stride[1] == 0 and i + kernel[0] <= height and j + kernel[1] <= width
        if fits:
            inside = [(i + di, j + dj) for di in range(kernel[0]) for dj in range(kernel[1])]
            found.append(max(x[(c * height + row) * width + column] for row, column in inside))
    return tuple(found)


@pytest.mark.parametrize("kernel", [(1, 2), (2, 1), (2, 2), (3, 2), (4, 3), (2, 5)])
@pytest.mark.parametrize("stride", [(1, 1), (2, 1), (1, 3), (2, 2)])
def test_the_largest_of_every_window(kernel, stride, draw_point):
    """Pool and rewrite say what plain loops say, at rational points of any sign."""
    shape, random = (2, 4, 5), Random(53)
    network = Network((MaxPool(kernel, stride), Flatten()), shape)
    rewritten = MaxPoolAsRelu(0).apply(network)
    for _ in range(5):
        x = draw_point(random, 40)
        assert network.exact(x) == rewritten.exact(x) == _largest(x, shape, kernel, stride)


def _inside(first, kernel, size):
    """Return the places of a window along one axis that are no padding."""
    return [place for place in range(first, first + kernel) if 0 <= place < size]


def _along(size, kernel, stride, padding, *, beyond):
    """Return the places of each window along one axis; ``beyond``: one may end behind the padding, if it begins before.

    That is how PyTorch's documentation defines ``ceil_mode``.
    """
    starts = range(-padding, size if beyond else size + padding - kernel + 1, stride)
    last = size + padding - kernel
    return [_inside(first, kernel, size) for first in starts if first <= last or first - stride < last]


@pytest.mark.parametrize("ceil_mode", [False, True])
@pytest.mark.parametrize("padding", [(0, 0), (1, 0), (1, 1), (0, 2)])
@pytest.mark.parametrize(("kernel", "stride"), [((2, 4), (2, 3)), ((3, 5), (2, 2)), ((3, 4), (3, 1)), ((2, 4), (3, 5))])
def test_windows_beyond_the_edge(kernel, stride, padding, ceil_mode, draw_point):
    """Places outside are never the largest: pool and rewrite say what plain loops over those inside say."""
    shape, random = (2, 4, 5), Random(54)
    network = Network((MaxPool(kernel, stride, padding, ceil_mode), Flatten()), shape)
    rewritten = MaxPoolAsRelu(0).apply(network)
    rows, columns = (_along(*axis, beyond=ceil_mode) for axis in zip(shape[1:], kernel, stride, padding, strict=True))
    for _ in range(3):
        x = draw_point(random, 40)
        largest = tuple(
            max(x[(channel * 4 + i) * 5 + j] for i in row for j in column)
            for channel, row, column in product(range(2), rows, columns)
        )
        assert network.exact(x) == rewritten.exact(x) == largest


def test_a_place_that_is_repeated():
    """Of a padded window of one place the place is compared with itself: relu(x - x) + relu(x) - relu(-x)."""
    rewritten = MaxPoolAsRelu(0).apply(Network((MaxPool((2,), (2,), (1,)), Flatten()), (1, 1)))
    repeats = rewritten.layers[0]
    assert (repeats.mode, repeats.padding, repeats.weight) == ("replicate", (1,), (((1.0,),),))
    assert rewritten.exact((Fraction(-3),)) == (Fraction(-3),)


def test_one_place_is_the_largest():
    """Nothing is compared, whatever the stride."""
    with pytest.raises(DoesNotApply, match="max-pool 0 has windows of one place"):
        MaxPoolAsRelu(0).apply(Network((MaxPool((1,), (2,)), Flatten()), (1, 3)))


def test_pools_of_a_kind_are_counted():
    """The second max-pool stands in the second branch, behind an average."""
    pools = Concat(((MaxPool((2,), (2,)),), (AvgPool((2,), (1,)), MaxPool((2,), (1,)))))
    network = Network((AvgPool((1,), (1,)), pools, Flatten()), (1, 3))
    assert (MaxPoolAsRelu.count(network), AverageAsConv.count(network)) == (2, 2)
    (_, changed, _) = MaxPoolAsRelu(1).apply(network).layers
    assert changed.branches[0] == pools.branches[0]
    assert len(changed.branches[1]) == 4
