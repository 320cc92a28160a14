"""Networks as values."""

from fractions import Fraction
from random import Random

import numpy as np
import pytest

from axiomcheck.engine.campaign import DEFAULT_FAMILIES
from axiomcheck.networks import (
    AxiomcheckError,
    BatchNorm,
    Concat,
    Conv,
    Flatten,
    Linear,
    MaxPool,
    Network,
    ReLU,
    Residual,
    Softmax,
    Style,
)
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies.codec import block_size, draw_network, draw_points

LARGER = Network((Linear(((1.0, -1.0), (0.0, 1.0)), (0.0, 0.0)), ReLU(), Linear(((1.0, 1.0),), (0.0,))))


def test_exact_equals_plain_loops(draw_networks, draw_point, naive):
    """``exact`` is what fractions in plain loops give."""
    random = Random(3)
    for network in draw_networks(50, seed=3):
        if not network.has_softmax:
            x = draw_point(random, network.in_features)
            assert network.exact(x) == tuple(naive(network, x)[-1])


@pytest.mark.parametrize("preset", DEFAULT_FAMILIES)
def test_float_outputs_are_exact(preset, draw_blocks):
    """On drawn networks and points float64 loses nothing where nothing is divided by three: bit for bit."""
    family, compared = PRESETS[preset], 0
    for block in draw_blocks(200, 4, block_size(family)):
        network = draw_network(block, family)
        if any(getattr(step, "scale", 1).bit_count() != 1 for step in network.steps):
            continue
        points, compared = draw_points(block, family, network.in_features, 4), compared + 1
        for x, outputs in zip(points, network.outputs(np.array(points)).tolist(), strict=True):
            assert tuple(map(Fraction, outputs)) == network.value(x)
    assert compared > 150


def test_float_outputs_of_all_layers_are_exact(random_networks, random_point, naive):
    """So they are on dyadic networks of every kind of layer, in batches; and they are what plain loops give."""
    random = Random(6)
    for network in random_networks(150, seed=6):
        points = [random_point(random, network) for _ in range(3)]
        outputs = network.outputs(np.array(points)).tolist()
        assert outputs == [naive(network, x)[-1] for x in points]


def test_exact_knows_a_third():
    """A point that no float can be is evaluated exactly: max(1/3, 2/3) of the tutorial's network."""
    assert LARGER.exact((Fraction(1, 3), Fraction(2, 3))) == (Fraction(2, 3),)


def test_a_network_without_a_shape_begins_with_a_linear_layer():
    """The shape of a first Linear is known; where another layer comes first, or none, it must be said."""
    for layers in ((), (ReLU(),)):
        with pytest.raises(AxiomcheckError, match="a shape, or a network that begins with a Linear"):
            Network(layers)
    assert LARGER.shape == (2,)


def test_a_network_without_layers_passes_its_input_or_is_refused():
    """With a shape and no layer it is the identity, in all that one asks of it, or an error in one sentence."""
    try:
        network = Network((), (2,))
    except AxiomcheckError:
        return
    assert network.value((1.0, 2.0)) == (1, 2)
    assert (network.ends_in_relu, network.has_softmax) == (False, False)
    assert not network.on_kink((0.0, 0.0))


@pytest.mark.parametrize(
    ("layer", "shape", "x", "outputs"),
    [
        (ReLU(), (2,), (-1.0, 2.0), (0, 2)),
        (Flatten(), (1, 2), (-1.0, 2.0), (-1, 2)),
        (BatchNorm.of((1.0,), (2.0,), (1.0,), (0.0,)), (1,), (5.0,), (2,)),
        (Residual(((), ())), (2,), (1.0, 2.0), (2, 4)),
        (Softmax(), (2,), (1.0, 1.0), (0.5, 0.5)),
    ],
)
def test_a_single_layer_is_a_network(layer, shape, x, outputs):
    """Any layer that gives flat outputs is a whole network, with all that networks have."""
    network = Network((layer,), shape)
    assert network.value(x) == outputs
    assert (network.in_features, network.out_features) == (len(x), len(outputs))
    assert not network.is_plain
    assert (network.ends_in_relu, network.has_softmax) == (layer == ReLU(), layer == Softmax())
    assert network.leaves == (() if isinstance(layer, Residual) else (layer,))


@pytest.mark.parametrize(
    ("layers", "shape", "message"),
    [
        (
            (Linear(((1.0,), (1.0,)), (0.0, 0.0)), ReLU(), Linear(((1.0,),), (0.0,))),
            (),
            "nn.Linear(1, 1, bias=False) does not fit inputs of shape (2,): it reads (1,)",
        ),
        (
            (ReLU(), Conv.of([[[[1.0] * 5] * 5]])),
            (1, 3, 3),
            "nn.Conv2d(1, 1, 5, bias=False) does not fit inputs of shape (1, 3, 3): a kernel of 5 is too large",
        ),
        (
            (MaxPool((2,), (2,)), MaxPool((2,), (2,))),
            (1, 3),
            "nn.MaxPool1d(2) does not fit inputs of shape (1, 1): a kernel of 2 is too large",
        ),
        ((ReLU(),), (1, 2), "Expected outputs (K,) but got (1, 2): flatten them"),
        ((Softmax(), ReLU()), (2,), "Expected a softmax at the end alone"),
        ((Residual(((Softmax(),), ())), ReLU()), (2,), "Expected a softmax at the end alone"),
        ((Residual(((), (Softmax(),))),), (2,), "Expected a softmax at the end alone"),
    ],
)
def test_layers_must_fit(layers, shape, message):
    """What does not fit is told in one sentence, with the layer and the shape that reaches it."""
    with pytest.raises(AxiomcheckError) as told:
        Network(layers, shape)
    assert str(told.value) == message


def test_shape_is_read_from_the_layers():
    """Variables, outputs and the ReLU at the end are those of the layers."""
    assert (LARGER.in_features, LARGER.out_features, LARGER.ends_in_relu) == (2, 1, False)
    assert Network((*LARGER.layers, ReLU())).ends_in_relu


def test_only_chains_of_linear_and_relu_are_plain():
    """A perceptron is plain; what begins with a ReLU, or has any other layer, is not."""
    assert LARGER.is_plain
    assert not Network((ReLU(), *LARGER.layers), (2,)).is_plain
    assert not Network((*LARGER.layers, Flatten())).is_plain


def test_networks_are_values(random_networks):
    """Networks with equal layers are equal and hash alike, so that they can be keys; styles and shapes count."""
    assert len({LARGER, Network(tuple(LARGER.layers))}) == 1
    assert len({LARGER, Network(LARGER.layers, style=Style(relu="reused"))}) == 2
    assert len({Network((Flatten(),), shape) for shape in ((2,), (1, 2), (2, 1))}) == 3
    for one, other in zip(random_networks(30, seed=7), random_networks(30, seed=7), strict=True):
        assert one == other
        assert hash(one) == hash(other)


def test_numbers_lists_weights_then_biases_layer_by_layer():
    """``numbers`` goes through each layer's rows and then its biases."""
    network = Network((Linear(((1.0, 2.0), (3.0, 4.0)), (5.0, 6.0)), ReLU(), Linear(((7.0, 8.0),), (9.0,))))
    assert network.numbers == tuple(float(i) for i in range(1, 10))


def test_numbers_are_given_back(random_networks):
    """Its own numbers make the same network, others another that has them, blocks included."""
    for network in random_networks(100, seed=8):
        assert network.with_numbers(network.numbers) == network
        others = tuple(number + 1 for number in network.numbers)
        assert network.with_numbers(others).numbers == others
        assert [leaf.kind for leaf in network.with_numbers(others).leaves] == [leaf.kind for leaf in network.leaves]


def test_size_counts_relus_variables_outputs_layers_and_parameters():
    """The tutorial's network has 2 ReLUs, 2 variables, 1 output, 3 layers and 5 parameters that are not 0."""
    assert LARGER.size[:5] == (2, 2, 1, 3, 5)


def test_size_counts_what_maxima_compare():
    """Windows of 3 and of 2 have as many kinks as units to compare with the first."""
    assert Network((MaxPool((3,), (1,)), Flatten()), (1, 4)).size[0] == 4
    assert Network((MaxPool((2,), (2,)), Flatten()), (2, 4)).size[0] == 4


def test_smaller_networks_have_smaller_keys():
    """A layer less, a signal made a vector, or a plainer style make a network simpler."""
    shorter = Network((Flatten(),), (1, 2))
    longer = Network((Flatten(), Flatten()), (1, 2))
    assert Network((Flatten(),), (2,)).size < shorter.size < longer.size
    assert LARGER.size < Network(LARGER.layers, style=Style(relu="functional")).size


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


def test_magnitude_bounds_outputs_and_slopes_of_all_layers(random_networks, random_point, naive):
    """With blocks, clips and pools too it bounds outputs, and how far a small step changes them."""
    random = Random(9)
    for network in random_networks(80, seed=9):
        x = random_point(random, network)
        most, outputs = network.magnitude(x), naive(network, x)[-1]
        assert max(map(abs, outputs)) <= most
        for i in random.sample(range(len(x)), min(len(x), 2)):
            moved = naive(network, [value + Fraction(1, 2**60) * (i == j) for j, value in enumerate(x)])[-1]
            assert max(abs(b - a) * 2**60 for a, b in zip(outputs, moved, strict=True)) <= most


def test_magnitude_bounds_the_partial_sums_of_the_outputs(random_networks, random_point, naive):
    """However far the terms of the last sum have been added up, the magnitude is at least that."""
    random, networks = Random(11), [n for n in random_networks(80, seed=11) if isinstance(n.layers[-1], Linear)]
    for network in networks:
        x, last = random_point(random, network), network.layers[-1]
        for row, bias in zip(last.weight, last.bias, strict=True):
            total = Fraction(bias)
            for weight, value in zip(row, naive(network, x)[-2], strict=True):
                total += Fraction(weight) * value
                assert abs(total) <= network.magnitude(x)
    assert len(networks) > 30


def test_variables_without_influence_change_nothing(random_networks, random_point, naive):
    """Where ``influence`` is false, moving the variable far moves the output not at all."""
    random, tried = Random(10), 0
    for network in random_networks(150, seed=10, softmax=True):
        assert network.influence.shape == (network.in_features, network.out_features)
        free = np.argwhere(~network.influence).tolist()
        x = random_point(random, network)
        for i, k in free:
            tried += 1
            moved = [random.randint(-500, 500) if i == j else value for j, value in enumerate(x)]
            assert naive(network, moved)[-1][k] == naive(network, x)[-1][k]
    assert tried > 100


def test_influence_by_hand():
    """A weight of 0 keeps a variable out, a block lets it by, a maximum and a softmax mix."""
    blind = Linear(((1.0, 0.0), (0.0, 0.0)), (0.0, 1.0))
    assert Network((blind,)).influence.tolist() == [[True, False], [False, False]]
    assert Network((Residual(((blind,), ())),), (2,)).influence.tolist() == [[True, False], [False, True]]
    assert Network((Concat(((blind,), ())),), (2,)).influence.tolist() == [
        [True, False, True, False],
        [False, False, False, True],
    ]
    assert Network((MaxPool((2,), (1,)), Flatten()), (1, 3)).influence.tolist() == [
        [True, False],
        [True, True],
        [False, True],
    ]
    assert Network((blind, Softmax())).influence.tolist() == [[True, True], [False, False]]
