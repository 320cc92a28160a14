"""Power at attention and smooth layers: a wrong rule is caught by the axiom that theory names, the right one is not."""

from dataclasses import replace

import pytest

from axiomcheck.engine.question import Budget, Question
from axiomcheck.engine.runtime.threads import one_thread
from axiomcheck.engine.search import search
from axiomcheck.explainers import locate
from axiomcheck.networks import Family

from .mutants.of_attention import OF_ATTENTION

EXAMPLES, SEEDS, CAUGHT = 500, 5, 17
QUICK = ("shares of keys for those of queries", "the mean of a layer norm is detached", "GELU by its gradient")


def _found(mutant, explain, seed, examples=EXAMPLES):
    located = replace(locate(mutant.right), explain=explain)
    question = Question(located, mutant.judged, Family.parse(mutant.family), Budget(examples, seed))
    with one_thread():
        return search(question.judge, question.family, examples, question.random("search")).violation


def test_there_are_enough():
    """Fifteen or more."""
    assert len(OF_ATTENTION) >= 15


@pytest.mark.parametrize("name", QUICK)
def test_a_wrong_rule_is_caught(name):
    """Within 500 cases."""
    assert _found(OF_ATTENTION[name], OF_ATTENTION[name], 0) is not None


@pytest.mark.long
@pytest.mark.parametrize("seed", range(SEEDS))
def test_nearly_all_wrong_rules_are_caught(seed):
    """At most one escapes on each seed."""
    missed = [name for name, mutant in OF_ATTENTION.items() if _found(mutant, mutant, seed) is None]
    assert len(OF_ATTENTION) - len(missed) >= CAUGHT, missed


@pytest.mark.long
@pytest.mark.parametrize(
    "name", [*{(m.axiom, m.family, m.unbiased): name for name, m in OF_ATTENTION.items()}.values()]
)
def test_the_right_rules_are_not(name):
    """What theory says of CP-LRP: no case is found in which it breaks the axiom."""
    mutant = OF_ATTENTION[name]
    assert _found(mutant, locate(mutant.right).explain, 0, 150) is None
