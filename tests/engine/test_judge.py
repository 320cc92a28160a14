"""What gaps amount to under the tolerance: by numbers on both sides of each limit."""

from functools import partial

import pytest
import torch

from axiomcheck.axioms import AXIOMS, Gap
from axiomcheck.engine.judge import Judge
from axiomcheck.engine.tolerance import Tolerance
from axiomcheck.explainers import declaration, explainer
from axiomcheck.networks import Case, Linear, Network

NETWORK = Network((Linear(((1.0, 1.0),), (0.0,)),))
CASE = Case(NETWORK, (0.0, 0.0), inputs=((1.0, 1.0),))
BIG = 4097 + 1 / 3


def _tolerance(dtype="float64", own=0.0):
    @explainer(tolerance=own)
    def any_one(model, inputs, target):
        return inputs

    return Tolerance.of(dtype, declaration(any_one))


@pytest.mark.parametrize(
    ("dtype", "size", "kind"),
    [
        ("float64", 0.9e-6, "holds"),
        ("float64", 1.1e-6, "violated"),
        ("float32", 0.9e-3, "holds"),
        ("float32", 1.1e-3, "violated"),
    ],
)
def test_a_share_of_the_scale_is_allowed(dtype, size, kind):
    """1e-6 of it in float64, 1e-3 in float32."""
    assert _tolerance(dtype).judge(Gap(3 * size, scale=3.0)) == kind


@pytest.mark.parametrize(("dtype", "share"), [("float64", 2.0**-40), ("float32", 2.0**-18)])
def test_between_the_tolerance_and_rounding_nobody_can_say(dtype, share):
    """A gap that rounding could have made neither convicts nor acquits, even with a scale of 0."""
    tolerance = _tolerance(dtype)
    assert tolerance.judge(Gap(0.9 * share * 5, scale=0.0, rounding=5.0)) == "rejected"
    assert tolerance.judge(Gap(1.1 * share * 5, scale=0.0, rounding=5.0)) == "violated"
    assert tolerance.judge(Gap(0.0, scale=0.0, rounding=5.0)) == "holds"


def test_what_is_next_to_nothing_of_what_is_added_up_shows_nothing():
    """A saturated softmax of 2e-9, and nothing of it explained: no violation, and not the explainer's doing.

    Where the output is larger than that, or where it is 0 and the scores are not, it is one.
    """
    tolerance, of_f = _tolerance(), partial(Gap, is_of_output=True)
    assert tolerance.judge(of_f(2e-9, scale=2e-9, magnitude=4.0)) == "rejected"
    assert not tolerance.leaves_open(of_f(2e-9, scale=2e-9, magnitude=4.0))
    assert tolerance.judge(of_f(2e-9, scale=2e-9, magnitude=1.0)) == "violated"
    assert tolerance.judge(of_f(1.0, scale=2e-9, magnitude=4.0)) == "violated"
    assert tolerance.judge(of_f(2e-9, scale=0.0, magnitude=4.0)) == "violated"


def test_scores_next_to_nothing_excuse_nothing():
    """Where the scale is that of scores, it is the explainer's doing that it is small."""
    assert _tolerance().judge(Gap(2e-9, scale=2e-9, magnitude=4.0)) == "violated"


def test_huge_scores_are_no_excuse():
    """R = (1e6 + 1, -1e6) for f = 2 is off by one: that is no rounding of float64."""

    def huge(model, inputs, target):
        return torch.tensor([[1e6 + 1, -1e6]], dtype=inputs.dtype)

    assert Judge(huge, AXIOMS["conservation"])(CASE).kind == "violated"


@pytest.mark.parametrize(
    ("dtype", "off", "kind"),
    [
        (torch.float64, 0.0, "holds"),
        (torch.float32, 0.0, "rejected"),
        (torch.float32, 1.0, "violated"),
        (torch.float64, 1e-4, "violated"),
    ],
)
def test_scores_in_a_coarser_arithmetic_are_judged_in_that(dtype, off, kind):
    """Two that cancel up to f = 2 lose 2e-4 when they are returned in float32, which is no defect; 1 is one."""

    def cancelling(model, inputs, target):
        return torch.tensor([[BIG, 2 - BIG + off]], dtype=torch.float64).to(dtype)

    assert Judge(cancelling, AXIOMS["conservation"])(CASE).kind == kind


def test_the_explainer_s_own_tolerance_widens():
    """Who declares 3 % is judged by 3 %, and by no less than what the arithmetic allows."""
    assert _tolerance(own=0.03).judge(Gap(0.029, scale=1.0)) == "holds"
    assert _tolerance(own=0.03).judge(Gap(0.031, scale=1.0)) == "violated"
    assert _tolerance("float32", own=1e-9).relative == 1e-3


def test_what_is_undecided_is_rejected():
    """Unless it is a violation whatever the doubt; a vacuous gap is no evidence."""
    tolerance = _tolerance()
    assert tolerance.judge(Gap(0.0, scale=1.0, undecided=True)) == "rejected"
    assert tolerance.judge(Gap(1.0, scale=1.0, undecided=True)) == "violated"
    assert tolerance.judge(Gap(0.0, scale=1.0, vacuous=True)) == "vacuous"


def test_who_samples_gets_a_seed():
    """An explainer that takes ``seed`` is called with the same one each time."""
    seeds = []

    def sampling(model, inputs, target, *, seed):
        seeds.append(seed)
        return inputs

    judge = Judge(sampling, AXIOMS["conservation"])
    assert judge(CASE).kind == judge(CASE).kind == "holds"
    assert seeds == [0, 0]
