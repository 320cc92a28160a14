"""Replay: a stored counterexample looked at again, with its own explainer or another."""

from dataclasses import dataclass, replace
from typing import Literal

from ..explainers import Located, locate
from ..networks import AxiomcheckError
from ..results.counterexample import Counterexample
from .judge import Judge
from .path_profile import path_profile
from .resolve import stored_axiom
from .runtime.threads import one_thread
from .runtime.versions import versions

Status = Literal["STILL VIOLATED", "FIXED", "ERROR"]


@dataclass(frozen=True)
class Replay:
    """What came of it, why, and the counterexample as it is seen now, if it is still one."""

    status: Status
    reason: str
    counterexample: Counterexample | None = None


def replay(counterexample: Counterexample, explainer: Located | None = None) -> Replay:
    """Judge the case of ``found`` again, on fresh copies of everything; no search, so it cannot be flaky.

    ERROR is for an explainer that cannot be loaded or refuses the case, and for one of which the case says nothing.
    """
    try:
        located = explainer or locate(counterexample.explainer)
        if located.explain is None:
            return Replay("ERROR", located.reason)
        judge = Judge(located.explain, stored_axiom(counterexample.axiom, located), counterexample.dtype)
    except AxiomcheckError as error:
        return Replay("ERROR", str(error))
    with one_thread():
        outcome = judge(counterexample.case)
        profile = path_profile(judge, counterexample.case, outcome.observed) if outcome.fails else None
    if outcome.kind in ("holds", "vacuous"):
        return Replay("FIXED", "the axiom holds on it" if outcome.kind == "holds" else outcome.reason)
    if not outcome.fails or (outcome.kind == "error" and not counterexample.is_error):
        return Replay("ERROR", outcome.reason)
    counterexample = replace(
        counterexample,
        explainer=located.name,
        versions=versions([located.name]),
        observed=outcome.observed,
        reason=outcome.reason,
        gap=outcome.gap,
        tolerance=outcome.allowed,
        has_baseline=judge.declared.has_baseline,
        explainer_code=located.code,
        axiom_code=judge.axiom.code,
        along=profile,
    )
    return Replay("STILL VIOLATED", outcome.reason, counterexample)
