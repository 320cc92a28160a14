"""Shift invariance."""

from dataclasses import replace

import pytest

from axiomcheck.axioms import AXIOMS
from axiomcheck.explainers.methods.grad_x_input import grad_x_input
from axiomcheck.explainers.methods.gradient import gradient
from axiomcheck.explainers.methods.integrated_gradients import IntegratedGradients
from axiomcheck.explainers.methods.lrp_w_square import LRPWSquare
from axiomcheck.explainers.methods.occlusion import occlusion
from axiomcheck.explainers.methods.uniform import uniform
from axiomcheck.networks import Case, Linear, Network, ReLU
from axiomcheck.networks.derivations import Scaled, Shifted
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies.codec import block_size
from axiomcheck.strategies.related import shifted_inputs

NAME = "shift_invariance"


@pytest.fixture
def moved(linear):
    """Return f = 2 x1 at 3 from the baseline 1, and g(x) = f(x + 1) = 2 x1 + 2, to be asked at 2 from 0."""
    return Case(linear(2), (1.0,), inputs=((3.0,),), facts=(Shifted((1.0,)),))


@pytest.mark.parametrize("explain", [uniform, gradient, LRPWSquare(), IntegratedGradients(), occlusion])
def test_what_does_not_know_where_0_is(judged, moved, explain):
    """f, its slope, its weights, and differences from a baseline that moves along are the same."""
    assert judged(explain, NAME, moved).kind == "holds"


def test_times_input_knows(judged, moved):
    """2 · 3 is not 2 · 2."""
    outcome = judged(grad_x_input, NAME, moved)
    assert (outcome.kind, outcome.gap) == ("violated", 2.0)
    assert outcome.reason == "at x = (3) the scores of f are (6), those of g(x) = f(x + (1)) at (2) are (4)"


def test_the_baseline_moves_along(judged, moved):
    """The second call is from the baseline 0."""
    seen = []

    def looking(model, inputs, target, *, baseline):
        seen.append((inputs.item(), baseline.item()))
        return inputs - baseline

    assert judged(looking, NAME, moved).kind == "holds"
    assert seen == [(3.0, 1.0), (2.0, 0.0)]


def test_inputs_stay_in_the_family(moved):
    """Where inputs are at least 0 those that are asked about g are, too, and its biases at most 0."""
    timid = PRESETS["deep-taylor"]
    network = Network((Linear(((1.0,),), (-2.0,)), ReLU()))
    assert replace(moved, network=network).belongs_to(timid)
    assert not replace(moved, network=network, facts=(Shifted((2.0,)),)).belongs_to(timid)
    assert not replace(moved, network=network, baseline=(3.0,), facts=(Shifted((3.0,)),)).belongs_to(timid)


def test_dead_is_vacuous(judged, linear):
    """Where f is 0 and flat, so is g."""
    dead = Case(linear(1, relu=True), (-1.0,), inputs=((-1.0,),), facts=(Shifted((1.0,)),))
    assert judged(gradient, NAME, dead).kind == "vacuous"
    assert judged(gradient, NAME, replace(dead, inputs=((0.0,),))).reason == "every input lies on a kink"


def test_a_bias_must_take_it_in(judged, moved):
    """Another derivation, and a network that begins with a ReLU, are rejected."""
    assert judged(uniform, NAME, replace(moved, facts=(Scaled(2.0),))).kind == "rejected"
    bent = Network((ReLU(), Linear(((1.0,),), (0.0,))), (1,))
    assert judged(uniform, NAME, replace(moved, network=bent)).reason == "relu takes no shift in"


def test_families_without_biases_have_no_case():
    """It is said in words."""
    assert AXIOMS[NAME].lacks(PRESETS["bias-free"]) == "a shift of the input moves biases, and there are none"
    assert not AXIOMS[NAME].lacks(PRESETS["deep-taylor"])


@pytest.mark.parametrize("preset", ["deep-taylor", "biased", "ordinary"])
def test_draws(judged, preset, draw_blocks):
    """Drawn cases are of their family, more than four of five could fail, and the gradient keeps it."""
    family = PRESETS[preset]
    cases = [shifted_inputs(block, family) for block in draw_blocks(40, 158, block_size(family))]
    assert all(case.belongs_to(family) for case in cases)
    kinds = [judged(gradient, NAME, case).kind for case in cases]
    assert kinds.count("holds") > 32
    assert "violated" not in kinds
