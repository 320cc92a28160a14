"""Formulas are read back and compared with the network."""

import re
from fractions import Fraction
from random import Random

import pytest

from axiomcheck.networks import Linear, Network, ReLU
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies.codec import draw_network
from axiomcheck.strategies.rewriting import draw_twin

NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?:e[+-]?\d+)?")


def _evaluated(text, x):
    """Return the values of the f lines of ``text`` at ``x``, in fractions."""
    names = {"Fraction": Fraction, "relu": lambda value: max(value, Fraction(0))}
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
    for network in draw_networks(100, seed=9):
        for _ in range(3):
            x = draw_point(random, network.in_features)
            assert _evaluated(network.formula(), x) == network.exact(x)


def test_formula_of_one_output(draw_networks, draw_point):
    """With a target the formula is that output's alone."""
    random = Random(10)
    for network in draw_networks(30, seed=10, presets=("biased",)):
        x = draw_point(random, network.in_features)
        for target in range(network.out_features):
            assert _evaluated(network.formula(target), x) == (network.exact(x)[target],)


@pytest.mark.parametrize("preset", PRESETS)
def test_formula_of_rewritten_networks(preset, draw_blocks, draw_point):
    """Deeper networks, with layers of no ReLU between, are told as exactly, inside the rewrite's domain."""
    random = Random(11)
    for block in draw_blocks(50, seed=11):
        twin = draw_twin(block, draw_network(block, PRESETS[preset]), PRESETS[preset])
        x = draw_point(random, twin.network.in_features, nonnegative=twin.on_nonnegative)
        assert _evaluated(twin.rewritten.formula(), x) == twin.network.exact(x)


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
