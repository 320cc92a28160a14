"""Rehearsals: the cases that explainers have in common are there before the first of them is asked."""

import pytest

from axiomcheck.engine import population
from axiomcheck.engine.bank import Bank
from axiomcheck.engine.question import Budget
from axiomcheck.engine.rehearsal import MOST, rehearse
from axiomcheck.engine.resolve import question
from axiomcheck.engine.runners import batches
from axiomcheck.engine.stretches import numbers_of, screen_stretches


def _asked(explainer, axiom="conservation", family="bias-free", examples=20):
    return question(explainer, axiom, family, Budget(examples))


@pytest.mark.parametrize("axiom", ["conservation", "purity"])
def test_a_screen_draws_nothing_after_a_rehearsal(monkeypatch, axiom):
    """Of another explainer, and of another axiom that draws alike."""
    bank = Bank()
    monkeypatch.setattr(population, "BANK", bank)
    rehearse(_asked("gradient"))
    drawn = dict(bank.cases)
    asked = _asked("lrp-0", axiom)
    ((_, screened),) = screen_stretches(asked, asked.judge, numbers_of(20)).items()
    assert screened.effective == 20
    assert bank.cases == drawn
    assert all(bank.cases[key] is case for key, case in drawn.items())


def test_a_batch_is_of_one_sample():
    """The largest first; what draws other cases, or for another family, is of another one."""
    asked = [
        _asked("gradient"),
        _asked("gradient", "continuity"),
        _asked("lrp-0"),
        _asked("lrp-0", family="biased"),
        _asked("lrp-0", "purity"),
        _asked("lrp-0", "continuity"),
    ]
    assert batches(asked, 1) == [[0, 2, 4], [1, 5], [3]]
    assert batches(asked, 3) == [[0, 2], [1, 5], [4], [3]]


def test_what_no_bank_holds_is_no_batch():
    """A case that has gone when it is asked for again was drawn for nothing."""
    assert batches([_asked("gradient", examples=MOST + 1)] * 2, 1) == [[0], [1]]
