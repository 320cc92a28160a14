"""Formulas are read back and compared with the network."""

import re
from fractions import Fraction
from math import exp
from random import Random

import pytest

from axiomcheck.networks import (
    AvgPool,
    Concat,
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
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies.codec import draw_network
from axiomcheck.strategies.rewrites import draw_twin

PERCEPTRONS = ("bias-free", "deep-taylor", "biased")
NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?:e[+-]?\d+)?")


def _softmax(*values):
    """Return the shares by number, counted from 1."""
    grown = [exp(value - max(values)) for value in values]
    return {number: share / sum(grown) for number, share in enumerate(grown, start=1)}


def _evaluated(text, x):
    """Return the values of the f lines of ``text`` at ``x``, in fractions."""
    names = {"Fraction": Fraction, "max": max, "relu": lambda value: max(value, Fraction(0)), "softmax": _softmax}
    names.update({f"x{i + 1}": Fraction(value) for i, value in enumerate(x)})
    outputs = []
    for line in text.splitlines():
        left, _, right = line.partition(" = ")
        value = eval(NUMBER.sub(lambda match: f"Fraction('{match[0]}')", right), names)
        if left.startswith("f"):
            outputs.append(Fraction(value))
        else:
            assert left not in names
            names[left] = value
    return tuple(outputs)


def test_formula_is_the_function(draw_networks, draw_point):
    """Read as Python, all lines of the formula give the exact outputs at random points."""
    random = Random(9)
    for network in draw_networks(100, seed=9, presets=PERCEPTRONS):
        for _ in range(3):
            x = draw_point(random, network.in_features)
            assert _evaluated(network.formula(), x) == network.value(x)


def test_formula_of_all_layers_is_the_function(random_networks, draw_point, naive):
    """So do those of networks of all layers, with blocks, maxima, clips and averages of three."""
    random = Random(12)
    for network in random_networks(120, 12, thirds=True):
        x = draw_point(random, network.in_features)
        assert _evaluated(network.formula(), x) == tuple(naive(network, x)[-1])


def test_formula_of_probabilities(random_networks, random_point):
    """A softmax is written with the number of its output, and read so it is the network within 10⁻¹²."""
    random, networks = Random(13), [n for n in random_networks(60, 13, softmax=True) if n.has_softmax]
    for network in networks:
        x = random_point(random, network)
        found = [float(value) for value in _evaluated(network.formula(), x)]
        assert found == pytest.approx([float(value) for value in network.value(x)], rel=0, abs=1e-12)
    assert len(networks) > 10


def test_formula_of_one_output(draw_networks, draw_point):
    """With a target the formula is that output's alone."""
    random = Random(10)
    for network in draw_networks(30, seed=10, presets=("biased",)):
        x = draw_point(random, network.in_features)
        for target in range(network.out_features):
            assert _evaluated(network.formula(target), x) == (network.value(x)[target],)


@pytest.mark.parametrize("preset", PERCEPTRONS)
def test_formula_of_rewritten_networks(preset, draw_blocks, draw_point):
    """Deeper networks, with layers of no ReLU between, are told as exactly, inside the rewrite's domain."""
    random = Random(11)
    for block in draw_blocks(50, seed=11):
        twin = draw_twin(block, draw_network(block, PRESETS[preset]), PRESETS[preset])
        x = draw_point(random, twin.network.in_features, nonnegative=twin.on_nonnegative)
        assert _evaluated(twin.rewritten.formula(), x) == twin.network.value(x)


def test_some_formulas_have_named_units(draw_networks):
    """Long units that are used twice get names, at least in some random networks: the tests above have met them."""
    formulas = [network.formula() for network in draw_networks(100, seed=9)]
    assert sum("h1 = " in text and "h2 = " in text for text in formulas) >= 5


def test_repeated_long_unit_is_named_once():
    """relu(relu(x1 + 2*x2 + 3*x3)) read by two units stands on a line of its own."""
    wide = Linear(((1.0, 2.0, 3.0),), (0.5,))
    network = Network((wide, ReLU(), Linear(((1.0,), (-1.0,)), (1.0, 2.0)), ReLU(), Linear(((1.0, 1.0),), (0.0,))))
    assert network.formula().splitlines() == [
        "h1 = relu(x1 + 2*x2 + 3*x3 + 0.5)",
        "f(x1, x2, x3) = relu(h1 + 1) + relu(-h1 + 2)",
    ]


def test_unread_definitions_are_left_out():
    """A unit that the chosen output does not read is not defined."""
    wide = Linear(((1.0, 2.0, 3.0), (0.0, 0.0, 1.0)), (0.5, 0.0))
    network = Network((wide, ReLU(), Linear(((1.0, 0.0), (1.0, 0.0), (0.0, 1.0)), (0.0, 1.0, 0.0))))
    assert network.formula(2) == "f(x1, x2, x3) = relu(x3)"


def test_constants_are_written():
    """A network of zeros is 0, and one of a bias is the bias."""
    assert Network((Linear(((0.0,),), (0.0,)),)).formula() == "f(x1) = 0"
    assert Network((Linear(((0.0,),), (-2.0,)),)).formula() == "f(x1) = -2"


def test_textbook_formula():
    """The tutorial's maximum is written as in the tutorial."""
    larger = Network((Linear(((1.0, -1.0), (0.0, 1.0)), (0.0, 0.0)), ReLU(), Linear(((1.0, 1.0),), (0.0,))))
    assert larger.formula() == "f(x1, x2) = relu(x1 - x2) + relu(x2)"


@pytest.mark.parametrize(
    ("layers", "shape", "text"),
    [
        ((ReLU(),), (1,), "f(x1) = relu(x1)"),
        ((LeakyReLU(0.5),), (1,), "f(x1) = 0.5*x1 + 0.5*relu(x1)"),
        ((ReLU6(),), (1,), "f(x1) = relu(x1) - relu(x1 - 6)"),
        ((Hardtanh(-1.0, 1.0),), (1,), "f(x1) = relu(x1 + 1) - relu(x1 - 1) - 1"),
        ((MaxPool((2,), (2,)), Flatten()), (1, 2), "f(x1, x2) = max(x1, x2)"),
        ((AvgPool((3,), (3,)), Flatten()), (1, 3), "f(x1, x2, x3) = 1/3*x1 + 1/3*x2 + 1/3*x3"),
        ((Residual(((ReLU(),), ())),), (1,), "f(x1) = relu(x1) + x1"),
        (
            (Concat(((Linear(((2.0,),), (1.0,)),), ())), Softmax()),
            (1,),
            "f1(x1) = softmax(2*x1 + 1, x1)[1]\nf2(x1) = softmax(2*x1 + 1, x1)[2]",
        ),
    ],
)
def test_formulas_by_hand(layers, shape, text):
    """Each kind of layer is written as people would write it."""
    assert Network(layers, shape).formula() == text
