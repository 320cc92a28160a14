"""Verdicts: what a search, a screen and a confirmation amount to."""

from dataclasses import replace

import pytest
import torch

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.cell import run
from axiomcheck.engine.question import Budget, Question
from axiomcheck.engine.screen import rate_upper_bound
from axiomcheck.explainers import Located, Unsupported, locate
from axiomcheck.networks import Family


def _cell(explainer, axiom="conservation", examples=100, family="bias-free"):
    located = explainer if isinstance(explainer, Located) else locate(explainer)
    return run(Question(located, AXIOMS[axiom], Family.parse(family), Budget(examples)))


def test_zero_scores_prove_nothing_by_zero_outputs():
    """Cases that could not have failed are counted, never as evidence."""
    cell = _cell("grad-x-input")
    assert cell.verdict == "holds"
    assert cell.screen["effective"] == 100 < cell.screen["drawn"]
    assert cell.search["effective"] == 100
    assert cell.search["effective"] + cell.search["rejected"] == cell.search["drawn"]


def test_too_few_effective_cases_are_inconclusive():
    """Fewer than 59 cannot bound a rate below 5 %."""
    cell = _cell("grad-x-input", examples=40)
    assert cell.verdict == "inconclusive"
    assert "59 are needed" in cell.reason


def test_what_does_not_repeat_is_no_violation():
    """An explainer that fails once and then never again is not convicted, and not acquitted."""
    calls = []

    def moody(model, inputs, target):
        calls.append(1)
        shares = (model(inputs).gather(1, target[:, None]) / inputs.shape[1]).expand_as(inputs).detach()
        return shares + (len(calls) == 20)

    cell = _cell(moody)
    assert cell.verdict == "inconclusive"
    assert "does not repeat itself" in cell.reason
    assert cell.counterexample is None


def test_unsupported_says_why():
    """A missing library, or a model that cannot be read, is no failure of the explainer."""

    def refuses(model, inputs, target):
        raise Unsupported("convolutions are not for me")

    assert (_cell(refuses).verdict, _cell(refuses).reason) == ("unsupported", "convolutions are not for me")
    missing = Located("captum:LRP", None, "", "captum is missing: install axiomcheck[captum]")
    assert _cell(missing).reason == "captum is missing: install axiomcheck[captum]"


def test_a_failure_on_the_screen_alone_counts():
    """What only the independent sample finds is a violation like any other."""
    seen = []

    def fails_late(model, inputs, target):
        seen.append(1)
        shares = (model(inputs).gather(1, target[:, None]) / inputs.shape[1]).expand_as(inputs).detach()
        return shares + (len(seen) > 150)

    cell = _cell(fails_late)
    assert (cell.verdict, cell.screen["effective"]) == ("violated", 100)
    assert cell.search["effective"] == 100


@pytest.mark.parametrize("seed", range(3))
def test_a_question_is_answered_alone(seed):
    """The answer does not depend on torch's global state, or on what was asked before."""
    torch.manual_seed(seed)
    first = _cell("lrp-z-plus", family="biased")
    assert first.counterexample.case == _cell("lrp-z-plus", family="biased").counterexample.case


def test_a_question_about_networks_of_all_kinds_is_answered_alone():
    """Nor does that about the widest family."""
    first, again = (_cell("gradient", examples=60, family="ordinary") for _ in range(2))
    assert first.verdict == "violated"
    assert first.counterexample == again.counterexample


def test_a_fault_of_our_own_is_told_and_nothing_is_lost(caplog):
    """Where axiomcheck itself fails, that is the error of one cell, logged with its traceback; others are judged."""

    def broken(block, family):
        raise KeyError("a bug")

    broken_axiom = replace(AXIOMS["continuity"], draws=broken)
    asked = Question(locate("uniform"), broken_axiom, Family.parse("biased"), Budget(60))
    assert run(asked).verdict == "error"
    assert "axiomcheck itself failed, please report it: KeyError: 'a bug'" in run(asked).reason
    assert "Traceback" in caplog.text


@pytest.mark.parametrize(("refusing", "verdict"), [(1 / 40, "holds"), (1 / 10, "inconclusive")])
def test_what_an_explainer_leaves_open_counts_against_it(refusing, verdict):
    """Up to 5 % of the cases may be refused; a second bound takes them for violations."""
    calls = []

    def moody(model, inputs, target):
        calls.append(1)
        if len(calls) % round(1 / refusing) == 0:
            raise Unsupported("not now")
        return (model(inputs).gather(1, target[:, None]) / inputs.shape[1]).expand_as(inputs).detach()

    cell = _cell(moody)
    refused, effective = cell.screen["refused"], cell.screen["effective"]
    assert (cell.verdict, refused > 0) == (verdict, True)
    assert f"the {refused} that it left open ({refused} refused, not now)" in cell.reason
    strict = rate_upper_bound(refused, effective + refused)
    assert (f"{100 * strict:.3g} % if" in cell.reason) == (verdict == "holds")
    assert cell.violation_rate_upper_bound == rate_upper_bound(0, effective)
