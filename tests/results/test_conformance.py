"""Levels of conformance: only what holds on enough cases passes a clause."""

from dataclasses import replace
from pathlib import Path

import pytest

from axiomcheck.axioms import AXIOMS
from axiomcheck.results.certificate import Cell, Certificate, Environment
from axiomcheck.results.conformance import CLAUSES, EFFECTIVE, LEVELS, conformance

SCREEN = {"drawn": 400, "effective": EFFECTIVE, "violations": 0, "timed_out": 0}
STRICT = {"relative": 1e-6, "rounding": 2.0**-40}


def _holding(axiom, family):
    return Cell("mine", axiom, family, "holds", "", search={}, screen=SCREEN, tolerance=STRICT)


ALL = {clause.number: [_holding(clause.axiom, family) for family in clause.families] for clause in CLAUSES}


def _certificate(cells, dtype="float64"):
    return Certificate(Environment({}, "", dtype, EFFECTIVE, ""), 0, tuple(cells))


def _judged(cells):
    (only,) = conformance(_certificate(cells))
    return only


def _with(number, **changes):
    """Return how it stands where the first cell of one clause is another."""
    cells = [one for name, of_clause in ALL.items() if name != number for one in of_clause]
    first, *rest = ALL[number]
    judged = _judged([*cells, replace(first, **changes), *rest])
    return judged.level, next(found for found in judged.findings if found.clause.number == number)


def test_all_clauses_make_the_highest_level():
    """Everything holds."""
    judged = _judged([cell for cells in ALL.values() for cell in cells])
    assert judged.level == LEVELS[-1] == "C"
    assert {found.standing for found in judged.findings} == {"passed"}


def test_every_clause_is_about_an_axiom_there_is():
    """And has a number of its own."""
    assert len({clause.number for clause in CLAUSES}) == len(CLAUSES)
    assert {clause.axiom for clause in CLAUSES} <= set(AXIOMS)


@pytest.mark.parametrize(("number", "left"), [("A1", ""), ("A8", ""), ("B2", "A"), ("C5", "B")])
@pytest.mark.parametrize(
    ("verdict", "standing"),
    [("violated", "failed"), ("error", "failed"), ("inconclusive", "open"), ("unsupported", "open")],
)
def test_one_other_verdict_loses_the_level(number, left, verdict, standing):
    """What is inconclusive or unsupported passes nothing, and what is below is kept."""
    level, found = _with(number, verdict=verdict)
    assert (level, found.standing) == (left, standing)
    assert found.reason.startswith(verdict)


def test_too_few_cases_leave_a_clause_open():
    """One case less than is asked for."""
    level, found = _with("A3", screen={**SCREEN, "effective": EFFECTIVE - 1})
    assert (level, found.standing) == ("", "open")
    assert found.reason == "holds in ordinary, on 299 of 300 effective cases"


def test_a_wide_tolerance_leaves_a_clause_open():
    """What holds within 5 % is no clause of C; in float32 the share is a thousandth."""
    level, found = _with("C1", tolerance={"relative": 0.05, "rounding": 2.0**-40})
    assert (level, found.standing) == ("B", "open")
    assert "within 0.05" in found.reason
    cells = [replace(cell, tolerance={**STRICT, "relative": 1e-3}) for cells in ALL.values() for cell in cells]
    assert conformance(_certificate(cells, "float32"))[0].level == "C"
    assert conformance(_certificate(cells))[0].level == "B"


def test_a_quadrature_reaches_level_b():
    """A declared tolerance of 5 % passes A and B, more than that neither."""

    def declaring(share):
        cells = (cell for of_clause in ALL.values() for cell in of_clause)
        return _judged([replace(cell, tolerance={**STRICT, "relative": share}) for cell in cells]).level

    assert (declaring(0.05), declaring(0.06)) == ("B", "")


def test_a_family_that_was_not_judged_leaves_a_clause_open():
    """One of three is missing."""
    cells = [cell for cells in ALL.values() for cell in cells]
    cells.remove(ALL["B1"][1])
    judged = _judged(cells)
    assert judged.level == "A"
    assert {found.reason for found in judged.findings if found.standing == "open"} == {"not judged in deep-taylor"}


def test_what_fails_in_a_narrower_family_fails_in_the_wider_one():
    """A counterexample without biases is one in the ordinary family."""
    failing = replace(_holding("symmetry", "bias-free"), verdict="violated")
    judged = _judged([*(cell for cells in ALL.values() for cell in cells), failing])
    assert judged.level == "B"
    assert [found.clause.number for found in judged.findings if found.standing == "failed"] == ["C5"]


def test_a_known_violation_is_one():
    """That it is expected passes no clause."""
    assert _with("B2", verdict="violated", expected="by design")[0] == "A"


def test_the_page_tells_all_clauses():
    """With their axioms and families, in their order."""
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "conformance.md").read_text(encoding="utf-8")
    rows = [f"| {one.number} | `{one.axiom}` | {', '.join(one.families)} |" for one in CLAUSES]
    assert "\n".join(rows) in page
    assert f"at least {EFFECTIVE} effective cases" in page
