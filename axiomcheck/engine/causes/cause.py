"""The cause of one failure, from a case and what it shows."""

from ...networks import Case
from ...networks.conditions import conditions_of
from ...results.cause import REWRITTEN, Cause, Signature
from ...results.severity import severity_of
from ..judge import Judge, Outcome
from .layer import plain
from .softmax import PLACE
from .where import EVERYWHERE, where

IMPLIED = {
    "at concat": frozenset({"a sum or a concatenation", "several outputs", "several layers with weights"}),
    "at residual": frozenset({"a sum or a concatenation"}),
    "at softmax": frozenset({"a softmax at the end", "several outputs"}),
    PLACE: frozenset({"several outputs"}),
}
"""What no case at a layer is without; behind a concatenation there are several outputs, or one more layer."""
REWRITING = frozenset({"several layers with weights"})
"""What hardly any twin is without."""


def cause_of(judge: Judge, case: Case, outcome: Outcome) -> Cause:
    """Return the cause of a failure, with all that is special about its case; ``judge`` sets nothing aside."""
    signature, traits = signature_of(judge, case, outcome)
    severity = "gross" if outcome.kind == "error" else severity_of(outcome.share)
    return Cause(*signature, traits, tuple(sorted(_needed(case, signature[1]))), severity)


def _needed(case: Case, place: str) -> frozenset[str]:
    """Return what is special about a case, without what no case at that place is without."""
    conditions = conditions_of(case)
    if place.startswith(EVERYWHERE):
        return conditions & conditions_of(plain(case))
    return conditions - (REWRITING if place.startswith(REWRITTEN) else IMPLIED.get(place, frozenset()))


def signature_of(judge: Judge, case: Case, outcome: Outcome) -> tuple[Signature, tuple[str, ...]]:
    """Return what went wrong and where, and what is special there."""
    observed = outcome.observed
    failure = " ".join(filter(None, (type(observed).__name__, observed.failure))) if observed else outcome.kind
    place, traits = where(judge, case, outcome)
    return (failure, place), traits
