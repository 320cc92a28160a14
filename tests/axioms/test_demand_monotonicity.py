"""Demand monotonicity."""

from dataclasses import replace

import pytest

from axiomcheck.explainers.methods.grad_x_input import grad_x_input
from axiomcheck.explainers.methods.gradient import gradient
from axiomcheck.explainers.methods.integrated_gradients import IntegratedGradients
from axiomcheck.explainers.methods.occlusion import occlusion
from axiomcheck.explainers.methods.shapley import shapley
from axiomcheck.networks import Case, Linear, Network, Path, ReLU
from axiomcheck.networks.facts import Monotone
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies.codec import block_size
from axiomcheck.strategies.monotone import monotone_functions

NAME = "demand_monotonicity"


@pytest.fixture
def scarce():
    """Return -relu(x2 - x1), which rises with x1 up to x2 = 1, for x1 from 0 to 2."""
    network = Network((Linear(((-1.0, 1.0),), (0.0,)), ReLU(), Linear(((-1.0,),), (0.0,))))
    return Case(network, (0.0, 0.0), path=Path(((0.0, 1.0), (2.0, 1.0))), facts=(Monotone(0),))


@pytest.mark.parametrize(
    ("explain", "gap"), [(gradient, 1.0), (grad_x_input, 0.75), (IntegratedGradients(), 0.75)], ids=["g", "gi", "ig"]
)
def test_past_the_kink_the_slope_is_gone(judged, scarce, explain, gap):
    """The slope falls from 1 to 0 at x1 = 1; looked at every quarter, x1 has 0.75 just before, and 0 beyond."""
    outcome = judged(explain, NAME, scarce)
    assert outcome.kind == "violated"
    assert outcome.gap == pytest.approx(gap)


def test_it_is_told(judged, scarce):
    """Both points are given with their scores."""
    reason = judged(grad_x_input, NAME, scarce).reason
    assert reason == "f never falls in x1, but its score falls from 0.75 at (0.75, 1) to 0 at (1.25, 1)"


@pytest.mark.parametrize("explain", [occlusion, shapley])
def test_differences_of_f_rise_with_f(judged, scarce, explain):
    """f(x) less f without x1, in whatever coalition, rises with x1."""
    assert judged(explain, NAME, scarce).kind == "holds"


def test_a_constant_function_is_vacuous(judged, scarce):
    """For x1 from 2 to 3 f is 0."""
    flat = replace(scarce, path=Path(((2.0, 1.0), (3.0, 1.0))))
    assert judged(grad_x_input, NAME, flat).kind == "vacuous"


def test_f_must_be_known_to_rise(judged, scarce):
    """In x2 it falls; without a path there is no question."""
    assert judged(gradient, NAME, replace(scarce, facts=(Monotone(1),))).kind == "rejected"
    assert judged(gradient, NAME, replace(scarce, facts=())).kind == "rejected"
    assert judged(gradient, NAME, replace(scarce, path=None, inputs=((0.0, 0.0),))).kind == "rejected"


def test_kinks_are_left_out(judged, linear):
    """On a path along a kink there is nothing to look at."""
    network = Network((Linear(((0.0, 1.0), (1.0, 0.0)), (0.0, 0.0)), ReLU(), Linear(((1.0, 1.0),), (0.0,))))
    case = Case(network, (0.0, 0.0), path=Path(((1.0, 0.0), (2.0, 0.0))), facts=(Monotone(0),))
    assert judged(gradient, NAME, case).kind == "rejected"


def test_the_path_goes_up_along_the_variable(scarce):
    """Another direction, downward, or further on another way, belongs to no family."""
    family = PRESETS["biased"]
    assert scarce.belongs_to(family)
    assert not replace(scarce, facts=(Monotone(1),)).belongs_to(family)
    for vertices in (((0.0, 1.0), (2.0, 2.0)), ((2.0, 1.0), (0.0, 1.0)), ((0.0, 1.0), (1.0, 1.0), (2.0, 1.0))):
        assert not replace(scarce, path=Path(vertices)).belongs_to(family)


@pytest.mark.parametrize("preset", PRESETS)
def test_draws(judged, preset, draw_blocks):
    """Drawn cases are of their family, four of five could fail, and occlusion keeps it."""
    family = PRESETS[preset]
    cases = [monotone_functions(block, family) for block in draw_blocks(40, 159, block_size(family))]
    assert all(case.belongs_to(family) for case in cases)
    kinds = [judged(occlusion, NAME, case).kind for case in cases]
    assert kinds.count("holds") > 32
    assert "violated" not in kinds
