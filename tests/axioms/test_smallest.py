"""The further axioms through the engine: what is found is the smallest there is."""

import pytest

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.cell import run
from axiomcheck.engine.question import Budget, Question
from axiomcheck.explainers import locate
from axiomcheck.networks import Family

SMALLEST = {
    ("uniform", "null_player"): "f(x1, x2) = x1",
    ("uniform", "sensitivity"): "f(x1) = x1 + 1",
    ("lrp-epsilon", "homogeneity"): "f(x1) = x1\ng(x1) = 2*x1",
    ("grad-x-input", "shift_invariance"): "f(x1) = x1\ng(x1) = x1 + 1",
    ("grad-x-input", "demand_monotonicity"): "f(x1) = relu(x1 + 1)",
}


@pytest.mark.parametrize(("explainer", "axiom"), SMALLEST)
def test_the_smallest_network(explainer, axiom):
    """One variable and one weight are enough, two variables where one must not matter; nothing smaller fails."""
    cell = run(Question(locate(explainer), AXIOMS[axiom], Family.parse("biased"), Budget(100)))
    assert cell.verdict == "violated"
    assert cell.counterexample.formula == SMALLEST[explainer, axiom]
