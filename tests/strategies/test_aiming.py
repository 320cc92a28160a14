"""Inputs at zero pre-activations."""

from random import Random

from axiomcheck.networks import Linear, Network, ReLU
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies.aiming import at_zero_preactivation
from axiomcheck.strategies.codec import draw_network, draw_points

TWO = Linear(((1.0, -1.0), (3.0, 0.5)), (0.0, 2.0))
TOP = Linear(((1.0, 1.0),), (0.0,))


def test_one_coordinate_is_moved_to_a_zero():
    """x1 - x2 is 0 at (1, 1), 3·x1 + x2/2 + 2 at (5, -34): one coordinate of (5, 1) is another."""
    linear = Network((TWO, TOP))
    assert at_zero_preactivation(linear, (5.0, 1.0), 0) == (1.0, 1.0)
    assert at_zero_preactivation(linear, (5.0, 1.0), 1) == (5.0, -34.0)


def test_layers_with_a_relu_are_left_alone():
    """Behind a ReLU a zero pre-activation is a kink: there the input stays."""
    assert at_zero_preactivation(Network((TWO, ReLU(), TOP)), (5.0, 1.0), 0) == (5.0, 1.0)


def test_weights_that_cannot_be_divided_by_exactly_are_left_alone():
    """With 3 the coordinate would be no dyadic number: the input stays."""
    assert at_zero_preactivation(Network((Linear(((3.0,),), (1.0,)), Linear(((1.0,),), (0.0,)))), (5.0,), 0) == (5.0,)


def test_random_networks_are_met_exactly(draw_blocks):
    """On random linear layers a moved input differs in one coordinate, and makes some unit exactly 0."""
    random, moved = Random(131), 0
    for block in draw_blocks(200, seed=131):
        drawn = draw_network(block, PRESETS["biased"])
        network = Network((drawn.linears[0],))
        (x,) = draw_points(block, PRESETS["biased"], network.in_features, 1)
        aimed = at_zero_preactivation(network, x, random.randrange(256))
        if aimed != x:
            moved += 1
            assert sum(a != b for a, b in zip(aimed, x, strict=True)) == 1
            assert 0 in network.exact(aimed)
    assert moved > 100
