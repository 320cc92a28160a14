"""Positivity."""

import pytest

from axiomcheck.explainers import declaration, explainer
from axiomcheck.explainers.methods.deep_taylor import DeepTaylor
from axiomcheck.explainers.methods.grad_x_input import grad_x_input
from axiomcheck.explainers.methods.gradient_squared import gradient_squared
from axiomcheck.explainers.methods.lrp_alpha_beta import LRPAlphaBeta
from axiomcheck.explainers.methods.lrp_flat import LRPFlat
from axiomcheck.explainers.methods.lrp_w_square import LRPWSquare
from axiomcheck.explainers.methods.lrp_z_box import LRPZBox
from axiomcheck.explainers.methods.lrp_z_plus import LRPZPlus
from axiomcheck.explainers.methods.uniform import uniform
from axiomcheck.networks import Case
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies.codec import block_size
from axiomcheck.strategies.non_vacuous import at_least_0

NAME = "positivity"
ZERO = (0.0, 0.0)
POSITIVE = [uniform, gradient_squared, LRPZPlus(), LRPWSquare(), LRPFlat(), LRPZBox(), DeepTaylor(), LRPAlphaBeta(1, 0)]


@explainer(claims={"positivity": "biased"})
def _promised(model, inputs, target):
    return grad_x_input(model, inputs, target)


def test_a_broken_promise(judged, linear):
    """Gradient × input of x1 - x2 at (2, 1) is 1, of which x2 has -1."""
    outcome = judged(_promised, NAME, Case(linear(1, -1), ZERO, inputs=((2.0, 1.0),)))
    assert (outcome.kind, outcome.gap) == ("violated", 1.0)
    assert outcome.reason == "at x = (2, 1) the scores are (2, -1), though f(x) = 1 and none is to be negative"


@pytest.mark.parametrize("explain", POSITIVE, ids=lambda explain: getattr(explain, "__name__", repr(explain)))
def test_a_promise_that_is_kept(judged, explain, linear):
    """Squares, shares of squares and of positive contributions have no minus."""
    assert judged(explain, NAME, Case(linear(1, -1), ZERO, inputs=((2.0, 1.0),))).kind == "holds"


@pytest.mark.parametrize(
    "explain", [grad_x_input, LRPAlphaBeta(), DeepTaylor("rescaled-activations"), LRPZBox(0.0, 1.0)]
)
def test_who_promises_nothing(judged, explain, linear):
    """Nothing is judged."""
    outcome = judged(explain, NAME, Case(linear(1, -1), ZERO, inputs=((2.0, 1.0),)))
    assert (outcome.kind, outcome.reason) == ("unsupported", "it does not promise positive scores")


def test_only_where_it_is_promised(judged, linear):
    """A promise for biases of at most 0 says nothing of others."""
    timid = explainer(claims={"positivity": "bias=nonpositive"})(lambda *asked: -uniform(*asked))
    assert judged(timid, NAME, Case(linear(1, bias=1.0), (0.0,), inputs=((1.0,),))).kind == "rejected"
    assert judged(timid, NAME, Case(linear(1, bias=-1.0), (0.0,), inputs=((2.0,),))).kind == "violated"


def test_only_where_the_output_is_not_negative(judged, linear):
    """Of the inputs -1 and 2 of f = x1 the second is judged."""
    assert judged(uniform, NAME, Case(linear(1), (0.0,), inputs=((-1.0,), (2.0,)))).observed.x == (2.0,)
    outcome = judged(uniform, NAME, Case(linear(1), (0.0,), inputs=((-1.0,),)))
    assert (outcome.kind, outcome.reason) == ("rejected", "the output is negative")


def test_dead_is_vacuous(judged, linear):
    """Scores of 0 where f is 0 and flat show nothing."""
    assert judged(uniform, NAME, Case(linear(1, relu=True), (0.0,), inputs=((-1.0,),))).kind == "vacuous"


@pytest.mark.parametrize("explain", POSITIVE, ids=lambda explain: getattr(explain, "__name__", repr(explain)))
@pytest.mark.parametrize("preset", PRESETS)
def test_draws(judged, preset, explain, draw_blocks):
    """Every promise is kept on drawn cases, most of which could break it; rules promise nothing behind smooth steps."""
    family = PRESETS[preset]
    cases = [at_least_0(block, family) for block in draw_blocks(30, 153, block_size(family))]
    assert all(case.belongs_to(family) for case in cases)
    outcomes = [judged(explain, NAME, case) for case in cases]
    kinds = [outcome.kind for outcome in outcomes]
    unpromised = [outcome.reason for outcome in outcomes].count("positive scores are not promised there")
    assert "violated" not in kinds
    if preset in ("smooth", "attention") and explain not in (uniform, gradient_squared):
        assert unpromised > 20
    else:
        assert kinds.count("holds") > 20


def test_the_promise_depends_on_options():
    """Negative contributions, or a box that does not hold the inputs, are no promise."""
    assert not declaration(LRPAlphaBeta(2, 1)).claims
    assert NAME in declaration(LRPAlphaBeta(1, 0)).claims
    assert set(declaration(LRPAlphaBeta(2, 0)).claims) == {NAME}
    assert not declaration(LRPZBox(low=0.0)).claims
