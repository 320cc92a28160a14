"""The cause of one failure, from a case and what it shows."""

from ...networks import Case
from ...networks.conditions import conditions_of
from ...results.cause import Cause, Signature
from ...results.severity import severity_of
from ..judge import Judge, Outcome
from .softmax import PLACE
from .where import where

IMPLIED = {
    "at concat": frozenset({"a sum or a concatenation", "several outputs", "several layers with weights"}),
    "at residual": frozenset({"a sum or a concatenation"}),
    "at softmax": frozenset({"a softmax at the end", "several outputs"}),
    PLACE: frozenset({"several outputs"}),
}
"""What no case at a place is without; behind a concatenation there are several outputs, or one more layer."""


def cause_of(judge: Judge, case: Case, outcome: Outcome) -> Cause:
    """Return the cause of a failure, with all that is special about its case; ``judge`` sets nothing aside."""
    signature, traits = signature_of(judge, case, outcome)
    severity = "gross" if outcome.kind == "error" else severity_of(outcome.share)
    conditions = conditions_of(case) - IMPLIED.get(signature[1], frozenset())
    return Cause(*signature, traits, tuple(sorted(conditions)), severity)


def signature_of(judge: Judge, case: Case, outcome: Outcome) -> tuple[Signature, tuple[str, ...]]:
    """Return what went wrong and where, and what is special there."""
    observed = outcome.observed
    failure = " ".join(filter(None, (type(observed).__name__, observed.failure))) if observed else outcome.kind
    place, traits = where(judge, case, outcome)
    return (failure, place), traits
