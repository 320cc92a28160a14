"""Exact evaluation against plain loops."""

from fractions import Fraction
from random import Random

from axiomcheck.networks.exact import Rows, evaluate, passes


def test_evaluate_equals_plain_loops(draw_networks, draw_point, naive):
    """Integers over a common denominator give what fractions in plain loops give, for rational points too."""
    random = Random(1)
    for network in draw_networks(100, seed=1):
        points = [draw_point(random, network.in_features) for _ in range(3)]
        assert evaluate(network.steps, points) == [tuple(naive(network, x)[-1]) for x in points]


def test_passes_yields_what_enters_every_layer(draw_networks, draw_point, naive):
    """The rows before each layer are the values that plain loops reach there; the last are the outputs."""
    random = Random(2)
    for network in draw_networks(30, seed=2):
        x = draw_point(random, network.in_features)
        found = [(index, list(rows.fractions()[0])) for index, rows in passes(network.steps, [x])]
        assert found == list(enumerate(naive(network, x)))


def test_rows_keep_mixed_numbers_exactly():
    """Floats, integers and fractions of one point come back as they went in."""
    assert Rows.of([(0.1, Fraction(1, 3), 2)]).fractions() == [(Fraction(0.1), Fraction(1, 3), Fraction(2))]


def test_rows_of_a_batch_have_their_own_scales():
    """Each row has the least common denominator of its own numbers."""
    assert Rows.of([(0.5, 0.25), (Fraction(1, 3), 1.0)]).scale.tolist() == [4, 3]
