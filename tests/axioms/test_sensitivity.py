"""Sensitivity."""

import pytest
import torch

from axiomcheck.explainers.methods.grad_x_input import grad_x_input
from axiomcheck.explainers.methods.gradient import gradient
from axiomcheck.explainers.methods.integrated_gradients import IntegratedGradients
from axiomcheck.explainers.methods.occlusion import occlusion
from axiomcheck.explainers.methods.uniform import uniform
from axiomcheck.networks import Case, Linear, Network, ReLU
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies.codec import block_size
from axiomcheck.strategies.non_vacuous import one_at_a_time

NAME = "sensitivity"
EXACT = IntegratedGradients()


@pytest.fixture
def saturated():
    """Return 1 - relu(1 - x1), of Sundararajan et al. 2017, at 2: it was 0 and is 1."""
    network = Network((Linear(((-1.0,),), (1.0,)), ReLU(), Linear(((-1.0,),), (1.0,))))
    return Case(network, (0.0,), inputs=((2.0,),))


@pytest.mark.parametrize("explain", [gradient, grad_x_input], ids=["gradient", "times input"])
def test_saturation(judged, saturated, explain):
    """The slope at 2 is gone, though f has changed by 1."""
    outcome = judged(explain, NAME, saturated)
    assert (outcome.kind, outcome.gap) == ("violated", 1.0)
    assert outcome.reason == "from (0) to x = (2) one variable changes f by 1, and its score is 0"


@pytest.mark.parametrize("explain", [EXACT, occlusion, uniform], ids=["ig", "occlusion", "uniform"])
def test_who_sees_the_change(judged, saturated, explain):
    """What adds up to f(x) - f(0) gives it to the only variable; so does f itself, which is 1."""
    assert judged(explain, NAME, saturated).kind == "holds"


def test_without_a_baseline_it_is_measured_from_0(judged, linear):
    """x1 + 1 is 1 at 0 and 0 at -1: f / d is 0 there."""
    case = Case(linear(1, bias=1.0), (5.0,), inputs=((-1.0,),))
    assert judged(uniform, NAME, case).kind == "violated"
    assert judged(grad_x_input, NAME, case).kind == "holds"


def test_each_variable_is_taken_alone(judged, linear):
    """From the baseline (1, 1) to (2, 0): the inputs looked at are (2, 1) and (1, 0)."""
    seen = []

    def looking(model, inputs, target, *, baseline):
        seen.extend(inputs.tolist())
        return inputs - baseline

    assert judged(looking, NAME, Case(linear(1, 1), (1.0, 1.0), inputs=((2.0, 0.0),))).kind == "holds"
    assert seen == [[2.0, 1.0], [1.0, 0.0]]


def test_what_changes_nothing_is_not_asked_for(judged, linear):
    """Neither the variable without weight nor the one that is 0 as before."""
    outcome = judged(uniform, NAME, Case(linear(1, 0), (0.0, 0.0), inputs=((0.0, 1.0),)))
    assert (outcome.kind, outcome.reason) == ("rejected", "no variable alone changes the output")


def test_kinks_of_that_variable_are_left_out(judged):
    """-relu(1 - x1) at 1 has two slopes, and a unit that reads x2 alone, on its kink, does not matter to x1."""
    bent = Network((Linear(((-1.0,),), (1.0,)), ReLU(), Linear(((-1.0,),), (0.0,))))
    outcome = judged(gradient, NAME, Case(bent, (0.0,), inputs=((1.0,),)))
    assert (outcome.kind, outcome.reason) == ("rejected", "every input lies on a kink")
    both = Network((Linear(((1.0, 0.0), (0.0, 1.0)), (0.0, 0.0)), ReLU(), Linear(((1.0, 1.0),), (0.0,))))
    assert judged(gradient, NAME, Case(both, (0.0, 0.0), inputs=((1.0, 0.0),))).kind == "holds"


@pytest.mark.parametrize(
    ("score", "kind"), [(0.0, "violated"), (1e-16, "violated"), (1e-8, "rejected"), (1e-3, "holds")]
)
def test_how_much_is_something(judged, linear, score, kind):
    """Rounding is nothing; a millionth part of the change could be either; more is something."""

    def small(model, inputs, target):
        return torch.full_like(inputs, score)

    assert judged(small, NAME, Case(linear(1), (0.0,), inputs=((1.0,),))).kind == kind


@pytest.mark.parametrize("preset", PRESETS)
def test_draws(judged, preset, draw_blocks):
    """Most drawn cases could fail, nine of ten where roundings are small; occlusion never does."""
    family = PRESETS[preset]
    # Products and shares of what is large leave more to rounding.
    least, least_effective = (20, 16) if preset == "attention" else (36, 33)
    cases = [one_at_a_time(block, family) for block in draw_blocks(40, 152, block_size(family))]
    assert all(case.belongs_to(family) for case in cases)
    kinds = [judged(occlusion, NAME, case).kind for case in cases]
    assert kinds.count("holds") > least
    assert "violated" not in kinds
    assert sum(judged(grad_x_input, NAME, case).effective for case in cases) > least_effective
