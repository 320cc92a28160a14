"""One cell: the verdict that the evidence on a question amounts to."""

import logging
from collections.abc import Callable
from dataclasses import replace
from time import perf_counter
from typing import TypeVar

from ..networks import AxiomcheckError
from ..results.certificate import Cell, VerdictName
from .claims import judge_claim
from .confirm import Finding
from .evidence import Evidence, gather
from .question import Question
from .stretches import joined, numbers_of
from .verdict import Searched, with_screen

T = TypeVar("T")
LOG = logging.getLogger("axiomcheck")


def run(question: Question) -> Cell:
    """Answer the question, and say what came of what the explainer claims."""
    return guarded(question, lambda: _with_claim(question), lambda cell: cell)


def guarded(question: Question, work: Callable[[], T], of_fault: Callable[[Cell], T]) -> T:
    """Return what ``work`` does, or what is made of a cell that tells of a fault.

    A fault of our own is the error of this cell, so that the others are not lost; it is logged.
    """
    try:
        return work()
    except AxiomcheckError:
        raise
    except Exception as fault:
        LOG.exception("axiomcheck failed on %s, %s, %s", *question.key)
        reason = f"axiomcheck itself failed, please report it: {type(fault).__name__}: {fault}"
        return of_fault(Cell(*question.key, "error", reason))


def _with_claim(question: Question) -> Cell:
    cell = run_alone(question)
    if question.located.explain is None:
        return cell
    return replace(cell, claim=judge_claim(question, cell, run_alone))


def run_alone(question: Question) -> Cell:
    """Answer the question, whatever the explainer claims."""
    if reason := unasked(question):
        return Cell(*question.key, "unsupported", reason)
    start = perf_counter()
    evidence = gather(question, Evidence(question.judge), stretches=numbers_of(question.budget.examples))
    return cell_of_evidence(question, evidence, perf_counter() - start)


def unasked(question: Question) -> str:
    """Return why the question cannot be asked, or nothing."""
    if question.located.explain is None:
        return question.located.reason
    return question.population.lacks(question.axiom)


def cell_of_evidence(question: Question, evidence: Evidence, seconds: float) -> Cell:
    """Return the cell that evidence amounts to, gathered in so many ``seconds``."""
    judge, searched, finding = evidence.judge, evidence.searched, evidence.finding
    if not evidence.screens:
        return Cell(*question.key, "unsupported", searched.refusal)
    known = Cell(
        *(*question.key, "inconclusive", ""),
        search={
            "drawn": searched.drawn,
            "effective": searched.effective,
            "rejected": searched.rejected,
            "undecided": searched.undecided,
            "refused": searched.refused,
        },
        worst_gap=searched.worst_gap,
        tolerance={"relative": judge.tolerance.relative, "rounding": judge.tolerance.rounding},
        seconds={"total": round(seconds, 3), "in_explainer": round(judge.clock.seconds, 3)},
        counterexample=finding.counterexample if finding else None,
        further=evidence.further,
    )
    screened = joined([*evidence.screens.values()])
    return with_screen(known, screened, what_was_searched(evidence), None if finding is None else _found(finding))


def what_was_searched(evidence: Evidence) -> Searched:
    """Return what a verdict depends on beside the screen."""
    own = max(evidence.judge.declared.tolerance, evidence.judge.within)
    return Searched(evidence.searched.refusal, own, evidence.searched.worst_share)


def _found(finding: Finding) -> tuple[VerdictName, str]:
    kinds: dict[str, VerdictName] = {"violated": "violated", "error": "error"}
    return kinds.get(finding.kind, "inconclusive"), finding.reason
