"""What the explainers promise is what theory proves, and what the search upholds."""

import pytest

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.cell import run
from axiomcheck.engine.question import Budget, Question
from axiomcheck.explainers import CATALOGUE, declaration, locate
from axiomcheck.explainers.claims import CLAIMS
from axiomcheck.networks import Family

from .theory import FAILS, HOLDS

OPTIONS = {
    "lrp-0, bias dropped": "lrp-0:bias='dropped'",
    "lrp-gamma, bias dropped": "lrp-gamma:bias='dropped'",
    "lrp-z-plus, bias dropped": "lrp-z-plus:bias='dropped'",
    "lrp-w-square, everywhere": "lrp-w-square:everywhere=True",
    "lrp-flat, everywhere": "lrp-flat:everywhere=True",
    "deep-taylor, nearest": "deep-taylor:root='nearest'",
    "deep-taylor, generalized": "deep-taylor:root='generalized'",
}
PROMISES = [(OPTIONS.get(name, name), axiom, family) for name, said in CLAIMS.items() for axiom, family in said.items()]
SOME = [promise for number, promise in enumerate(PROMISES) if number % 8 == 0 and promise[0] != "expected-gradients"]


def _families(cells, explainer, axiom):
    return [Family.parse(family) for other, named, family in cells if (other, named) == (explainer, axiom)]


@pytest.mark.parametrize(("explainer", "axiom", "family"), PROMISES)
def test_promises_are_proved(explainer, axiom, family):
    """Each lies in a family for which the table of theory has a proof, and in none that it refutes."""
    promised = Family.parse(family)
    assert any(promised <= proved for proved in _families(HOLDS, explainer, axiom))
    assert not any(refuted <= promised for refuted in _families(FAILS, explainer, axiom))


@pytest.mark.parametrize("name", CLAIMS)
def test_explainers_say_what_stands_in_the_table(name):
    """An explainer with its options declares the claims that are written for it."""
    assert declaration(locate(OPTIONS.get(name, name)).explain).claims == CLAIMS[name]


def test_who_promises_something():
    """All native explainers but αβ, which promises nothing by default."""
    assert set(CATALOGUE) - set(CLAIMS) == {"lrp-alpha-beta"}


@pytest.mark.parametrize(("explainer", "axiom", "family"), SOME)
def test_promises_are_upheld(explainer, axiom, family):
    """Certificates say so, of some of them; all stand among the cells of theory, which are searched for longer."""
    claim = run(Question(locate(explainer), AXIOMS[axiom], Family.parse(family), Budget(60))).claim
    assert claim.verdict == "upheld", claim.reason
