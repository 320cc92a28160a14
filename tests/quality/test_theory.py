"""The facts come out: what must hold holds, what must fail is found."""

import pytest

from axiomcheck.axioms import AXIOMS
from axiomcheck.cell import Budget, Question
from axiomcheck.explainers import locate
from axiomcheck.networks import Family

from .theory import FAILS, HOLDS


def _cells(table):
    return [(*cell, family) for cell, families in table.items() for family in families]


EXAMPLES = 280
"""Cases searched, and as many screened, where nothing is to be found."""


def _question(explainer, axiom, family, examples=500):
    return Question(locate(explainer), AXIOMS[axiom], Family.parse(family), Budget(examples))


@pytest.mark.parametrize(("explainer", "axiom", "family"), _cells(HOLDS))
def test_what_is_proved_holds(explainer, axiom, family):
    """No counterexample is found, in enough effective cases to say so."""
    cell = _question(explainer, axiom, family, EXAMPLES).cell()
    assert (cell.verdict, cell.reason) == ("holds", cell.reason)
    assert cell.search["effective"] + cell.screen["effective"] >= 300
    assert cell.screen["violations"] == 0


@pytest.mark.parametrize(("explainer", "axiom", "family"), _cells(FAILS))
def test_what_is_refuted_is_found(explainer, axiom, family):
    """A counterexample is found within the budget, and confirmed."""
    question = _question(explainer, axiom, family)
    _, finding = question.hunt()
    assert finding is not None
    assert finding.kind == "violated"
    assert question.judge(finding.counterexample.case).kind == "violated"


def test_no_cell_is_in_both_tables():
    """The table does not contradict itself."""
    assert not set(_cells(HOLDS)) & set(_cells(FAILS))
