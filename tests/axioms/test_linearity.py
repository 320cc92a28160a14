"""Linearity."""

from dataclasses import replace

import pytest

from axiomcheck.axioms import AXIOMS
from axiomcheck.explainers.methods.grad_x_input import grad_x_input
from axiomcheck.explainers.methods.gradient_squared import gradient_squared
from axiomcheck.explainers.methods.integrated_gradients import IntegratedGradients
from axiomcheck.explainers.methods.lrp_0 import LRP0
from axiomcheck.explainers.methods.lrp_z_plus import LRPZPlus
from axiomcheck.explainers.methods.uniform import uniform
from axiomcheck.networks import Case, Family, Linear, Network, ReLU
from axiomcheck.networks.derivations import Combined, Scaled
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies.codec import block_size
from axiomcheck.strategies.related import combined_outputs

NAME = "linearity"


@pytest.fixture
def both():
    """Return f = x1 and h = x2 at (2, 1), and f - h."""
    network = Network((Linear(((1.0, 0.0), (0.0, 1.0)), (0.0, 0.0)),))
    return Case(network, (0.0, 0.0), inputs=((2.0, 1.0),), facts=(Combined(1.0, -1.0, 1),))


@pytest.mark.parametrize("explain", [uniform, grad_x_input, IntegratedGradients(), LRP0()])
def test_sums(judged, both, explain):
    """Slopes and shares of f add up: (2, 0) less (0, 1) are the scores of x1 - x2."""
    assert judged(explain, NAME, both).kind == "holds"


def test_negative_contributions_are_left_out(judged, both):
    """z⁺ gives x1 all of f - h = 1, and x2 nothing of it: (1, 0) where (2, -1) was due."""
    outcome = judged(LRPZPlus(), NAME, both)
    assert (outcome.kind, outcome.gap) == ("violated", 1.0)
    assert outcome.reason == (
        "at x = (2, 1) the scores of f are (2, 0), those of h are (0, 1), and those of f - h are (1, 0)"
    )


def test_squares_do_not_add_up(judged, both):
    """The slope of 2 f + 3 h is (2, 3), its square (4, 9), twice and three times the squares (2, 3): off by 6."""
    outcome = judged(gradient_squared, NAME, replace(both, facts=(Combined(2.0, 3.0, 1),)))
    assert (outcome.kind, outcome.gap) == ("violated", 6.0)


def test_where_lrp_0_divides_by_nothing(judged, both):
    """x1 - x2 at (1, 1) is 0: LRP-0 has nothing to share, where f and h had 1 each."""
    assert judged(LRP0(), NAME, replace(both, inputs=((1.0, 1.0),))).gap == 1.0


def test_behind_a_relu_one_more_layer_adds(judged):
    """relu(x1) + 2 relu(-x1) is read by another layer; at -3 it is 6, of slope -2."""
    network = Network((Linear(((1.0,), (-1.0,)), (0.0, 0.0)), ReLU()))
    case = Case(network, (0.0,), inputs=((-3.0,),), facts=(Combined(1.0, 2.0, 1),))
    assert case.networks[1].exact((-3.0,)) == (6,)
    assert judged(grad_x_input, NAME, case).kind == "holds"


def test_dead_is_vacuous(judged):
    """Two outputs that are both 0 and flat show nothing; one that is not is enough."""
    network = Network((Linear(((1.0,), (2.0,)), (0.0, 0.0)), ReLU()))
    case = Case(network, (0.0,), inputs=((-3.0,),), facts=(Combined(1.0, 2.0, 1),))
    assert judged(grad_x_input, NAME, case).kind == "vacuous"
    lively = replace(case, network=Network((Linear(((1.0,), (-1.0,)), (0.0, 0.0)), ReLU())))
    assert judged(grad_x_input, NAME, lively).kind == "holds"


def test_there_must_be_two_outputs(judged, both):
    """Another derivation, or an output that there is not, is rejected."""
    assert judged(uniform, NAME, replace(both, facts=(Scaled(2.0),))).kind == "rejected"
    assert judged(uniform, NAME, replace(both, facts=(Combined(1.0, 1.0, 0),))).kind == "rejected"
    assert judged(uniform, NAME, replace(both, facts=(Combined(1.0, 1.0, 2),))).kind == "rejected"


def test_families_with_one_output_have_no_case():
    """It is said in words."""
    assert AXIOMS[NAME].lacks(Family.parse("outputs=1")) == "there is one output, and no other to add"
    assert not AXIOMS[NAME].lacks(PRESETS["biased"])


@pytest.mark.parametrize("preset", PRESETS)
def test_draws(judged, preset, draw_blocks):
    """Drawn cases are of their family, nine of ten could fail, and gradient × input keeps it."""
    family = PRESETS[preset]
    cases = [combined_outputs(block, family) for block in draw_blocks(40, 155, block_size(family))]
    assert all(case.belongs_to(family) for case in cases)
    kinds = [judged(grad_x_input, NAME, case).kind for case in cases]
    assert kinds.count("holds") > 36
    assert "violated" not in kinds
