"""A search: what ends it, what is preferred, what is told of cases that an explainer refuses."""

from pathlib import Path
from random import Random

import pytest
import torch

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.cell import run
from axiomcheck.engine.judge import Judge
from axiomcheck.engine.question import Budget, Question
from axiomcheck.engine.search import ENOUGH, search
from axiomcheck.explainers import Unsupported, locate
from axiomcheck.networks import Family


def _shares(model, inputs, target):
    """Return f/d, for inputs of any shape."""
    shares = model(inputs).gather(1, target[:, None]).detach() / inputs[0].numel()
    return shares.reshape(-1, *[1] * (inputs.dim() - 1)).expand_as(inputs)


def _layers(model):
    return sum(1 for module in model.modules() if not list(module.children()))


def _refusing(most, wrong=False):
    """Return an explainer that refuses models of more than so many layers; ``wrong``: the others it gets wrong."""

    def explain(model, inputs, target):
        if _layers(model) > most:
            raise Unsupported(f"more than {most} layers are not for me")
        return _shares(model, inputs, target) + wrong

    return explain


LINES = Path(__file__).read_text(encoding="utf-8").splitlines()
RAISES = next(number for number, line in enumerate(LINES, 1) if line.strip().startswith("raise ValueError"))
"""The line in which it is raised."""


def _raising(when, wrong=lambda model: False):
    """Return an explainer that raises where it is told to, and is wrong by 1 a variable where it is told to."""

    def explain(model, inputs, target):
        if when(model):
            raise ValueError("too much")
        return _shares(model, inputs, target) + wrong(model)

    return explain


def _cell(explain, family="biased", examples=120, axiom="conservation"):
    return run(Question(locate(explain), AXIOMS[axiom], Family.parse(family), Budget(examples)))


def _searched(explain, family="biased", examples=120):
    return search(Judge(explain, AXIOMS["conservation"]), Family.parse(family), examples, Random(3))


@pytest.mark.parametrize("family", ["biased", "ordinary"])
def test_who_refuses_many_cases_does_not_hold(family):
    """Who refuses deep models and is right on the others is not acquitted; the verdict says what was refused."""
    cell = _cell(_refusing(3), family, examples=100)
    assert cell.verdict == "inconclusive"
    assert cell.reason.endswith("refused, more than 3 layers are not for me)")
    assert cell.screen["refused"] + cell.screen["effective"] <= cell.screen["drawn"]
    assert 0 < cell.search["refused"] <= cell.search["rejected"]
    assert ENOUGH <= cell.screen["effective"] < cell.screen["drawn"] <= 400
    assert cell.search["rejected"] > 0


def test_nothing_is_told_where_nothing_was_refused():
    """Of an explainer that does every case both bounds are the same, and none is left open."""
    cell = _cell(_shares)
    assert cell.verdict == "holds"
    assert cell.reason.endswith(" % violate it (95 % confidence); none was left open")


def test_who_is_wrong_where_it_does_not_refuse_is_convicted():
    """A violation on shallow models is one, whatever is refused; the counterexample is one of those."""
    cell = _cell(_refusing(3, wrong=True))
    assert cell.verdict == "violated"
    assert _layers(cell.counterexample.case.network.module()) <= 3
    assert "refused" not in cell.reason


def test_who_refuses_everything_is_asked_no_longer():
    """After 59 refusals in a row the search ends, nothing is screened, and the verdict has the reason."""
    calls = []

    def refuses(model, inputs, target):
        calls.append(1)
        raise Unsupported("it is not written yet")

    cell = _cell(refuses, "ordinary", examples=400)
    assert (cell.verdict, cell.reason) == ("unsupported", "it is not written yet")
    assert cell.counterexample is None
    assert len(calls) == ENOUGH


def test_who_does_nothing_is_unsupported_and_who_does_little_inconclusive():
    """A few effective cases acquit nobody; where the others were refused, the reason says so."""
    cell = _cell(_refusing(0), examples=100)
    assert cell.verdict == "unsupported"
    few = []

    def now_and_then(model, inputs, target):
        few.append(1)
        if len(few) % 50:
            raise Unsupported("not now")
        return _shares(model, inputs, target)

    cell = _cell(now_and_then, examples=100)
    assert 0 < cell.screen["effective"] < ENOUGH
    assert cell.verdict == "inconclusive"
    assert cell.reason.endswith("most often not now")


def test_errors_do_not_hide_violations():
    """An explainer that raises on shallow models and is wrong on deep ones is convicted of being wrong."""
    explain = _raising(lambda model: _layers(model) < 4, wrong=lambda model: True)
    result = _searched(explain)
    assert result.errored is not None
    assert result.violation is not None
    assert result.failed is result.violation
    cell = _cell(explain)
    assert (cell.verdict, "the scores sum to" in cell.reason) == ("violated", True)
    assert _layers(cell.counterexample.case.network.module()) >= 4


def test_an_error_now_and_then_is_an_error():
    """Who is right where it does not raise is no less at fault; the smallest model that provokes it is shown."""
    cell = _cell(_raising(lambda model: _layers(model) > 3))
    assert cell.verdict == "error"
    assert cell.reason == f"it raised ValueError: too much (test_search.py:{RAISES})"
    assert _layers(cell.counterexample.case.network.module()) in (4, 5)


@pytest.mark.parametrize("family", ["biased", "ordinary"])
def test_errors_everywhere(family):
    """The search ends early, the verdict is error, and the counterexample is the simplest network of all."""
    explain = _raising(lambda model: True)
    assert _searched(explain, family, examples=300).drawn == ENOUGH
    cell = _cell(explain, family)
    assert cell.verdict == "error"
    assert cell.reason == f"it raised ValueError: too much (test_search.py:{RAISES})"
    assert cell.screen["effective"] == 0
    assert cell.counterexample.case.network.in_features == 1
    assert len(cell.counterexample.case.network.leaves) == 1


def test_the_search_ends_with_the_first_violation():
    """Nothing is drawn after it."""
    result = _searched(_raising(lambda model: False, wrong=lambda model: True))
    assert result.violation is not None
    assert result.drawn < 10


def test_a_search_counts_every_case_once():
    """Effective, rejected and failed cases add up to those drawn."""
    result = _searched(_refusing(3))
    assert result.effective == 120
    assert result.effective + result.rejected == result.drawn <= 360
    assert result.refusal == "more than 3 layers are not for me"
    assert not result.hopeless


def test_an_in_place_model_is_explained_as_any_other():
    """In the family of all styles the shares of f conserve it, whatever the code does to its own values."""

    def spoils_nothing(model, inputs, target):
        before = inputs.clone()
        scores = _shares(model, inputs, target)
        assert torch.equal(inputs, before)
        return scores

    assert _cell(spoils_nothing, "ordinary").verdict == "holds"
