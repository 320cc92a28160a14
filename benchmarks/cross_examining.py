"""Cross-examination: what convicts one explainer is shown to all others.

A search that finds nothing may have been out of luck; a case that another search found is there already. And where
another's counterexample is simpler than one's own, and convicts too, it is the better one to show.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import islice

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.cell import run_alone
from axiomcheck.engine.claims import judge_claim
from axiomcheck.engine.confirm import Finding, Schedule, confirm
from axiomcheck.engine.question import Budget, Question
from axiomcheck.engine.runtime.deadline import Deadline
from axiomcheck.engine.runtime.threads import one_thread
from axiomcheck.explainers import locate
from axiomcheck.networks import Case, Family
from axiomcheck.results.certificate import Cell, Certificate

SIMPLER = 12
"""How many cases simpler than one's own counterexample are shown to an explainer that has one."""


def cross_examined(certificate: Certificate, budget: Budget, advance: Callable[[], object]) -> Certificate:
    """Return the certificate with the cells violated that another explainer's counterexample convicts.

    Those that are violated have the simplest counterexample that is known to convict. The time of ``budget`` is that of
    each cell; ``advance`` is called after each.
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
    if cell.counterexample is not None and cell.verdict == "violated":
        own = cell.counterexample.case.simplicity
        evidence = islice((case for case in evidence if case.simplicity < own), SIMPLER)
    elif cell.counterexample is not None or cell.verdict not in ("holds", "inconclusive"):
        return cell
    question = Question(locate(cell.explainer), AXIOMS[cell.axiom], Family.parse(cell.family), budget)
    finding = _conviction(question, evidence)
    if finding is None:
        return cell
    return _simplified(cell, finding) if cell.counterexample is not None else _convicted(cell, question, finding)


def _conviction(question: Question, evidence: Iterable[Case]) -> Finding | None:
    """Return what comes of the first case that convicts, or nothing."""
    until = question.budget.until(1.0)
    judge = replace(question.judge, deadline=until)
    with one_thread():
        for case in evidence:
            if until.left > 0 and judge(case).kind == "violated":
                finding = confirm(question, question.judge, case, Schedule(Deadline.after(0), until))
                if finding.kind == "violated":
                    return finding
    return None


def _simplified(cell: Cell, finding: Finding) -> Cell:
    assert finding.counterexample is not None
    gap = max(cell.worst_gap, finding.counterexample.gap)
    return replace(cell, reason=finding.reason, worst_gap=gap, counterexample=finding.counterexample)


def _convicted(cell: Cell, question: Question, finding: Finding) -> Cell:
    convicted = replace(_simplified(cell, finding), verdict="violated")
    return replace(convicted, claim=judge_claim(question, convicted, run_alone))
