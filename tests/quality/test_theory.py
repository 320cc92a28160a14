"""The table of theory comes out of the search alone: what must hold holds, what must fail is found."""

import pytest

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.question import Budget, Question
from axiomcheck.engine.runtime.threads import one_thread
from axiomcheck.engine.screen import screen
from axiomcheck.engine.search import search
from axiomcheck.explainers import CATALOGUE, locate
from axiomcheck.networks import Family

from .theory import FAILS, HOLDS, STATEMENTS, by_sample, narrowest, on_perceptrons, one_each, widest

FEW, MORE, SOME = 30, 60, 40
"""Effective cases that are searched where theory has a proof, and as many that are screened."""
SEARCHED, SCREENED = 200, 1_600
"""Effective cases of the cells that are asked about most: as many as a bank keeps for the next explainer."""
WANTED = 500
"""Effective cases that are searched, and screened where the search finds nothing, for what theory refutes: as many as a
cell has by default. The rarest failures are half a percent of the cases, and all explainers share one sample.
"""


SLOW = {"expected-gradients", "shapley-sampling", "gradient-squared", "gradient-magnitude"}
"""Variants of others, whose cases are not worth their time where there are many."""
KEPT = ({*CATALOGUE} - SLOW) | {"captum:InputXGradient", "captum:DeepLift"}
"""Explainers that the suite asks about; those with options and further methods of Captum take longer."""


def _is_of_the_tutorial(cell):
    return AXIOMS[cell[1]].group == "tutorial"


STRONGEST = by_sample([c for c in one_each(widest(on_perceptrons(HOLDS))) if c[0] in KEPT and _is_of_the_tutorial(c)])
"""Of each explainer and axiom of the tutorial the widest family of perceptrons."""
SMALLEST = by_sample([c for c in one_each(narrowest(FAILS)) if c[0] in KEPT])
"""Of each explainer and axiom the narrowest family in which it fails."""
SMOOTH = by_sample(
    [
        (explainer, axiom, "smooth")
        for explainer, axiom, family in widest(HOLDS)
        if explainer in KEPT and "gelu" in Family.parse(family).items
    ]
)
"""Of each explainer the axioms that are about functions, whatever these are made of."""
NATIVE = [c for c in STRONGEST if c[0] in CATALOGUE]
WIDEST = set(widest(HOLDS))


def _assert_holds(explainer, axiom, family, examples, more=None):
    """Neither search nor screen finds anything in ``examples`` effective cases each, or ``more`` screened ones."""
    more = more or examples
    question = Question(locate(explainer), AXIOMS[axiom], Family.parse(family), Budget(examples))
    with one_thread():
        searched = search(question.judge, question.family, examples, question.random("search"))
        screened = screen(question.judge, question.family, more, question.random("screen"))
    for failed in (searched.failed, screened.failed):
        assert failed is None, question.judge(failed).reason
    assert screened.violations == 0
    assert searched.effective + screened.effective >= 0.95 * (examples + more)


def _assert_fails(explainer, axiom, family):
    """A counterexample is found within the budget, and seen again on fresh copies."""
    question = Question(locate(explainer), AXIOMS[axiom], Family.parse(family), Budget(WANTED))
    with one_thread():
        found = search(question.judge, question.family, WANTED, question.random("search")).violation
        found = found or screen(question.judge, question.family, WANTED, question.random("screen")).violation
    assert found is not None
    assert question.judge(found).kind == "violated"


@pytest.mark.parametrize(("explainer", "axiom", "family"), STRONGEST)
def test_what_is_proved_holds(explainer, axiom, family):
    """No counterexample is found in 80 effective cases, or a few less."""
    _assert_holds(explainer, axiom, family, SOME)


@pytest.mark.parametrize(("explainer", "axiom", "family"), SMOOTH[::6])
def test_what_is_proved_of_functions_holds_on_smooth_ones(explainer, axiom, family):
    """No counterexample is found in 80 effective cases, or a few less: of some of them."""
    _assert_holds(explainer, axiom, family, SOME)


@pytest.mark.long
@pytest.mark.parametrize(("explainer", "axiom", "family"), SMOOTH)
def test_all_that_is_proved_of_functions_holds_on_smooth_ones(explainer, axiom, family):
    """Nor in 200 and 1,600."""
    _assert_holds(explainer, axiom, family, SEARCHED, SCREENED)


@pytest.mark.parametrize(("explainer", "axiom", "family"), SMALLEST)
def test_what_is_refuted_is_found(explainer, axiom, family):
    """A counterexample is found within the budget."""
    _assert_fails(explainer, axiom, family)


PROVED = by_sample([c for c in HOLDS if c not in STRONGEST])


@pytest.mark.long
@pytest.mark.parametrize(("explainer", "axiom", "family"), PROVED)
def test_every_proved_cell_comes_out_of_the_search(explainer, axiom, family):
    """In 120 effective cases of the widest families, and some of those inside, whose cases the wide ones draw too."""
    _assert_holds(explainer, axiom, family, MORE if (explainer, axiom, family) in WIDEST else FEW)


@pytest.mark.long
@pytest.mark.parametrize(("explainer", "axiom", "family"), by_sample([c for c in FAILS if c not in SMALLEST]))
def test_every_refuted_cell_comes_out_of_the_search(explainer, axiom, family):
    """A counterexample is found in every family that has one."""
    _assert_fails(explainer, axiom, family)


@pytest.mark.long
@pytest.mark.parametrize(("explainer", "axiom", "family"), NATIVE)
def test_what_is_proved_holds_in_many_cases(explainer, axiom, family):
    """Of 1,800 some are searched, most drawn by themselves; none is against the explainer."""
    _assert_holds(explainer, axiom, family, SEARCHED, SCREENED)


def test_the_proved_cells_have_a_hundred_thousand_effective_cases():
    """Each of the long tables asserts that 95 % of its cases could have shown something, and that none did."""
    many = (len(SMOOTH) + len(NATIVE)) * (SEARCHED + SCREENED)
    few = sum(2 * (MORE if cell in WIDEST else FEW) for cell in PROVED)
    assert 0.95 * (many + few) >= 100_000


def test_the_table_does_not_contradict_itself():
    """No cell is said twice, and nothing fails inside a family in which it holds."""
    assert len({*HOLDS, *FAILS}) == len(HOLDS) + len(FAILS)
    refuted = {}
    for explainer, axiom, family in FAILS:
        refuted.setdefault((explainer, axiom), []).append(Family.parse(family))
    for explainer, axiom, family in HOLDS:
        assert not any(inner <= Family.parse(family) for inner in refuted.get((explainer, axiom), ()))


def test_the_table_speaks_of_every_explainer():
    """Each native explainer is in it, each axiom it names is one, and each statement says why."""
    assert {explainer for explainer, _, _ in (*HOLDS, *FAILS)} >= set(CATALOGUE)
    assert {statement.axiom for statement in STATEMENTS} <= set(AXIOMS)
    assert all(statement.why and (statement.holds or statement.fails) for statement in STATEMENTS)
