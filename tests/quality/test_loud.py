"""Nobody is acquitted for being loud, for refusing, for caching, or for waiting."""

import pytest

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.cell import run
from axiomcheck.engine.question import Budget, Question
from axiomcheck.explainers import locate
from axiomcheck.networks import Family

from .loud import CACHING, LOUD, OPEN, TRIGGERS


def _verdict(explain, axiom, family):
    return run(Question(locate(explain), AXIOMS[axiom], Family.parse(family), Budget(120))).verdict


@pytest.mark.parametrize("name", LOUD)
def test_loud_scores_hide_nothing(name):
    """What is wrong behind scores a million times as large as the network is seen."""
    assert _verdict(*LOUD[name]) == "violated"


@pytest.mark.parametrize("name", OPEN)
def test_who_leaves_cases_open_does_not_hold(name):
    """Neither by refusing what it would get wrong, nor by scores that decide nothing."""
    assert _verdict(*OPEN[name]) != "holds"


@pytest.mark.parametrize("name", CACHING)
def test_what_is_cached_is_seen(name):
    """Scores of other inputs, or of another model, do not sum up."""
    make, axiom, family = CACHING[name]
    assert _verdict(make(), axiom, family) == "violated"


@pytest.mark.parametrize("name", TRIGGERS)
def test_who_waits_is_caught(name):
    """A defect in a share of the cases that is no oddity."""
    assert _verdict(*TRIGGERS[name]) == "violated"
