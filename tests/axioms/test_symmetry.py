"""Symmetry."""

from dataclasses import replace

import pytest
import torch

from axiomcheck.explainers.methods.grad_x_input import grad_x_input
from axiomcheck.explainers.methods.integrated_gradients import IntegratedGradients
from axiomcheck.explainers.methods.lrp_z_plus import LRPZPlus
from axiomcheck.explainers.methods.smoothgrad import SmoothGrad
from axiomcheck.explainers.methods.uniform import uniform
from axiomcheck.networks import REWRITES, Case, Linear, Network, ReLU
from axiomcheck.networks.facts import OnKinks, Symmetric
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies.codec import block_size
from axiomcheck.strategies.symmetric import symmetric_variables

NAME = "symmetry"
ZERO = (0.0, 0.0)


@pytest.fixture
def total():
    """Return relu(x1 + x2) at (2, 2)."""
    network = Network((Linear(((1.0, 1.0),), (0.0,)), ReLU(), Linear(((1.0,),), (0.0,))))
    return Case(network, ZERO, inputs=((2.0, 2.0),), facts=(Symmetric(0, 1),))


def _first_only(model, inputs, target):
    return inputs * torch.eye(2)[0]


@pytest.mark.parametrize("explain", [uniform, grad_x_input, LRPZPlus(), IntegratedGradients()])
def test_equal_columns(judged, total, explain):
    """Both variables get 2 of 4, by each method that reads the weights alike."""
    assert judged(explain, NAME, total).kind == "holds"


def test_the_order_is_no_reason(judged, total):
    """What is given to the first variable alone is told with its variables."""
    outcome = judged(_first_only, NAME, total)
    assert (outcome.kind, outcome.gap) == ("violated", 2.0)
    assert outcome.reason == (
        "at x = (2, 2) the scores are (2, 0), though x1 and x2 are equal and f is symmetric in them"
    )


def test_a_rewrite_hides_it(judged, total):
    """With relu(x2) - relu(x2) added z⁺ shares 4 as 4 to 2: x1 gets 4/3, x2 the rest."""
    hidden = replace(total, rewrites=(REWRITES["cancelling-pair"](0, 1, 1.0, 0.0, 0, 1.0),))
    outcome = judged(LRPZPlus(), NAME, hidden)
    assert outcome.kind == "violated"
    assert outcome.gap == pytest.approx(4 / 3)
    assert judged(grad_x_input, NAME, hidden).kind == "holds"


def test_dead_is_vacuous(judged, total):
    """relu(x1 + x2) at (-1, -1) shows nothing."""
    assert judged(grad_x_input, NAME, replace(total, inputs=((-1.0, -1.0),))).kind == "vacuous"


def test_without_a_pair_there_is_no_question(judged, total):
    """A case that names no pair is rejected, and so is one on a kink."""
    assert judged(_first_only, NAME, replace(total, facts=())).kind == "rejected"
    assert judged(_first_only, NAME, replace(total, inputs=(ZERO,))).reason == "every input lies on a kink"


def test_the_symmetry_must_be_known(total, linear):
    """Unequal weights, or unequal values, belong to no family; two mirrored units do."""
    family = PRESETS["biased"]
    mirrored = Network((Linear(((1.0, -2.0), (-2.0, 1.0)), (1.0, 1.0)), ReLU(), Linear(((3.0, 3.0),), (0.0,))))
    assert total.belongs_to(family)
    assert replace(total, network=mirrored).belongs_to(family)
    assert not replace(total, network=linear(1, 2)).belongs_to(family)
    assert not replace(total, inputs=((1.0, 2.0),)).belongs_to(family)
    assert not replace(total, baseline=(1.0, 2.0)).belongs_to(family)


@pytest.mark.parametrize("preset", PRESETS)
def test_draws(judged, preset, draw_blocks):
    """Drawn cases are of their family, four of five could fail, and a half are rewritten; gradients keep it."""
    family = PRESETS[preset]
    cases = [symmetric_variables(block, family) for block in draw_blocks(40, 154, block_size(family))]
    assert all(case.belongs_to(family) for case in cases)
    kinds = [judged(grad_x_input, NAME, case).kind for case in cases]
    assert kinds.count("holds") > 32
    assert "violated" not in kinds
    assert 8 < sum(bool(case.rewrites) for case in cases) < 32


def test_opposite_scores_are_not_equal(judged, linear):
    """(1, -1) for x1 + x2 at (1, 1) is as far from equal as 2."""
    case = Case(linear(1, 1), (0.0, 0.0), inputs=((1.0, 1.0),), facts=(Symmetric(0, 1),))
    outcome = judged(lambda model, inputs, target: torch.tensor([[1.0, -1.0]]).double(), "symmetry", case)
    assert (outcome.kind, outcome.gap) == ("violated", 2.0)


def test_who_asks_where_the_twin_is_another_function_is_not_convicted(judged):
    """max(x1, x2) twice, on inputs of at least 0: one of them is rewritten, and is another function elsewhere."""
    first = Linear(((1.0, -1.0), (0.0, 1.0), (-1.0, 1.0), (1.0, 0.0)), (0.0,) * 4)
    network = Network((first, ReLU(), Linear(((1.0,) * 4,), (0.0,))))
    case = Case(
        network, (0.0, 0.0), inputs=((0.25, 0.25),), rewrites=(REWRITES["max-pair"](0, 0, 1),), facts=(Symmetric(0, 1),)
    )
    assert judged(SmoothGrad(), "symmetry", replace(case, facts=(*case.facts, OnKinks()))).kind == "rejected"
    assert "below 0" in judged(SmoothGrad(), "symmetry", replace(case, facts=(*case.facts, OnKinks()))).reason
