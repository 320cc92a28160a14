"""Gradients at a point, and kinks there, against exact differences."""

from fractions import Fraction
from random import Random

import numpy as np
import pytest

from axiomcheck.networks import (
    ConvTranspose,
    Flatten,
    Hardtanh,
    LeakyReLU,
    Linear,
    MaxPool,
    Network,
    ReLU,
    ReLU6,
    Residual,
    Softmax,
)

STEP = Fraction(1, 2**200)


def _slopes(network, naive, x, direction):
    """Return the exact slopes of the outputs on the way from ``x`` along ``direction``, as far as a piece goes."""
    moved = [Fraction(value) + STEP * d for value, d in zip(x, direction, strict=True)]
    return [(b - a) / STEP for a, b in zip(naive(network, x)[-1], naive(network, moved)[-1], strict=True)]


def _unit(i, size, sign=1):
    return [sign * (i == j) for j in range(size)]


def _factor(found, slopes):
    """Return the one positive number that ``found`` is ``slopes`` times."""
    factors = {Fraction(f) / s for f, s in zip(found, slopes, strict=True) if s}
    assert len(factors) <= 1
    assert all(s or not f for f, s in zip(found, slopes, strict=True))
    factor = factors.pop() if factors else Fraction(1)
    assert factor > 0
    return factor


def test_gradients_are_the_slopes_up_to_a_common_factor(random_networks, naive):
    """Off kinks the integers are the exact differences times one positive number."""
    random = Random(26)
    for network in random_networks(100, seed=26, thirds=True):
        size = network.in_features
        x = [Fraction(random.randint(-(2**30), 2**30), 2**27 - 1) for _ in range(size)]
        assert not network.on_kink(x)
        slopes = [slope for i in range(size) for slope in _slopes(network, naive, x, _unit(i, size))]
        _factor(network.gradients(x).ravel().tolist(), slopes)


def test_off_kinks_the_function_is_linear(random_networks, naive):
    """At simple points that are said to be on no kink, slopes add up: along every direction and back."""
    random, answers = Random(27), []
    for network in random_networks(150, seed=27):
        size = network.in_features
        x = [float(random.randint(-2, 2)) for _ in range(size)]
        answers.append(network.on_kink(x))
        if answers[-1]:
            continue
        gradient = [_slopes(network, naive, x, _unit(i, size)) for i in range(size)]
        flat = [slope for slopes in gradient for slope in slopes]
        _factor(network.gradients(x).ravel().tolist(), flat)
        for _ in range(6):
            direction = [random.randint(-9, 9) for _ in range(size)]
            expected = [sum(d * gradient[i][k] for i, d in enumerate(direction)) for k in range(network.out_features)]
            assert _slopes(network, naive, x, direction) == expected
            back = _slopes(network, naive, x, [-d for d in direction])
            assert back == [-slope for slope in expected]
    assert 30 < sum(answers) < 120


def test_where_slopes_do_not_add_up_is_a_kink(random_networks, naive):
    """At simple points where a direction and its opposite show different slopes, ``on_kink`` is true."""
    random, met = Random(28), 0
    for network in random_networks(150, seed=28):
        size = network.in_features
        x = [float(random.randint(-1, 1)) for _ in range(size)]
        directions = [_unit(i, size) for i in range(size)] + [[random.randint(-9, 9) for _ in range(size)]]
        bent = any(
            _slopes(network, naive, x, direction) != [-s for s in _slopes(network, naive, x, [-d for d in direction])]
            for direction in directions
        )
        met += bent
        assert network.on_kink(x) or not bent
    assert met > 40


@pytest.mark.parametrize(
    ("layers", "shape", "kinks", "smooth"),
    [
        ((ReLU(),), (1,), [(0,)], [(1,), (-1,)]),
        ((LeakyReLU(0.5),), (1,), [(0,)], [(1,), (-1,)]),
        ((ReLU6(),), (1,), [(0,), (6,)], [(3,), (-1,), (7,)]),
        ((Hardtanh(-1.0, 2.0),), (1,), [(-1,), (2,)], [(0,), (-2,), (3,)]),
        ((MaxPool((2,), (2,)), Flatten()), (1, 2), [(0, 0), (2, 2)], [(0, 1), (2, 0)]),
        ((MaxPool((3,), (1,)), Flatten()), (1, 3), [(5, 5, 1), (5, 1, 5)], [(1, 1, 5), (5, 1, 1)]),
        ((Residual(((ReLU(),), ())),), (1,), [(0,)], [(1,)]),
        ((Residual(((ReLU(), Linear(((1.0,),), (-1.0,)), ReLU()), ())), ReLU()), (1,), [(0,), (1,)], [(2,), (-1,)]),
    ],
)
def test_points_by_hand(layers, shape, kinks, smooth):
    """Thresholds and ties are kinks, other points are not."""
    network = Network(layers, shape)
    assert all(network.on_kink(x) for x in kinks)
    assert not any(network.on_kink(x) for x in smooth)


def test_dead_units_make_no_kink():
    """What only dead units feed is 0 on an open set: no kink of a ReLU, and no tie of a maximum."""
    dead = (Linear(((1.0,), (2.0,)), (-5.0, -5.0)), ReLU())
    assert not Network((*dead, ReLU())).on_kink((0.0,))
    assert not Network((*dead, Linear(((1.0, -1.0),), (0.0,)), ReLU())).on_kink((0.0,))
    tied = Network((ReLU(), MaxPool((2,), (2,)), Flatten()), (1, 2))
    assert not tied.on_kink((-1.0, -2.0))
    assert tied.on_kink((-1.0, 0.0))


def test_equal_copies_that_tie_make_no_kink():
    """The larger of two equal copies is either of them, wherever one looks."""
    copied = Network((ConvTranspose.of([[[1.0, 1.0]]]), MaxPool((2,), (2,)), Flatten()), (1, 1))
    assert not copied.on_kink((1.0,))
    assert copied.gradients((1.0,)).tolist() == [[1]]


def test_gradients_of_a_softmax():
    """Up to a factor they are s_i (δ_ij - s_j), with a sign for each."""
    network = Network((Linear(((1.0,), (-1.0,)), (0.0, 0.0)), Softmax()))
    one, other = network.gradients((0.0,))[0].tolist()
    assert one > 0
    assert one == pytest.approx(-other)


def test_gradients_of_many_bits(naive):
    """Products of weights beyond 64 bits are exact."""
    large = Linear(((2.0**40 + 1, 0.0), (1.0, 2.0**40 - 1)), (0.0, 0.0))
    network = Network((large, ReLU(), large, ReLU(), large))
    slopes = [s for i in range(2) for s in _slopes(network, naive, (1.0, 1.0), _unit(i, 2))]
    assert _factor(np.array(network.gradients((1.0, 1.0)), dtype=object).ravel().tolist(), slopes) == 1


def test_at_a_kink_the_gradient_is_a_convention():
    """At 0 a ReLU has the slope of its dead side, and of what ties the first is followed, as in PyTorch."""
    assert Network((ReLU(),), (1,)).gradients((0.0,)).tolist() == [[0]]
    assert Network((MaxPool((2,), (2,)), Flatten()), (1, 2)).gradients((1.0, 1.0)).tolist() == [[1], [0]]


def test_larger_positive_weights_are_exact(random_networks):
    """Of random layers at thirds, those of units with weights of both signs, as one writes them out."""
    random, factor = Random(33), Fraction(5, 4)
    for layer in [layer for network in random_networks(60, seed=33, thirds=True) for layer in network.linears]:
        x = [Fraction(random.randint(-30, 30), 3) for _ in range(layer.in_features)]
        expected = []
        for row, b in zip(layer.weight, layer.bias, strict=True):
            slope = tuple(Fraction(w) * (factor if w > 0 else 1) for w in row)
            if min(row) < 0 < max(row):
                at_0 = Fraction(b) * (factor if b > 0 else 1)
                expected.append((sum((s * v for s, v in zip(slope, x, strict=True)), at_0), slope))
        assert list(Network((layer,)).weighted_sums(x, factor)) == expected
