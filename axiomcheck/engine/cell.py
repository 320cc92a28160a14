"""One cell: the verdict that the evidence on a question amounts to."""

import logging
from dataclasses import replace
from time import perf_counter

from ..networks import AxiomcheckError
from ..results.certificate import Cell, VerdictName
from ..results.severity import Severity
from .claims import judge_claim
from .confirm import Finding
from .evidence import Evidence, gather
from .question import Question
from .screen import Screen
from .search import ENOUGH

OPEN = 0.05
"""The share of the cases that may stay open because the explainer refuses, is late, or its scores decide nothing."""
LOG = logging.getLogger("axiomcheck")


def run(question: Question) -> Cell:
    """Answer the question, and say what came of what the explainer claims.

    A fault of our own is the error of this cell, so that the others are not lost; it is logged.
    """
    try:
        cell = run_alone(question)
        if question.located.explain is None:
            return cell
        return replace(cell, claim=judge_claim(question, cell, run_alone))
    except AxiomcheckError:
        raise
    except Exception as fault:
        LOG.exception("axiomcheck failed on %s, %s, %s", *question.key)
        reason = f"axiomcheck itself failed, please report it: {type(fault).__name__}: {fault}"
        return Cell(*question.key, "error", reason)


def run_alone(question: Question) -> Cell:
    """Answer the question, whatever the explainer claims."""
    if question.located.explain is None:
        return Cell(*question.key, "unsupported", question.located.reason)
    if lacking := question.population.lacks(question.axiom):
        return Cell(*question.key, "unsupported", lacking)
    start = perf_counter()
    evidence = gather(question, Evidence(question.judge), screening=True)
    if evidence.screened is None:
        return Cell(*question.key, "unsupported", evidence.searched.refusal)
    return _cell(question, evidence, evidence.screened, perf_counter() - start)


def _cell(question: Question, evidence: Evidence, screened: Screen, seconds: float) -> Cell:
    judge, searched, finding = evidence.judge, evidence.searched, evidence.finding
    verdict, reason = _verdict(finding, screened, searched.refusal, max(judge.declared.tolerance, judge.within))
    severity = Severity.of(screened.shares, screened.effective, searched.worst_share)
    if verdict == "holds":
        reason += _undrawn(question, screened)
    return Cell(
        *question.key,
        verdict,
        reason,
        search={
            "drawn": searched.drawn,
            "effective": searched.effective,
            "rejected": searched.rejected,
            "undecided": searched.undecided,
            "refused": searched.refused,
        },
        screen={
            "drawn": screened.drawn,
            "effective": screened.effective,
            "violations": screened.violations,
            "timed_out": screened.timed_out,
            "undecided": screened.undecided,
            "refused": screened.refused,
        },
        violation_rate_upper_bound=screened.bounds[0],
        worst_gap=max(searched.worst_gap, screened.worst_gap),
        tolerance={"relative": judge.tolerance.relative, "rounding": judge.tolerance.rounding},
        figures=screened.figures,
        curves=screened.curves,
        evidence=dict(sorted(screened.ingredients.items())),
        seconds={"total": round(seconds, 3), "in_explainer": round(judge.clock.seconds, 3)},
        counterexample=finding.counterexample if finding else None,
        further=evidence.further,
        outcomes="".join(screened.outcomes),
        severity=severity if verdict == "violated" else None,
    )


def _undrawn(question: Question, screened: Screen) -> str:
    """Return which layers of the family the screen never drew, so that the verdict does not speak of them."""
    names = question.population.undrawn(screened.ingredients)
    return f"; never drawn: {', '.join(names)}" if names else ""


def _verdict(finding: Finding | None, screened: Screen, refused: str, own: float) -> tuple[VerdictName, str]:
    if finding is not None:
        kinds: dict[str, VerdictName] = {"violated": "violated", "error": "error"}
        return kinds.get(finding.kind, "inconclusive"), finding.reason
    late = f"; {screened.timed_out} cases timed out" if screened.timed_out else ""
    if not screened.effective and refused:
        return "unsupported", refused + late
    if screened.effective < ENOUGH:
        return "inconclusive", _too_few(screened) + late
    if screened.open > OPEN * (screened.effective + screened.open):
        return "inconclusive", _too_many_open(screened)
    return "holds", (f"within {own:.3g} of the scale: " if own else "") + _holds(screened)


def _holds(screened: Screen) -> str:
    bound, strict = screened.bounds
    return (
        f"no counterexample in {screened.effective} effective cases; at most {bound:.2%} violate it (95 % confidence), "
        f"{strict:.2%} if {_open(screened)} count as violations"
    )


def _too_many_open(screened: Screen) -> str:
    return (
        f"no counterexample in {screened.effective} effective cases, but more than {OPEN:.0%} of all are open: "
        f"{_open(screened)}"
    )


def _open(screened: Screen) -> str:
    """Return in words how many cases the explainer left open, and why most of them."""
    kinds = {"undecided": screened.undecided, "refused": screened.refused, "timed out": screened.timed_out}
    counts = " and ".join(f"{count} {kind}" for kind, count in kinds.items() if count)
    why = "".join(f", {reason}" for reason, _ in screened.reasons.most_common(1) if reason)
    return f"the {screened.open} that it left open ({counts}{why})" if counts else "the 0 that it left open"


def _too_few(screened: Screen) -> str:
    if screened.drawn < ENOUGH and not screened.timed_out:
        return f"{screened.drawn} cases cannot show that it holds: {ENOUGH} are needed"
    count = f"only {screened.effective} of {screened.drawn} screened cases could show anything; {ENOUGH} are needed"
    return count + "".join(f"; most often {reason}" for reason, _ in screened.silent.most_common(1) if reason)
