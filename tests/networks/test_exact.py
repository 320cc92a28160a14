"""Exact evaluation against plain loops."""

from fractions import Fraction
from random import Random

import pytest

from axiomcheck.networks import Linear, Network, ReLU, Residual, Softmax
from axiomcheck.networks.exact import evaluate, passes


def test_evaluate_equals_plain_loops(draw_networks, draw_point, naive):
    """Integers over a common denominator give what fractions in plain loops give, for rational points too."""
    random = Random(1)
    for network in draw_networks(100, seed=1):
        if not network.has_softmax:
            points = [draw_point(random, network.in_features) for _ in range(3)]
            assert evaluate(network.steps, points) == [tuple(naive(network, x)[-1]) for x in points]


def test_evaluate_equals_plain_loops_on_all_layers(random_networks, draw_point, naive):
    """So it does on networks of every kind of layer, averages of three places among them."""
    random = Random(3)
    for network in random_networks(60, seed=3, thirds=True):
        points = [draw_point(random, network.in_features) for _ in range(3)]
        assert evaluate(network.steps, points) == [tuple(naive(network, x)[-1]) for x in points]


def test_softmax_is_close(random_networks, draw_point, naive):
    """Probabilities are those of plain loops within 10⁻¹²."""
    random, networks = Random(4), [n for n in random_networks(80, seed=4, softmax=True) if n.has_softmax]
    for network in networks:
        x = draw_point(random, network.in_features)
        found = [float(value) for value in network.value(x)]
        assert found == pytest.approx([float(value) for value in naive(network, x)[-1]], rel=0, abs=1e-12)
    assert len(networks) > 20


def test_passes_yields_what_enters_every_layer(draw_networks, draw_point, naive):
    """The rows before each layer of a perceptron are the values of plain loops; the last are the outputs."""
    random = Random(2)
    for network in draw_networks(30, seed=2, presets=("bias-free", "deep-taylor", "biased")):
        x = draw_point(random, network.in_features)
        found = [(index, list(rows.fractions()[0])) for index, rows in passes(network.steps, [x])]
        assert found == list(enumerate(naive(network, x)))


@pytest.mark.parametrize("size", [2.0**20, 2.0**-40, 2.0**55])
def test_numbers_of_many_bits_are_exact(size, naive, draw_point):
    """Where 64 bits do not hold what is computed, Python's integers do, inside blocks too."""
    random, large = Random(5), Linear(((size, -1.0), (3.0, 1 / size)), (size, 1.0))
    network = Network((large, ReLU(), Residual(((large, ReLU(), large), ())), large))
    for _ in range(10):
        x = draw_point(random, 2)
        assert network.exact(x) == tuple(naive(network, x)[-1])


@pytest.mark.parametrize("width", [2, 4, 8, 16])
def test_sums_of_many_large_weights_are_exact(width):
    """Also where each weight fits into 64 bits and their sum does not."""
    network = Network((Linear(((2.0**60,) * width,), (2.0**60,)), ReLU(), Linear(((1.0,),), (-1.0,))))
    assert network.exact((1.0,) * width) == ((width + 1) * 2**60 - 1,)


def test_a_softmax_of_equal_numbers():
    """Two equal outputs have a half each, whatever they are."""
    assert Network((Softmax(),), (2,)).value((Fraction(1, 3), Fraction(1, 3))) == (Fraction(1, 2), Fraction(1, 2))
