"""Equality of two explainers: specimens on both sides, where it is asked, and from which baseline."""

from random import Random

import pytest
import torch

import axiomcheck as ac
from axiomcheck.axioms.equality import equality
from axiomcheck.engine.judge import Judge
from axiomcheck.explainers import Unsupported, locate
from axiomcheck.networks import Case, Linear, Network, ReLU
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies.codec import block_size

SUM = Network((Linear(((1.0, 1.0),), (0.0,)),))
OPENED = Network((Linear(((1.0,),), (1.0,)), ReLU()))


def _asked(one, other, case, **where):
    of, second = locate(one), locate(other)
    return Judge(of.explain, equality(of, second, **where))(case)


def test_one_method_by_two_names():
    """z⁺ is αβ(1, 0): the scores are the same, on a network that tells z⁺ from LRP-0."""
    case = Case(Network((Linear(((1.0, -1.0),), (0.0,)),)), (0.0, 0.0), inputs=((3.0, 1.0),))
    assert _asked("lrp-z-plus", "lrp-alpha-beta:alpha=1,beta=0", case).kind == "holds"
    outcome = _asked("lrp-z-plus", "lrp-0", case)
    assert (outcome.kind, outcome.gap) == ("violated", 1.0)
    assert outcome.reason == "at x = (3, 1) the scores are (2, 0), and those of lrp-0 are (3, -1)"


def test_zeros_are_left_out_on_demand():
    """x1 + x2 is 0 at (1, -1), where relevance ends and gradients do not."""
    case = Case(SUM, (0.0, 0.0), inputs=((1.0, -1.0),))
    assert _asked("lrp-0", "grad-x-input", case).kind == "violated"
    assert _asked("lrp-0", "grad-x-input", case, off_zeros=True).kind == "rejected"
    beside = Case(SUM, (0.0, 0.0), inputs=((1.0, -1.0), (2.0, -1.0)))
    assert _asked("lrp-0", "grad-x-input", beside, off_zeros=True).kind == "holds"


def test_kinks_are_left_out():
    """relu(x + 1) at -1: what the gradient is there is a convention."""
    assert _asked("gradient", "grad-x-input", Case(OPENED, (0.0,), inputs=((-1.0,),))).kind == "rejected"


def test_one_baseline_alone_is_zero():
    """Gradient × input measures from nowhere, so integrated gradients do from 0; elsewhere nothing is asked."""
    network = Network((Linear(((2.0,),), (0.0,)),))
    assert _asked("integrated-gradients", "grad-x-input", Case(network, (0.0,), inputs=((3.0,),))).kind == "holds"
    assert _asked("integrated-gradients", "grad-x-input", Case(network, (1.0,), inputs=((3.0,),))).kind == "rejected"
    drawn = equality(locate("integrated-gradients"), locate("grad-x-input")).draws
    family = PRESETS["biased"]
    assert not any(any(drawn(Random(k).randbytes(block_size(family)), family).baseline) for k in range(20))


def test_two_baselines_are_one():
    """Both measure from the case's: of 2x from 1 at 3 each gets 4."""
    network = Network((Linear(((2.0,),), (0.0,)),))
    case = Case(network, (1.0,), inputs=((3.0,),))
    assert _asked("integrated-gradients", "deeplift", case).kind == "holds"
    assert _asked("integrated-gradients", "deeplift", case, from_zero=True).kind == "rejected"


@ac.explainer(conserves="unit")
def shares(model, inputs, target):
    """Return gradient × input of a linear model in shares of one."""
    found = locate("grad-x-input").explain(model, inputs, target)
    return found / model(inputs).gather(1, target[:, None]).detach()


def test_a_unit_stands_for_the_output():
    """What distributes one unit is multiplied by f(x), on whichever side it stands."""
    case = Case(SUM, (0.0, 0.0), inputs=((1.0, 2.0),))
    for one, other in ((shares, "grad-x-input"), ("grad-x-input", shares), (shares, shares)):
        assert _asked(one, other, case).kind == "holds"
    assert _asked(shares, "gradient", case).kind == "violated"


def test_what_cannot_be_had_is_told():
    """Another explainer that is missing, or refuses a network, is named."""
    missing = locate("grad-x-input")
    with pytest.raises(Unsupported, match=r"install axiomcheck\[x\]"):
        equality(missing, type(missing)("x:y", None, "", "x is missing: install axiomcheck[x]"))

    def refuses(model, inputs, target):
        raise Unsupported("not for me")

    outcome = _asked("grad-x-input", refuses, Case(SUM, (0.0, 0.0), inputs=((1.0, 2.0),)))
    assert outcome.kind == "unsupported"
    assert outcome.reason.endswith("refuses: not for me")


@pytest.mark.parametrize(
    ("one", "other", "family"),
    [("lrp-0", "grad-x-input", "bias-free"), ("deeplift", "grad-x-input", "biased"), (shares, "uniform", "bias-free")],
)
def test_the_code_shows_the_gap(one, other, family, capsys):
    """The printed script runs by itself and prints the gap that was found."""
    found = ac.find_counterexample(one, equals=other, family=family, examples=3000)
    code = found.code()
    try:
        exec(code, {})
    finally:
        torch.set_default_dtype(torch.float32)
    assert float(capsys.readouterr().out.split()[-1]) == pytest.approx(found.gap, rel=1e-12)


def test_an_axiom_or_another_explainer():
    """One of the two is asked about."""
    for asked in ({}, {"axiom": "continuity", "equals": "lrp-0"}):
        with pytest.raises(ac.AxiomcheckError, match="an axiom, or another explainer"):
            ac.find_counterexample("uniform", **asked)


def test_check_passes_where_two_are_one():
    """Equality is checked as an axiom is."""
    ac.check("lrp-flat:everywhere=True", equals="uniform", family="biased")
    with pytest.raises(ac.AxiomViolation, match="equality with uniform"):
        ac.check("lrp-flat", equals="uniform", family="biased")
