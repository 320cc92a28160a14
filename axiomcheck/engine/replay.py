"""Replay: a stored counterexample looked at again, with its own explainer or another."""

from dataclasses import dataclass, replace
from math import prod
from typing import Literal

import numpy as np

from ..explainers import Located, locate
from ..explainers.loading.wrappers import wrapped
from ..models.case import ModelCase
from ..models.source import ModelSource
from ..networks import AxiomcheckError
from ..results.counterexample import AnyCase, Counterexample
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


def replay(
    counterexample: Counterexample, explainer: Located | None = None, model: ModelSource | None = None
) -> Replay:
    """Judge the case of ``counterexample`` again, on fresh copies of everything; no search, so it cannot be flaky.

    ERROR is for an explainer that cannot be loaded or refuses the case, and for one of which the case says nothing.
    The ``model`` of a counterexample that has one is the one that it names, unless another is given.
    """
    try:
        located = explainer or locate(counterexample.explainer)
        if located.explain is None:
            return Replay("ERROR", located.reason)
        judge = Judge(located.explain, stored_axiom(counterexample.axiom, located), counterexample.dtype)
        case = _ready(counterexample.case, model)
    except AxiomcheckError as error:
        return Replay("ERROR", str(error))
    with one_thread():
        outcome = judge(case)
        profile = path_profile(judge, case, outcome.observed) if outcome.fails else None
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
        explainer_code=wrapped(located.code, judge.declared),
        axiom_code=judge.axiom.code,
        along=profile,
    )
    return Replay("STILL VIOLATED", outcome.reason, counterexample)


def _ready(case: AnyCase, model: ModelSource | None) -> AnyCase:
    """Return the case with its model loaded, if it has one; ``AxiomcheckError`` if its weights are others now."""
    if not isinstance(case, ModelCase):
        return case
    name = case.model
    points = np.array([*case.points, case.baseline])[:, : prod(name.shape)].reshape(-1, *name.shape)
    named = model or ModelSource(name.source, None, name.weights)
    loaded = named.again(name, points).draws
    if loaded.name.sha256 != name.sha256:
        raise AxiomcheckError(f"the model {named.model} has other weights than that of which it is a counterexample")
    return case.with_model(loaded.twins)
