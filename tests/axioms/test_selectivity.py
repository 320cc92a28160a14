"""Selectivity."""

from itertools import permutations
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from axiomcheck.axioms.selectivity import area, pixel_flipping
from axiomcheck.explainers.methods.grad_x_input import grad_x_input
from axiomcheck.explainers.methods.gradient import gradient
from axiomcheck.explainers.methods.integrated_gradients import IntegratedGradients
from axiomcheck.explainers.methods.lrp_0 import LRP0
from axiomcheck.explainers.methods.lrp_z_plus import LRPZPlus
from axiomcheck.explainers.methods.uniform import uniform
from axiomcheck.networks import REWRITES, Case, Conv, Flatten, Linear, Network, ReLU, Softmax
from axiomcheck.networks.facts import Irrelevant
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies.cases import irrelevant_variables
from axiomcheck.strategies.codec import block_size

NAME = "selectivity"
EXACT = IntegratedGradients()
ZERO = (0.0, 0.0)


def _scores(*scores):
    return lambda model, inputs, target: torch.tensor([scores], dtype=inputs.dtype).expand_as(inputs).clone()


@pytest.fixture
def first(linear):
    """Return the case of x1 at (2, 3), where x2 does not matter."""
    return Case(linear(1, 0), ZERO, inputs=((2.0, 3.0),), facts=(Irrelevant((1,)),))


def test_uniform_is_not_selective(judged, first):
    """Both variables of f = x1 get the same."""
    outcome = judged(uniform, NAME, first)
    assert (outcome.kind, outcome.gap) == ("violated", 0.5)
    assert outcome.reason.startswith("at x = (2, 3) the scores are (1, 1): none is above those of x2")


@pytest.mark.parametrize("explain", [gradient, grad_x_input, LRP0(), EXACT])
def test_others_are(judged, first, explain):
    """x1 gets all."""
    assert judged(explain, NAME, first).kind == "holds"


@pytest.mark.parametrize(
    ("scores", "kind"),
    [
        ((1.0, 0.5), "holds"),
        ((-1.0, 0.5), "holds"),
        ((1.0, 0.999), "holds"),
        ((1.0, -1.0), "violated"),
        ((0.5, -1.0), "violated"),
        ((1.0, 1.0 - 1e-9), "violated"),
        ((0.0, 0.0), "violated"),
    ],
)
def test_magnitudes_are_compared(judged, first, scores, kind):
    """The largest score of what matters must exceed that of what does not; signs do not count, a tie is no more."""
    assert judged(_scores(*scores), NAME, first).kind == kind


def test_scores_as_small_as_rounding_errors_are_no_tie(judged, first):
    """What is no more than rounding may be right or wrong; where it is exactly 0 nothing is told apart."""
    tiny = 1e-13
    assert judged(_scores(tiny, 0.0), NAME, first).kind == "rejected"
    assert judged(_scores(tiny, tiny), NAME, first).kind == "rejected"
    assert judged(_scores(0.0, tiny), NAME, first).kind == "violated"
    assert judged(_scores(1e-6, 1e-6), NAME, first).kind == "violated"
    assert judged(_scores(1e-6, 1.0000001e-6), NAME, first).kind == "rejected"
    assert judged(_scores(1e-6, 1e-7), NAME, first).kind == "holds"


def test_probabilities_of_almost_nothing(judged):
    """-5 x1 + 6 ends 25 above the other output: a change of 1e-11 is x1's, whatever the magnitude of what is added."""
    above = Linear(((-5.0, 0.0), (0.0, 0.0)), (6.0, -4.0))
    case = Case(Network((above, Softmax())), (-4.0, 0.0), inputs=((-3.0, 0.0),), target=1, facts=(Irrelevant((1,)),))
    assert judged(EXACT, NAME, case).kind != "violated"


def test_the_largest_outside_against_the_largest_inside(judged, linear):
    """With x2 and x3 without influence, one of x1 and x4 must exceed both."""
    case = Case(linear(1, 0, 0, 1), (0.0,) * 4, inputs=((1.0,) * 4,), facts=(Irrelevant((1, 2)),))
    assert judged(_scores(0.0, 1.0, 2.0, 3.0), NAME, case).kind == "holds"
    assert judged(_scores(1.0, 0.0, 2.0, 0.0), NAME, case).kind == "violated"
    assert judged(_scores(1.0, 0.0, 2.0, 0.0), NAME, case).reason.count("none is above those of x2, x3")


@pytest.mark.parametrize("explain", [gradient, grad_x_input, LRP0()])
def test_saturation_with_biases(judged, linear, explain):
    """relu(1 - x1) at 2 is 0 and was 1: the change is x1's, but the slope is gone."""
    saturated = Case(linear(-1, 0, bias=1.0, relu=True), ZERO, inputs=((2.0, 1.0),), facts=(Irrelevant((1,)),))
    assert judged(explain, NAME, saturated).kind == "violated"
    assert judged(EXACT, NAME, saturated).kind == "holds"


@pytest.mark.parametrize("explain", [gradient, grad_x_input, LRP0()])
def test_saturation_with_biases_of_at_most_zero(judged, explain):
    """relu(relu(x1) - relu(x1 - 1)) at 2 is 1 and flat."""
    network = Network((Linear(((1.0, 0.0), (1.0, 0.0)), (0.0, -1.0)), ReLU(), Linear(((1.0, -1.0),), (0.0,)), ReLU()))
    saturated = Case(network, ZERO, inputs=((2.0, 1.0),), facts=(Irrelevant((1,)),))
    assert judged(explain, NAME, saturated).kind == "violated"
    assert judged(EXACT, NAME, saturated).kind == "holds"


def test_z_plus_says_nothing_of_a_negative_output(judged, linear):
    """-x1 with a linear output gives all scores 0: nothing is told apart."""
    assert (
        judged(LRPZPlus(), NAME, Case(linear(-1, 0), ZERO, inputs=((2.0, 1.0),), facts=(Irrelevant((1,)),))).kind
        == "violated"
    )


def test_functional_irrelevance(judged, linear):
    """A pair of units that reads x2 and cancels is part of the network that is explained."""
    network = Network((Linear(((1.0, 0.0),), (0.0,)), ReLU(), Linear(((1.0,),), (0.0,))))
    pair = REWRITES["cancelling-pair"](0, 1, 1.0, 0.0, 0, 1.0)
    case = Case(network, ZERO, inputs=((1.0, 4.0),), facts=(Irrelevant((1,)),), rewrites=(pair,))
    assert judged(grad_x_input, NAME, case).kind == "holds"
    seen = []

    def looking(model, inputs, target):
        seen.append(model.linear1.weight.tolist())
        return grad_x_input(model, inputs, target)

    judged(looking, NAME, case)
    assert seen == [[[1.0, 0.0], [0.0, 1.0], [0.0, 1.0]]]


@pytest.mark.parametrize("irrelevant", [(), (0, 1)])
def test_some_but_not_all_are_irrelevant(judged, linear, irrelevant):
    """With none or all of the variables irrelevant there is nothing to compare."""
    outcome = judged(uniform, NAME, Case(linear(0, 0), ZERO, inputs=((1.0, 1.0),), facts=(Irrelevant(irrelevant),)))
    assert (outcome.kind, outcome.reason) == ("rejected", "no variable is irrelevant, or all are")


def test_what_changes_nothing_is_not_asked_for(judged, linear):
    """x1 at (0, 1) is what it is without x1: no score is owed."""
    outcome = judged(uniform, NAME, Case(linear(1, 0), ZERO, inputs=((0.0, 1.0),), facts=(Irrelevant((1,)),)))
    assert (outcome.kind, outcome.reason) == ("rejected", "nothing changes when the relevant variables are taken away")


def test_taken_away_is_the_baseline_for_who_has_one(judged, linear):
    """x1 at 2 from the baseline 2 has not changed; an explainer without baseline compares with 0."""
    case = Case(linear(1, 0), (2.0, 0.0), inputs=((2.0, 1.0),), facts=(Irrelevant((1,)),))
    assert judged(EXACT, NAME, case).kind == "rejected"
    assert judged(grad_x_input, NAME, case).kind == "holds"


def test_inputs_on_kinks_are_left_out(judged, linear):
    """|x1| as relu(x1) + relu(-x1) has no gradient at 0; with a bias it changes nothing there either."""
    network = Network((Linear(((1.0, 0.0),), (-1.0,)), ReLU()))
    outcome = judged(gradient, NAME, Case(network, (3.0, 0.0), inputs=((1.0, 1.0),), facts=(Irrelevant((1,)),)))
    assert (outcome.kind, outcome.reason) == ("rejected", "every input lies on a kink")


def test_rounding_is_no_score(judged, first):
    """A score of x2 that is lost in rounding does not count against a score that is one."""
    assert judged(_scores(1.0, 1e-16), NAME, first).kind == "holds"


@pytest.mark.parametrize("preset", PRESETS)
def test_uniform_always_fails(judged, preset, draw_blocks):
    """On every random case that is judged at all, uniform breaks it."""
    family = PRESETS[preset]
    blocks = draw_blocks(80, 144, block_size(family))
    kinds = [judged(uniform, NAME, irrelevant_variables(block, family)).kind for block in blocks]
    assert set(kinds) <= {"violated", "rejected"}
    assert kinds.count("violated") > 15


def test_gradient_x_input_without_biases(judged, draw_blocks):
    """Without biases a change of f is a score of what changed: gradient × input holds where units do not read x2."""
    family = PRESETS["bias-free"]
    kinds = [
        judged(grad_x_input, NAME, irrelevant_variables(block, family)).kind for block in draw_blocks(120, seed=145)
    ]
    assert "violated" not in kinds
    assert kinds.count("holds") > 30


def test_a_channel_that_nothing_reads(judged):
    """Of an image of two channels the second has no weight: uniform gives it as much as the first."""
    network = Network((Conv((((1.0,), (0.0,)),), (0.0,), (1,), (0,)), Flatten(), Linear(((1.0, 1.0),), (0.0,))), (2, 2))
    case = Case(network, (0.0,) * 4, inputs=((1.0, 2.0, 3.0, 4.0),), facts=(Irrelevant((2, 3)),))
    assert judged(uniform, NAME, case).kind == "violated"
    assert judged(grad_x_input, NAME, case).kind == "holds"


def _flipped(network, scores, x=(1.0, 1.0, 1.0), reference=(0.0, 0.0, 0.0)):
    return area(pixel_flipping(network, 0, x, reference, np.array(scores)))


@pytest.mark.parametrize(
    ("scores", "area"),
    [
        ((4.0, 2.0, 1.0), (0.5 + 3 / 7 + 1 / 7) / 3),
        ((1.0, 2.0, 4.0), (0.5 + 6 / 7 + 4 / 7) / 3),
        ((0.0, 0.0, 0.0), 0.5),
        ((1.0, 1.0, 0.0), (0.5 + (3 / 7 + 5 / 7) / 2 + 1 / 7) / 3),
        ((2.0, 1.0, 1.0), (0.5 + 3 / 7 + (1 / 7 + 2 / 7) / 2) / 3),
    ],
)
def test_the_area_under_pixel_flipping(linear, scores, area):
    """4x1 + 2x2 + x3 at (1, 1, 1) goes 7, 3, 1, 0 in the best order and 7, 6, 4, 0 in the worst; ties are averaged."""
    assert _flipped(linear(4, 2, 1), scores) == pytest.approx(area)


def test_the_area_is_in_units_of_the_change(linear):
    """Neither a bias nor the sign of f matters, and the reference need not be 0."""
    wanted = _flipped(linear(4, 2, 1), (4.0, 2.0, 1.0))
    assert _flipped(linear(-4, -2, -1, bias=3.0), (4.0, 2.0, 1.0)) == pytest.approx(wanted)
    shifted = _flipped(linear(4, 2, 1), (4.0, 2.0, 1.0), x=(3.0, 3.0, 3.0), reference=(1.0, 1.0, 1.0))
    assert shifted == pytest.approx(wanted)


def test_ties_count_every_order():
    """relu(x1 + x2 - 1) at (1, 1) is lost with the first of the two, in either order: a quarter."""
    network = Network((Linear(((1.0, 1.0),), (-1.0,)), ReLU()))
    assert _flipped(network, (1.0, 1.0), (1.0, 1.0), (0.0, 0.0)) == 0.25


def test_many_ties_go_down_straight(linear):
    """Nine variables with equal scores have 512 choices: they are replaced together."""
    network = linear(*range(1, 10))
    assert _flipped(network, (1.0,) * 9, (1.0,) * 9, (0.0,) * 9) == pytest.approx(0.5)


def test_the_figure_is_told(judged, first):
    """It stands beside the verdict: f = x1 is lost with the variable that gradient × input names."""
    assert judged(grad_x_input, NAME, first).figures == {"pixel-flipping AUC": 0.25}
    assert judged(uniform, NAME, first).figures == {"pixel-flipping AUC": 0.5}


def test_the_curve_is_told(judged, first):
    """f = x1 is gone when the first of two variables is replaced: straight to 0 at ½; in half of all orders, at 1."""
    (curve,) = judged(grad_x_input, NAME, first).curves.values()
    assert curve == [(n / 10, pytest.approx(max(0.0, 1 - n / 5))) for n in range(11)]
    (curve,) = judged(uniform, NAME, first).curves.values()
    assert curve == [(n / 10, pytest.approx(1 - n / 10)) for n in range(11)]


@pytest.mark.parametrize("scores", [(3.0, 1.0, 1.0, 2.0, 1.0), (0.0,) * 4, (2.0, 2.0, 1.0)])
def test_the_curve_is_the_mean_over_all_orders(scores):
    """Every order that puts larger scores first, variable by variable, in plain loops."""
    size = len(scores)
    network = Network(
        (Linear((tuple(range(1, size + 1)), (1.0,) * size), (0.5, -2.0)), ReLU(), Linear(((1.0, 2.0),), (0.0,)))
    )
    x, reference = tuple(map(float, range(2, size + 2))), (-1.0,) * size
    orders = [o for o in permutations(range(size)) if [scores[i] for i in o] == sorted(scores, reverse=True)]
    last = network.outputs(np.array([reference]))[0, 0]
    start = network.outputs(np.array([x]))[0, 0] - last
    for count, left in enumerate(pixel_flipping(network, 0, x, reference, np.array(scores))):
        points = [[reference[i] if i in order[:count] else x[i] for i in range(size)] for order in orders]
        assert left == pytest.approx(np.mean(network.outputs(np.array(points))[:, 0] - last) / start)


def test_pixel_flipping_takes_steps_on_images():
    """With as many scores as an image has, neighbours are replaced together: the curve of a sum stays what it is."""
    size = 5_000
    subject = SimpleNamespace(outputs=lambda points: np.asarray(points).sum(1, keepdims=True))
    flipped = pixel_flipping(subject, 0, (1.0,) * size, (0.0,) * size, np.random.default_rng(0).permutation(size) + 1.0)
    assert np.allclose(flipped, np.linspace(1, 0, size + 1), atol=1e-9)
