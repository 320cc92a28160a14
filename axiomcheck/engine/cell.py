"""One cell: the verdict that the evidence on a question amounts to."""

import logging
from dataclasses import asdict, replace
from time import perf_counter

from ..networks import AxiomcheckError
from ..networks.composition import undrawn
from ..results.certificate import Cell, VerdictName
from .claims import judge_claim
from .confirm import Finding
from .evidence import Evidence, gather
from .question import Question
from .screen import Screen, rate_upper_bound
from .search import ENOUGH

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
    if lacking := question.axiom.lacks(question.family):
        return Cell(*question.key, "unsupported", lacking)
    start = perf_counter()
    evidence = gather(question, Evidence(question.judge), screening=True)
    if evidence.screened is None:
        return Cell(*question.key, "unsupported", evidence.searched.refused)
    return _cell(question, evidence, evidence.screened, perf_counter() - start)


def _cell(question: Question, evidence: Evidence, screened: Screen, seconds: float) -> Cell:
    judge, searched, finding = evidence.judge, evidence.searched, evidence.finding
    verdict, reason = _verdict(finding, screened, searched.refused, judge.declared.tolerance)
    if verdict == "holds":
        reason += _undrawn(question, screened)
    return Cell(
        *question.key,
        verdict,
        reason,
        search={"drawn": searched.drawn, "effective": searched.effective, "rejected": searched.rejected},
        screen={
            "drawn": screened.drawn,
            "effective": screened.effective,
            "violations": screened.violations,
            "timed_out": screened.timed_out,
        },
        violation_rate_upper_bound=rate_upper_bound(screened.violations, screened.effective),
        worst_gap=max(searched.worst_gap, screened.worst_gap),
        tolerance=asdict(judge.tolerance),
        figures=screened.figures,
        curves=screened.curves,
        evidence=dict(sorted(screened.ingredients.items())),
        seconds={"total": round(seconds, 3), "in_explainer": round(judge.clock.seconds, 3)},
        counterexample=finding.counterexample if finding else None,
    )


def _undrawn(question: Question, screened: Screen) -> str:
    """Return which layers of the family the screen never drew, so that the verdict does not speak of them."""
    names = undrawn(screened.ingredients, question.family.items - {"mlp"})
    return f"; never drawn: {', '.join(names)}" if names else ""


def _verdict(finding: Finding | None, screened: Screen, refused: str, own: float) -> tuple[VerdictName, str]:
    if finding is not None:
        kinds: dict[str, VerdictName] = {"violated": "violated", "error": "error"}
        return kinds.get(finding.kind, "inconclusive"), finding.reason
    late = f"; {screened.timed_out} cases timed out" if screened.timed_out else ""
    if screened.effective < ENOUGH and refused:
        return "unsupported", refused + late
    if screened.effective < ENOUGH:
        return "inconclusive", _too_few(screened) + late
    bound = rate_upper_bound(0, screened.effective)
    return "holds", (
        (f"within {own:.3g} of the scale: " if own else "")
        + f"no counterexample in {screened.effective} effective cases; at most {bound:.2%} violate it (95 % confidence)"
        + (f"; it refused others: {refused}" if refused else "")
        + late
    )


def _too_few(screened: Screen) -> str:
    if screened.drawn < ENOUGH and not screened.timed_out:
        return f"{screened.drawn} cases cannot show that it holds: {ENOUGH} are needed"
    count = f"only {screened.effective} of {screened.drawn} screened cases could show anything; {ENOUGH} are needed"
    return count + "".join(f"; most often {reason}" for reason, _ in screened.silent.most_common(1) if reason)
