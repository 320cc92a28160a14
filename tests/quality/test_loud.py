"""Nobody is acquitted for being loud, for refusing, for caching, or for waiting."""

import pytest

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.cell import run
from axiomcheck.engine.question import Budget, Question
from axiomcheck.engine.runtime.threads import one_thread
from axiomcheck.engine.screen import screen
from axiomcheck.engine.search import search
from axiomcheck.explainers import locate
from axiomcheck.networks import Family
from axiomcheck.networks.family import PRESETS

from .loud import CACHING, LOUD, NAMED, OPEN, QUIET, TRIGGERS

SIXTEEN = {
    name: (explain if name not in CACHING else explain(), *rest)
    for name, (explain, *rest) in (LOUD | OPEN | CACHING | TRIGGERS).items()
}


def _verdict(explain, axiom, family, examples=120, seed=0):
    return run(Question(locate(explain), AXIOMS[axiom], Family.parse(family), Budget(examples, seed))).verdict


@pytest.mark.parametrize("name", LOUD)
def test_loud_scores_hide_nothing(name):
    """What is wrong behind scores a million times as large as the network is seen."""
    assert _verdict(*LOUD[name]) == "violated"


@pytest.mark.parametrize("name", QUIET)
def test_quiet_scores_hide_nothing(name):
    """Small scores are no small matter: what f has at stake is what counts, and that is not theirs to choose."""
    assert _verdict(*QUIET[name]) == "violated"


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


def _caught(name, seed):
    """Whether the search or the screen of 500 cases finds the defect."""
    question = Question(locate(NAMED[name]), AXIOMS["conservation"], PRESETS["ordinary"], Budget(500, seed))
    with one_thread():
        found = search(question.judge, question.family, 500, question.random("search")).violation
        return bool(found or screen(question.judge, question.family, 500, question.random("screen")).violation)


@pytest.mark.parametrize("name", NAMED)
def test_who_waits_for_a_named_option_is_caught(name):
    """In what is ordinary each option of a layer has its share."""
    assert _caught(name, 0)


@pytest.mark.long
@pytest.mark.parametrize("name", NAMED)
def test_who_waits_for_a_named_option_is_caught_whatever_the_seed(name):
    """On nine of ten seeds or more."""
    assert sum(_caught(name, seed) for seed in range(10)) >= 9


@pytest.mark.long
@pytest.mark.parametrize("name", SIXTEEN)
def test_none_of_sixteen_holds(name):
    """All are wrong in more than one case of a hundred that are drawn; on no seed does the axiom hold of any."""
    assert "holds" not in {_verdict(*SIXTEEN[name], 500, seed) for seed in range(3)}
