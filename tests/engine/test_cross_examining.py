"""Cross-examination: what the scoreboard does with counterexamples to others."""

from dataclasses import replace

import pytest

import axiomcheck as ac
from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.cell import run
from axiomcheck.engine.question import Budget, Question
from axiomcheck.explainers import locate
from axiomcheck.networks import Family
from axiomcheck.results.certificate import Cell
from benchmarks.cross_examining import cross_examined

LUCKY = Cell("captum:InputXGradient", "continuity", "biased", "holds", "no counterexample")


@pytest.fixture(scope="module")
def examined():
    """Return a function: what becomes of a cell beside that of gradient × input in biased networks."""
    found = ac.certify(["grad-x-input"], axioms=["continuity"], families=["biased"], examples=60)

    def beside(cell):
        told = []
        whole = cross_examined(replace(found, cells=(*found.cells, cell)), Budget(60), lambda: told.append(cell))
        assert len(told) == 2
        assert whole.cells[0] == found.cells[0]
        return whole.cells[1]

    return beside


def test_the_same_method_by_another_name_is_convicted(examined):
    """A cell that was out of luck gets a counterexample of its own, shrunk and confirmed."""
    cell = examined(LUCKY)
    assert cell.verdict == "violated"
    assert cell.counterexample.explainer == "captum:InputXGradient"
    assert cell.reason == cell.counterexample.reason
    assert cell.worst_gap == cell.counterexample.gap > 0


@pytest.mark.parametrize(
    "cell",
    [
        replace(LUCKY, explainer="occlusion"),
        replace(LUCKY, family="bias-free"),
        replace(LUCKY, axiom="conservation"),
        replace(LUCKY, verdict="unsupported"),
    ],
    ids=["continuous", "a family inside", "another axiom", "nothing was asked"],
)
def test_others_are_not(examined, cell):
    """Nor those of families in which nothing was found, nor for another axiom."""
    assert examined(cell) == cell


def test_what_is_found_inside_a_family_counts(examined):
    """A case of `biased` networks is one of `ordinary` networks too."""
    assert examined(replace(LUCKY, family="ordinary")).verdict == "violated"


def test_the_simplest_counterexample_is_shown(examined):
    """Where another's is simpler than one's own, which was hardly shrunk, and convicts too."""
    question = Question(
        locate("captum:InputXGradient"), AXIOMS["continuity"], Family.parse("biased"), Budget(60, trials=1)
    )
    own = run(question)
    cell = examined(own)
    assert cell.verdict == own.verdict == "violated"
    assert cell.counterexample.explainer == "captum:InputXGradient"
    assert cell.counterexample.case.simplicity < own.counterexample.case.simplicity
    assert cell.reason == cell.counterexample.reason
    assert replace(cell, reason=own.reason, worst_gap=own.worst_gap, counterexample=own.counterexample) == own
