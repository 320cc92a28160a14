"""Power: every planted defect is caught, within 300 cases, by an axiom that the right explainer satisfies."""

import pytest

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.cell import run
from axiomcheck.engine.question import Budget, Question
from axiomcheck.engine.runtime.threads import one_thread
from axiomcheck.engine.search import search
from axiomcheck.explainers import locate
from axiomcheck.networks import Family

from .mutants import MUTANTS

EXAMPLES = 300
SEEDS = 20
FEW = 60
"""Cases for each of the other axioms."""
CAUGHT = 19
"""Of so many seeds."""


def _is_caught(explainer, axiom, family, seed=0, examples=EXAMPLES):
    question = Question(locate(explainer), AXIOMS[axiom], Family.parse(family), Budget(examples, seed))
    with one_thread():
        found = search(question.judge, question.family, examples, question.random("search")).violation
    return found is not None and question.judge(found).kind == "violated"


def test_there_are_enough():
    """There are forty or more, and every axiom is needed for one of them."""
    assert len(MUTANTS) >= 40
    assert {mutant.axiom for mutant in MUTANTS.values()} == set(AXIOMS)


@pytest.mark.parametrize("name", MUTANTS)
def test_a_mutant_is_caught(name):
    """On two seeds a case is found on which the mutant breaks the axiom."""
    mutant = MUTANTS[name]
    assert all(_is_caught(mutant.explainer, mutant.axiom, mutant.family, seed) for seed in range(2))


@pytest.mark.long
@pytest.mark.parametrize("name", MUTANTS)
def test_a_mutant_is_caught_on_nearly_every_seed(name):
    """On at least 19 of 20 seeds."""
    mutant = MUTANTS[name]
    caught = [_is_caught(mutant.explainer, mutant.axiom, mutant.family, seed) for seed in range(SEEDS)]
    assert sum(caught) >= CAUGHT


@pytest.mark.long
@pytest.mark.parametrize(("right", "axiom", "family"), sorted({(m.right, m.axiom, m.family) for m in MUTANTS.values()}))
def test_the_right_explainer_is_not(right, axiom, family):
    """What the mutant is convicted of, the right explainer does not do."""
    question = Question(locate(right), AXIOMS[axiom], Family.parse(family), Budget(EXAMPLES))
    assert run(question).verdict == "holds"


@pytest.mark.long
@pytest.mark.parametrize("name", [name for name, mutant in MUTANTS.items() if mutant.alone])
def test_no_other_axiom_sees_it(name):
    """Where one axiom alone sees a mutant, the others pass it, or do not pass the right explainer either."""
    mutant = MUTANTS[name]
    seen = {axiom for axiom in AXIOMS if _is_caught(mutant.explainer, axiom, mutant.family, examples=FEW)}
    seen -= {axiom for axiom in seen if _is_caught(mutant.right, axiom, mutant.family)}
    assert seen == {mutant.axiom}
