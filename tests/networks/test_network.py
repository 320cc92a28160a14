"""Networks as values."""

from fractions import Fraction
from random import Random

import numpy as np
import pytest

from axiomcheck.networks import AxiomcheckError, Linear, Network, ReLU
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies.codec import draw_network, draw_points

LARGER = Network((Linear(((1.0, -1.0), (0.0, 1.0)), (0.0, 0.0)), ReLU(), Linear(((1.0, 1.0),), (0.0,))))


def test_exact_equals_plain_loops(draw_networks, draw_point, naive):
    """``exact`` is what fractions in plain loops give."""
    random = Random(3)
    for network in draw_networks(50, seed=3):
        x = draw_point(random, network.in_features)
        assert network.exact(x) == tuple(naive(network, x)[-1])


@pytest.mark.parametrize("preset", PRESETS)
def test_float_outputs_are_exact(preset, draw_blocks):
    """On drawn networks and points float64 loses nothing: ``outputs`` equals ``exact`` bit for bit."""
    for block in draw_blocks(200, seed=4):
        network = draw_network(block, PRESETS[preset])
        points = draw_points(block, PRESETS[preset], network.in_features, 4)
        for x, outputs in zip(points, network.outputs(np.array(points)).tolist(), strict=True):
            assert tuple(map(Fraction, outputs)) == network.exact(x)


def test_exact_knows_a_third():
    """A point that no float can be is evaluated exactly: max(1/3, 2/3) of the tutorial's network."""
    assert LARGER.exact((Fraction(1, 3), Fraction(2, 3))) == (Fraction(2, 3),)


def test_network_begins_with_an_affine_layer():
    """A network that begins with a ReLU, or is empty, is refused."""
    for layers in ((), (ReLU(),)):
        with pytest.raises(AxiomcheckError, match="begins with a Linear"):
            Network(layers)


def test_layers_must_fit():
    """Two outputs cannot feed a layer of one input."""
    with pytest.raises(AxiomcheckError, match="2 inputs but got one of 1"):
        Network((Linear(((1.0,), (1.0,)), (0.0, 0.0)), ReLU(), Linear(((1.0,),), (0.0,))))


def test_shape_is_read_from_the_layers():
    """Variables, outputs and the ReLU at the end are those of the layers."""
    assert (LARGER.in_features, LARGER.out_features, LARGER.ends_in_relu) == (2, 1, False)
    assert Network((*LARGER.layers, ReLU())).ends_in_relu


def test_networks_are_values():
    """Networks with equal layers are equal and hash alike, so that they can be keys."""
    assert len({LARGER, Network(tuple(LARGER.layers))}) == 1


def test_numbers_lists_weights_then_biases_layer_by_layer():
    """``numbers`` goes through each layer's rows and then its biases."""
    network = Network((Linear(((1.0, 2.0), (3.0, 4.0)), (5.0, 6.0)), ReLU(), Linear(((7.0, 8.0),), (9.0,))))
    assert network.numbers == tuple(float(i) for i in range(1, 10))


def test_size_counts_relus_variables_outputs_layers_and_parameters():
    """The tutorial's network has 2 ReLUs, 2 variables, 1 output, 3 layers and 5 parameters that are not 0."""
    assert LARGER.size[:5] == (2, 2, 1, 3, 5)


def test_magnitude_bounds_every_term(draw_networks, draw_point):
    """The magnitude is at least the output and at least the derivative, at every point."""
    random = Random(5)
    for network in draw_networks(30, seed=5):
        x = tuple(map(float, draw_point(random, network.in_features)))
        near = tuple(value + 2.0**-10 for value in x)
        outputs = np.abs(network.outputs(np.array([x, near])))
        slope = np.abs(np.diff(network.outputs(np.array([x, near])), axis=0)) * 2**10
        assert max(outputs.max(), slope.max()) <= network.magnitude(x) * (1 + 1e-3) + 1e-6


def test_magnitude_of_the_tutorials_network():
    """relu(x1 - x2) + relu(x2) adds up 2 + 2 + 2 at |(1, 1)| + 1, with every weight positive."""
    assert LARGER.magnitude((1.0, -1.0)) == 6.0
