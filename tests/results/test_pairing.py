"""Cells that were screened on the same cases are compared case by case."""

import pytest

from axiomcheck.results.certificate import Cell
from axiomcheck.results.pairing import Pairing


def cell(outcomes, explainer="mine", axiom="conservation"):
    """Return a cell with these outcomes."""
    return Cell(explainer, axiom, "biased", "violated", "", outcomes=outcomes)


def test_only_cases_that_are_effective_for_both_count():
    """Of six common cases four are effective for both; in one the first alone fails, in two the second."""
    pairing = Pairing.of(cell("vhhovvh"), cell("hvvvvo"))
    assert (pairing.cases, pairing.first_alone, pairing.second_alone) == (4, 1, 2)
    assert pairing.difference == -1 / 4


def test_what_has_no_common_case_is_not_compared():
    """Other axioms, older cells without outcomes, and cells of which one shows nothing."""
    assert Pairing.of(cell("vvh"), cell("vvh", axiom="continuity")) is None
    assert Pairing.of(cell("vvh"), cell("")) is None
    assert Pairing.of(cell("oo"), cell("vv")) is None


@pytest.mark.parametrize(("first", "second", "p"), [(0, 5, 2 / 2**5), (1, 5, 2 * (1 + 6) / 2**6), (3, 3, 1), (0, 0, 1)])
def test_the_p_value_is_that_of_fair_coins(first, second, p):
    """McNemar's exact test: each case in which they differ is a coin; both tails count."""
    assert Pairing(100, first, second).p_value == pytest.approx(p)


def test_the_interval_is_that_of_the_coin():
    """Of ten differing cases none is the first's: the share is at most 1 - 0.025^(1/10), by Clopper and Pearson."""
    low, high = Pairing(100, 0, 10).interval
    assert low == pytest.approx(-0.1)
    assert high == pytest.approx((2 * (1 - 0.025**0.1) - 1) * 0.1)
    assert Pairing(100, 0, 0).interval == (0, 0)
