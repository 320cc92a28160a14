"""Where a failure on a model arises: an exchange, a wiring, the module of a kink, or that from which on it is seen."""

from ...axioms import Observation
from ...models.case import ModelCase
from ...models.wirings import Wiring
from ..judge import Judge, Outcome
from .where import COMPARES, NEAR, event_of

MOST = 0.2
"""The share of the gap that is no side effect of another, smaller one above it."""


def where_in_model(judge: Judge, case: ModelCase, outcome: Outcome) -> str:
    """Return where a failure arises, in words that are the same for every case of it."""
    observed = outcome.observed
    if judge.axiom.name == COMPARES and outcome.kind == "violated":
        return f"with {', '.join(sorted({exchange.name for exchange in case.exchanges}))}"
    if case.wiring is not None and outcome.kind == "violated":
        return f"with {_wiring(judge, case, case.wiring, outcome).name}"
    if observed is not None and observed.place is not None:
        return _at_kink(case, observed.place)
    return " ".join(filter(None, (_module(judge, case, outcome, observed), event_of(observed))))


def _wiring(judge: Judge, case: ModelCase, wiring: Wiring, outcome: Outcome) -> Wiring:
    """Return the simplest wiring that shows a failure as much."""
    for simpler in wiring.simpler():
        there = judge(case.wired_by(simpler))
        if there.kind == outcome.kind and there.gap >= MOST * outcome.gap:
            return simpler
    return wiring


def _at_kink(case: ModelCase, place: float) -> str:
    near = [kink for kink in case.kinks if kink.at - NEAR <= place <= kink.until + NEAR]
    nearest = min(near, key=lambda kink: abs(float(kink.at) - place), default=None)
    return "off all known kinks" if nearest is None else f"at a kink of {case.subject.module_of(nearest.layer)}"


def _module(judge: Judge, case: ModelCase, outcome: Outcome, observed: Observation | None) -> str:
    """Return the module at which a failure arises: the first, seen from the output, from which on it fails."""
    if observed is None or outcome.kind != "violated" or case.exchanges or case.wiring:
        return ""
    for name, tail in case.tails():
        there = judge(tail)
        if there.kind == outcome.kind and there.gap >= MOST * outcome.gap:
            return f"at {name}"
    return ""
