"""Continuity."""

import numpy as np
import pytest
import torch

from axiomcheck.explainers.methods.grad_x_input import grad_x_input
from axiomcheck.explainers.methods.gradient import gradient
from axiomcheck.explainers.methods.integrated_gradients import IntegratedGradients
from axiomcheck.explainers.methods.lrp_0 import LRP0
from axiomcheck.explainers.methods.lrp_epsilon import LRPEpsilon
from axiomcheck.explainers.methods.lrp_gamma import LRPGamma
from axiomcheck.explainers.methods.lrp_z_plus import LRPZPlus
from axiomcheck.explainers.methods.uniform import uniform
from axiomcheck.networks import Case, Flatten, Linear, MaxPool, Network, Path, ReLU
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies.cases import one_path
from axiomcheck.strategies.codec import block_size, is_wide

NAME = "continuity"
PERCEPTRONS = [name for name, family in PRESETS.items() if not is_wide(family)]
JUMP = 1.05e-3
"""Just above the share of the largest score that must be found."""


def _scoring(function):
    """Return an explainer whose scores are a function of the inputs alone."""
    return lambda model, inputs, target: function(inputs)


@pytest.fixture
def kinked(linear):
    """Return relu(x1) on the way from -1 to 1: its kink is at 0, half-way."""
    return Case(linear(1, relu=True), (0.0,), path=Path(((-1.0,), (1.0,))))


@pytest.fixture
def straight(linear):
    """Return x1 on the way from -1 to 1, without a kink."""
    return Case(linear(1), (0.0,), path=Path(((-1.0,), (1.0,))))


def test_the_gradient_jumps_at_a_kink(judged, kinked):
    """From 0 to 1 at x1 = 0."""
    outcome = judged(gradient, NAME, kinked)
    assert (outcome.kind, outcome.gap) == ("violated", 1.0)
    assert outcome.reason == "at x = (0) on the path the scores jump from (0) to (1)"


@pytest.mark.parametrize("explain", [uniform, LRPEpsilon(), grad_x_input])
def test_others_do_not(judged, kinked, explain):
    """relu(x1) itself is continuous, and so are shares of it."""
    assert judged(explain, NAME, kinked).kind == "holds"


def test_gradient_x_input_jumps(judged, linear):
    """relu(x1 - 1): the derivative times the input goes from 0 to 1 at 1."""
    case = Case(linear(1, bias=-1.0, relu=True), (0.0,), path=Path(((0.0,), (4.0,))))
    outcome = judged(grad_x_input, NAME, case)
    assert outcome.kind == "violated"
    assert outcome.observed.x == (1.0,)


SMOOTH = {
    "flat": torch.ones_like,
    "linear": lambda x: 1.0 * x,
    "steeper": lambda x: torch.exp(x) / 2.8,
    "wave": lambda x: torch.sin(6 * x),
}


@pytest.mark.parametrize("name", SMOOTH)
def test_a_small_jump_at_a_kink_is_found(judged, kinked, name):
    """A jump by a thousandth of the largest score, at a kink, in otherwise smooth scores."""
    smooth = SMOOTH[name]
    assert judged(_scoring(lambda x: smooth(x) + JUMP * (x > 0)), NAME, kinked).kind == "violated"
    assert judged(_scoring(smooth), NAME, kinked).kind == "holds"


@pytest.mark.parametrize("name", ["flat", "linear"])
@pytest.mark.parametrize("at", [0.3, -0.71828, 0.0])
def test_a_small_jump_elsewhere_is_found(judged, straight, name, at):
    """The same off all kinks, where only search can find it."""
    smooth = SMOOTH[name]
    outcome = judged(_scoring(lambda x: smooth(x) + JUMP * (x > at)), NAME, straight)
    assert outcome.kind == "violated"
    assert outcome.observed.x == pytest.approx((at,), abs=1e-9)
    assert judged(_scoring(smooth), NAME, straight).kind == "holds"


@pytest.mark.parametrize("at", [0.3, -0.71828, 0.0])
@pytest.mark.parametrize(("name", "size"), [("flat", 0.01), ("linear", 0.01), ("steeper", 0.01), ("wave", 0.4)])
def test_a_jump_that_stands_out_of_the_curvature_is_found(judged, straight, name, size, at):
    """Off kinks, a jump is found that is larger than what the scores curve between two looks, a 32nd of the path."""
    smooth = SMOOTH[name]
    outcome = judged(_scoring(lambda x: smooth(x) + size * (x > at)), NAME, straight)
    assert outcome.kind == "violated"
    assert outcome.observed.x == pytest.approx((at,), abs=1e-9)


def test_the_smaller_of_two_scores_may_jump(judged, linear):
    """One score jumps by a thousandth of the other, which is constant."""
    case = Case(linear(1, 0, relu=True), (0.0, 0.0), path=Path(((-1.0, 1.0), (1.0, 1.0))))
    explain = _scoring(lambda x: torch.stack([JUMP * (x[:, 0] > 0), torch.ones(len(x))], 1).to(x))
    assert judged(explain, NAME, case).kind == "violated"


@pytest.mark.parametrize("slope", [1e2, 1e4, 1e5, 1e6])
@pytest.mark.parametrize("start", [-1e-6, 0.0, -0.5e-6, 0.3, -0.71828])
def test_a_steep_ramp_is_no_jump(judged, kinked, straight, slope, start):
    """A continuous rise by up to a million per segment, at a kink or elsewhere, is never called a jump."""
    ramp = _scoring(lambda x: (slope / 2 * (x - start)).clamp(0, 1))
    assert judged(ramp, NAME, kinked).kind != "violated"
    assert judged(ramp, NAME, straight).kind != "violated"


def test_a_ramp_of_ten_is_continuous(judged, straight):
    """What rises gently is found to hold."""
    assert judged(_scoring(lambda x: (10 * x).clamp(0, 1)), NAME, straight).kind == "holds"


def test_a_lone_odd_value_is_no_jump(judged, linear):
    """LRP-0 is (0, 0) on x1 - x2 at (1, 1) and (1, -x2) all around: both limits agree."""
    case = Case(linear(1, -1), (0.0, 0.0), path=Path(((1.0, 0.0), (1.0, 2.0))))
    assert judged(LRP0(), NAME, case).kind == "holds"


def test_a_lone_odd_value_on_a_kink_is_no_jump(judged, kinked):
    """A value at the kink itself, and nowhere else, is a convention."""
    assert judged(_scoring(lambda x: 1.0 + 5.0 * (x == 0)), NAME, kinked).kind == "holds"


def test_a_lone_odd_value_on_the_grid_is_no_jump(judged, straight):
    """Not even where the search happens to look."""
    looked = []

    def looking(model, inputs, target):
        looked.append(inputs[len(inputs) // 2].item())
        return torch.ones_like(inputs)

    judged(looking, NAME, straight)
    assert judged(_scoring(lambda x: 1.0 + 5.0 * (x == looked[0])), NAME, straight).kind == "holds"


def test_a_blow_up_is_told_apart(judged, linear):
    """γ on x1 - 2·x2: the denominator 1.25·x1 - 2·x2 crosses 0 at x1 = 1.6, between (65, -66) and (-63, 62)."""
    case = Case(linear(1, -2), (0.0, 0.0), path=Path(((1.0, 1.0), (2.0, 1.0))))
    outcome = judged(LRPGamma(), NAME, case)
    assert outcome.kind == "violated"
    assert "grow without bound" in outcome.reason
    assert "jump" not in outcome.reason
    assert outcome.observed.x == pytest.approx((1.6, 1.0), abs=1e-9)


def test_a_blow_up_between_two_looks_is_found(judged, linear):
    """The same pole on a longer way, where the grid does not come close to it."""
    case = Case(linear(1, -2), (0.0, 0.0), path=Path(((1.0, 1.0), (3.0, 1.0))))
    assert "grow without bound" in judged(LRPGamma(), NAME, case).reason


def test_a_blow_up_at_a_kink_is_told_apart(judged, kinked):
    """1/x at the kink has no limits."""
    outcome = judged(_scoring(lambda x: 1 / x), NAME, kinked)
    assert outcome.kind == "violated"
    assert "grow without bound" in outcome.reason


def test_a_path_along_a_kink_is_rejected(judged, linear):
    """Along x1 = x2 every score of relu(x1 - x2) is a convention."""
    case = Case(linear(1, -1, relu=True), (0.0, 0.0), path=Path(((0.0, 0.0), (1.0, 1.0))))
    outcome = judged(gradient, NAME, case)
    assert (outcome.kind, outcome.reason) == ("rejected", "the path runs along a kink")


def test_a_segment_too_short_to_be_resolved_is_rejected(judged, linear):
    """From 1000 to 1001 the steps are smaller than a share of the numbers; from 100 to 101 they are not."""
    far, near = (Case(linear(1), (0.0,), path=Path(((x,), (x + 1,)))) for x in (1000.0, 100.0))
    assert judged(uniform, NAME, far).kind == "rejected"
    assert judged(uniform, NAME, near).kind == "holds"


def test_paths_on_which_nothing_happens_are_vacuous(judged, linear):
    """Without a kink, and f the same at all vertices, continuity could not have failed."""
    dead = Case(linear(1, bias=-9.0, relu=True), (0.0,), path=Path(((0.0,), (1.0,))))
    assert judged(gradient, NAME, dead).kind == "vacuous"
    assert judged(_scoring(lambda x: 1.0 * (x > 0.3)), NAME, dead).kind == "violated"


def test_a_kink_on_a_corner_of_the_path(judged, linear):
    """Where the path turns it is continuous, and a jump there is a jump."""
    case = Case(linear(1, relu=True), (0.0,), path=Path(((-1.0,), (0.0,), (1.0,))))
    assert judged(gradient, NAME, case).kind == "violated"
    assert judged(uniform, NAME, case).kind == "holds"


def test_turning_back_on_a_kink_is_no_crossing(judged, linear):
    """A path that touches x1 = 0 and goes back the way it came stays on one side."""
    case = Case(linear(1, relu=True), (0.0,), path=Path(((1.0,), (0.0,), (1.0,))))
    assert judged(gradient, NAME, case).kind == "holds"


def test_of_several_jumps_the_largest_is_told(judged):
    """relu(x1) + 3·relu(x1 - 0.5): the gradient rises by 1 and then by 3."""
    network = Network((Linear(((1.0,), (1.0,)), (0.0, -0.5)), ReLU(), Linear(((1.0, 3.0),), (0.0,))))
    outcome = judged(gradient, NAME, Case(network, (0.0,), path=Path(((-1.0,), (1.0,)))))
    assert (outcome.gap, outcome.observed.x) == (3.0, (0.5,))


def test_integrated_gradients_are_continuous_from_a_baseline_off_kinks(judged, kinked, linear):
    """From -1 exact IG follows f; without biases from 0 it is gradient × input, and jumps with it."""
    case = Case(linear(1, relu=True), (-1.0,), path=Path(((-2.0,), (2.0,))))
    assert judged(IntegratedGradients(), NAME, case).kind == "holds"
    network = Network((Linear(((1.0, -1.0), (0.0, 1.0)), (0.0, 0.0)), ReLU(), Linear(((1.0, 1.0),), (0.0,))))
    crossing = Case(network, (0.0, 0.0), path=Path(((0.0, 1.0), (2.0, 1.0))))
    assert judged(IntegratedGradients(), NAME, crossing).kind == "violated"


def test_float32(judged, kinked, straight):
    """In float32 the gradient still jumps, and a ramp of slope 100 is still none."""
    assert judged(gradient, NAME, kinked, "float32").kind == "violated"
    ramp = _scoring(lambda x: (50 * (x - 0.1)).clamp(0, 1))
    assert judged(ramp, NAME, straight, "float32").kind != "violated"
    assert judged(uniform, NAME, kinked, "float32").kind == "holds"


def test_both_sides_are_asked_for_in_one_call(judged, kinked):
    """Without anything suspicious off the kinks the explainer is called once."""
    calls = []

    def counting(model, inputs, target):
        calls.append(inputs[:, 0].numpy().copy())
        return torch.ones_like(inputs)

    judged(counting, NAME, kinked)
    (points,) = calls
    assert np.abs(points).min() < 2.0**-38
    assert (points == 0).sum() == 0


@pytest.mark.parametrize(
    ("explain", "presets"),
    [(uniform, PRESETS), (LRPEpsilon(), PERCEPTRONS), (LRPZPlus(), ["deep-taylor"])],
    ids=["uniform", "lrp-epsilon", "lrp-z-plus"],
)
def test_where_it_is_known_to_hold(judged, explain, presets, draw_blocks):
    """f/d is as continuous as f, ε on perceptrons (at a maximum the winner takes all), z⁺ on deep Taylor networks."""
    for family in map(PRESETS.__getitem__, presets):
        outcomes = [
            judged(explain, NAME, one_path(block, family)) for block in draw_blocks(60, 146, block_size(family))
        ]
        assert not any(outcome.fails for outcome in outcomes)
        assert sum(outcome.kind == "holds" for outcome in outcomes) > 25


@pytest.mark.parametrize(
    ("explain", "preset"),
    [
        (gradient, "bias-free"),
        (grad_x_input, "bias-free"),
        (LRPGamma(), "bias-free"),
        (gradient, "ordinary"),
        (grad_x_input, "ordinary"),
    ],
    ids=["gradient", "grad-x-input", "lrp-gamma", "gradient-ordinary", "grad-x-input-ordinary"],
)
def test_where_it_is_known_to_fail(judged, explain, preset, draw_blocks):
    """Among random paths the gradient and gradient × input jump on some, and so does γ without biases."""
    family = PRESETS[preset]
    kinds = [judged(explain, NAME, one_path(block, family)).kind for block in draw_blocks(60, 147, block_size(family))]
    assert kinds.count("violated") > 5
    assert "error" not in kinds


def test_a_tie_of_a_maximum_is_a_kink(judged):
    """On the way from (2, 1) to (0, 1) the larger of two changes at (1, 1), and its derivative × input with it."""
    network = Network((MaxPool((2,), (2,)), Flatten(), Linear(((1.0,),), (0.0,))), (1, 2))
    case = Case(network, (0.0, 0.0), path=Path(((2.0, 1.0), (0.0, 1.0))))
    outcome = judged(grad_x_input, NAME, case)
    assert (outcome.kind, outcome.observed.x) == ("violated", (1.0, 1.0))
    assert outcome.gap == pytest.approx(1.0)
    assert judged(uniform, NAME, case).kind == "holds"


def test_a_moving_pattern(judged):
    """A column that moves over relu of a difference of columns makes the gradient jump where it fades."""
    network = Network((Flatten(), Linear(((1.0, -1.0),), (0.0,)), ReLU()), (1, 1, 2))
    case = Case(network, (0.0, 0.0), path=Path(((1.0, 0.0), (0.0, 1.0))))
    outcome = judged(gradient, NAME, case)
    assert (outcome.kind, outcome.observed.x) == ("violated", (0.5, 0.5))
    assert judged(uniform, NAME, case).kind == "holds"


def test_a_kink_at_the_end_is_no_evidence(judged, linear):
    """On the way from 0 to -1, relu(x1) is dead, and its kink at the start has one side only: vacuous."""
    case = Case(linear(1, relu=True), (0.0,), path=Path(((0.0,), (-1.0,))))
    assert judged(gradient, NAME, case).kind == "vacuous"


def test_a_jump_too_small_to_tell_is_rejected(judged, linear):
    """A change by half a thousandth of the scale in no distance is no jump, and not continuous either."""

    def almost(model, inputs, target):
        return 1 + 5e-4 * (inputs > 0)

    case = Case(linear(1, relu=True), (0.0,), path=Path(((-1.0,), (2.0,))))
    assert judged(almost, "continuity", case).kind == "rejected"
