"""The scopes that are found are those of theory: the widest families in which each method keeps an axiom."""

from dataclasses import replace

import pytest

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.cell import run
from axiomcheck.engine.question import Budget, Question
from axiomcheck.engine.scope import scope
from axiomcheck.explainers import locate
from axiomcheck.networks import Family

from .theory.scopes import FRONTIERS, QUICK


def _scope(frontier):
    within = Family.parse(frontier.within)
    question = Question(
        locate(frontier.explainer), AXIOMS[frontier.axiom], within, Budget(frontier.examples, frontier.seed)
    )
    return scope(question.axiom, lambda family: run(replace(question, family=family)), {within: run(question)})


def _assert_is_found(frontier):
    found = _scope(frontier)
    assert {widest.family for widest in found.widest} == {str(Family.parse(text)) for text in frontier.widest}
    assert found.complete
    assert not found.undecided
    assert found.sentence.startswith(frontier.says)


@pytest.mark.parametrize("frontier", QUICK, ids=str)
def test_the_frontier_is_that_of_theory(frontier):
    """Among perceptrons the widest families are those of a proof, and the sentence names them."""
    _assert_is_found(frontier)


@pytest.mark.long
@pytest.mark.parametrize("frontier", [one for one in FRONTIERS if one not in QUICK], ids=str)
def test_every_frontier_is_that_of_theory(frontier):
    """Among all that library users write, too; and where nothing is kept no family is named."""
    _assert_is_found(frontier)


def test_the_table_does_not_contradict_itself():
    """Each widest family lies within what was asked about, none within another; and every line says why."""
    for frontier in FRONTIERS:
        families = [Family.parse(text) for text in frontier.widest]
        assert all(family <= Family.parse(frontier.within) for family in families)
        assert not any(one <= other for one in families for other in families if one is not other)
        assert frontier.why
        assert frontier.axiom in AXIOMS
