"""Homogeneity."""

from dataclasses import replace

import pytest

from axiomcheck.explainers.methods.grad_x_input import grad_x_input
from axiomcheck.explainers.methods.gradient_squared import gradient_squared
from axiomcheck.explainers.methods.lrp_epsilon import LRPEpsilon
from axiomcheck.explainers.methods.lrp_z_plus import LRPZPlus
from axiomcheck.explainers.methods.uniform import uniform
from axiomcheck.networks import Case, Linear, Network, Softmax
from axiomcheck.networks.derivations import Combined, Scaled
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies.codec import block_size
from axiomcheck.strategies.related import scaled_functions

NAME = "homogeneity"


@pytest.fixture
def tripled(linear):
    """Return f = x1 - 1 at 2, and 3 f."""
    return Case(linear(1, bias=-1.0), (0.0,), inputs=((2.0,),), facts=(Scaled(3.0),))


@pytest.mark.parametrize("explain", [uniform, grad_x_input, LRPZPlus()])
def test_shares_of_the_output(judged, tripled, explain):
    """Three times the output is shared in the same way."""
    assert judged(explain, NAME, tripled).kind == "holds"


def test_a_square_is_not(judged, tripled):
    """The slope 3 has the square 9, where three times 1 was due."""
    outcome = judged(gradient_squared, NAME, tripled)
    assert (outcome.kind, outcome.gap) == ("violated", 6.0)
    assert outcome.reason == "at x = (2) the scores of f are (1), those of 3 f are (9)"


def test_epsilon_has_a_unit(judged, linear):
    """x1 at 1 gets 1 / 1.1, and twice as much of 2 x1 would be 4 / 2.2: it gets 4 / 2.1."""
    outcome = judged(LRPEpsilon(epsilon=0.1), NAME, Case(linear(1), (0.0,), ((1.0,),), facts=(Scaled(2.0),)))
    assert outcome.kind == "violated"
    assert outcome.gap == pytest.approx(4 / 2.1 - 4 / 2.2)


def test_dead_is_vacuous(judged, linear):
    """Three times nothing is nothing."""
    dead = Case(linear(1, relu=True), (0.0,), inputs=((-1.0,),), facts=(Scaled(3.0),))
    assert judged(grad_x_input, NAME, dead).kind == "vacuous"
    assert judged(grad_x_input, NAME, replace(dead, inputs=((0.0,),))).reason == "every input lies on a kink"


def test_there_must_be_a_multiple(judged, tripled):
    """A factor that is not positive, another derivation and a softmax have none."""
    likely = Network((Linear(((1.0,), (0.0,)), (0.0, 0.0)), Softmax()))
    assert judged(uniform, NAME, replace(tripled, facts=(Scaled(-1.0),))).kind == "rejected"
    assert judged(uniform, NAME, replace(tripled, facts=(Combined(1.0, 1.0, 1),))).kind == "rejected"
    assert judged(uniform, NAME, replace(tripled, network=likely)).kind == "rejected"


@pytest.mark.parametrize("preset", PRESETS)
def test_draws(judged, preset, draw_blocks):
    """Drawn cases are of their family, four of five could fail, and gradient × input keeps it."""
    family = PRESETS[preset]
    cases = [scaled_functions(block, family) for block in draw_blocks(40, 156, block_size(family))]
    assert all(case.belongs_to(family) for case in cases)
    kinds = [judged(grad_x_input, NAME, case).kind for case in cases]
    assert kinds.count("holds") > 32
    assert "violated" not in kinds


def test_one_factor_is_no_power_of_two(draw_blocks):
    """Powers of two change no digits: not all factors are such."""
    cases = [scaled_functions(block, PRESETS["biased"]) for block in draw_blocks(40, 157)]
    assert {2.0, 3.0} < {case.derivation.factor for case in cases}


def test_the_sign_counts(judged, linear):
    """Scores that turn their sign with a larger f are as large as they should be, and wrong."""

    def turning(model, inputs, target):
        scores = grad_x_input(model, inputs, target)
        return -scores if float(scores.abs().max()) > 1.5 else scores

    case = Case(linear(1), (0.0,), inputs=((1.0,),), facts=(Scaled(2.0),))
    outcome = judged(turning, "homogeneity", case)
    assert (outcome.kind, outcome.gap) == ("violated", 4.0)
