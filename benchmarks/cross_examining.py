"""Cross-examination: what convicts one explainer is shown to all others that were found to hold.

A search that finds nothing may have been out of luck; a case that another search found is there already.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.cell import run_alone
from axiomcheck.engine.claims import judge_claim
from axiomcheck.engine.confirm import Finding, Schedule, confirm
from axiomcheck.engine.question import Budget, Question
from axiomcheck.engine.runtime.threads import one_thread
from axiomcheck.explainers import locate
from axiomcheck.networks import Case, Family
from axiomcheck.results.certificate import Cell, Certificate


def cross_examined(certificate: Certificate, budget: Budget, advance: Callable[[], object]) -> Certificate:
    """Return the certificate with the cells violated that another explainer's counterexample convicts.

    The time of ``budget`` is that of each cell; ``advance`` is called after each.
    """
    cells = []
    for cell in certificate.cells:
        cells.append(_examined(cell, _evidence(certificate.cells, cell), budget))
        advance()
    return replace(certificate, cells=tuple(cells))


def _evidence(cells: Iterable[Cell], against: Cell) -> list[Case]:
    """Return the cases that searches in the family of a cell, or inside it, found against an axiom, simplest first."""
    family = Family.parse(against.family)
    found = {
        cell.counterexample.case
        for cell in cells
        if cell.axiom == against.axiom and cell.counterexample is not None and Family.parse(cell.family) <= family
    }
    return sorted(found, key=lambda case: case.simplicity)


def _examined(cell: Cell, evidence: Iterable[Case], budget: Budget) -> Cell:
    if cell.verdict != "holds" and (cell.verdict != "inconclusive" or cell.counterexample is not None):
        return cell
    question = Question(locate(cell.explainer), AXIOMS[cell.axiom], Family.parse(cell.family), budget)
    until = budget.until(1.0)
    judge = replace(question.judge, deadline=until)
    with one_thread():
        for case in evidence:
            if until.left > 0 and judge(case).kind == "violated":
                finding = confirm(question, question.judge, case, Schedule(until, until))
                if finding is not None and finding.kind == "violated":
                    return _convicted(cell, question, finding)
    return cell


def _convicted(cell: Cell, question: Question, finding: Finding) -> Cell:
    assert finding.counterexample is not None
    convicted = replace(
        cell,
        verdict="violated",
        reason=finding.reason,
        worst_gap=max(cell.worst_gap, finding.counterexample.gap),
        counterexample=finding.counterexample,
    )
    return replace(convicted, claim=judge_claim(question, convicted, run_alone))
