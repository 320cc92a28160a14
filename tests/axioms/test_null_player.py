"""Null player."""

import pytest
import torch

from axiomcheck.explainers.methods.deeplift import deeplift
from axiomcheck.explainers.methods.grad_x_input import grad_x_input
from axiomcheck.explainers.methods.gradient import gradient
from axiomcheck.explainers.methods.integrated_gradients import IntegratedGradients
from axiomcheck.explainers.methods.lrp_flat import LRPFlat
from axiomcheck.explainers.methods.lrp_z_plus import LRPZPlus
from axiomcheck.explainers.methods.uniform import uniform
from axiomcheck.networks import REWRITES, Case, Linear, Network, ReLU
from axiomcheck.networks.facts import Irrelevant
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies.codec import block_size
from axiomcheck.strategies.null_players import null_players

NAME = "null_player"
ZERO = (0.0, 0.0)


@pytest.fixture
def first(linear):
    """Return the case of x1 at (2, 3), where x2 does not matter."""
    return Case(linear(1, 0), ZERO, inputs=((2.0, 3.0),), facts=(Irrelevant((1,)),))


@pytest.fixture
def cancelled():
    """Return relu(x1) + relu(x2) - relu(x2) at (1, 4), the pair being a rewrite."""
    network = Network((Linear(((1.0, 0.0),), (0.0,)), ReLU(), Linear(((1.0,),), (0.0,))))
    pair = REWRITES["cancelling-pair"](0, 1, 1.0, 0.0, 0, 1.0)
    return Case(network, ZERO, inputs=((1.0, 4.0),), facts=(Irrelevant((1,)),), rewrites=(pair,))


@pytest.mark.parametrize(("explain", "gap"), [(uniform, 1.0), (LRPFlat(), 1.0)], ids=["uniform", "flat"])
def test_shares_without_weights(judged, first, explain, gap):
    """f = 2 is halved between x1 and x2, whatever the weights are."""
    outcome = judged(explain, NAME, first)
    assert (outcome.kind, outcome.gap) == ("violated", gap)
    assert outcome.reason == "at x = (2, 3) the scores are (1, 1), though f does not depend on x2"


@pytest.mark.parametrize("explain", [gradient, grad_x_input, LRPZPlus(), IntegratedGradients(), deeplift])
def test_no_weight_no_score(judged, first, explain):
    """What is multiplied with a weight of 0 is 0."""
    assert judged(explain, NAME, first).kind == "holds"


def test_positive_contributions_do_not_cancel(judged, cancelled):
    """z⁺ shares f = 1 over the positive contributions 1 and 4: x2 gets 4/5."""
    outcome = judged(LRPZPlus(), NAME, cancelled)
    assert outcome.kind == "violated"
    assert outcome.gap == pytest.approx(0.8)


@pytest.mark.parametrize("explain", [grad_x_input, IntegratedGradients(), deeplift])
def test_slopes_cancel(judged, cancelled, explain):
    """The slopes of the pair are equal and opposite."""
    assert judged(explain, NAME, cancelled).kind == "holds"


def test_dead_is_vacuous(judged, linear):
    """Where f is 0 and flat, no score could be expected."""
    dead = Case(linear(1, 0, relu=True), ZERO, inputs=((-1.0, 2.0),), facts=(Irrelevant((1,)),))
    assert judged(grad_x_input, NAME, dead).kind == "vacuous"


def test_something_must_be_irrelevant(judged, linear):
    """Without a null player there is no question."""
    outcome = judged(uniform, NAME, Case(linear(1, 1), ZERO, inputs=((1.0, 1.0),)))
    assert (outcome.kind, outcome.reason) == ("rejected", "every variable matters")


def test_kinks_are_left_out(judged, linear):
    """relu(x1) at 0 has no slope."""
    outcome = judged(
        gradient, NAME, Case(linear(1, 0, relu=True), ZERO, inputs=((0.0, 1.0),), facts=(Irrelevant((1,)),))
    )
    assert (outcome.kind, outcome.reason) == ("rejected", "every input lies on a kink")


def test_what_matters_may_not_be_called_irrelevant(linear):
    """A case that says so of x1 belongs to no family; of terms that cancel it may be said."""
    same = Network(
        (Linear(((1.0, 1.0), (0.0, 1.0), (0.0, 1.0)), (0.0,) * 3), ReLU(), Linear(((0.0, 1.0, -1.0),), (0.0,)))
    )
    assert not Case(linear(1, 0), ZERO, inputs=(ZERO,), facts=(Irrelevant((0,)),)).belongs_to(PRESETS["biased"])
    assert Case(same, ZERO, inputs=(ZERO,), facts=(Irrelevant((0, 1)),)).belongs_to(PRESETS["biased"])


@pytest.mark.parametrize("preset", PRESETS)
def test_draws(judged, preset, draw_blocks):
    """Drawn cases are of their family, and more than nine of ten could fail; the gradient never does."""
    family = PRESETS[preset]
    cases = [null_players(block, family) for block in draw_blocks(40, 150, block_size(family))]
    assert all(case.belongs_to(family) for case in cases)
    kinds = [judged(gradient, NAME, case).kind for case in cases]
    assert kinds.count("holds") > 36
    assert "violated" not in kinds


def test_deeplift_sees_a_guard_that_depends_on_the_input(judged, draw_blocks):
    """A function that is added, and subtracted with its bias moved below a ReLU, leaves DeepLIFT a score."""
    family = PRESETS["biased"]
    cases = [null_players(block, family) for block in draw_blocks(150, 151)]
    guarded = [case for case in cases if case.rewrites and case.rewrites[0].name == "guarded-bias"]
    assert "violated" in {judged(deeplift, NAME, case).kind for case in guarded}


@pytest.mark.parametrize("scores", [(1.0, 0.0, -0.5), (1.0, 0.0, 0.5), (1.0, -0.5, 0.0)])
def test_every_null_player_and_either_sign_count(judged, linear, scores):
    """Of f = x1 neither x2 nor x3 may get anything, positive or negative."""
    case = Case(linear(1, 0, 0), (0.0,) * 3, inputs=((2.0, 1.0, 1.0),), facts=(Irrelevant((1, 2)),))
    outcome = judged(lambda model, inputs, target: torch.tensor([scores]).double(), "null_player", case)
    assert (outcome.kind, outcome.gap) == ("violated", 0.5)
