"""The cause of one failure, from a case and what it shows."""

from ...networks import Case
from ...networks.conditions import conditions_of
from ...results.cause import Cause, Signature
from ...results.severity import severity_of
from ..judge import Judge, Outcome
from .where import where


def cause_of(judge: Judge, case: Case, outcome: Outcome) -> Cause:
    """Return the cause of a failure, with all that is special about its case; ``judge`` sets nothing aside."""
    signature, traits = signature_of(judge, case, outcome)
    severity = "gross" if outcome.kind == "error" else severity_of(outcome.share)
    return Cause(*signature, traits, tuple(sorted(conditions_of(case))), severity)


def signature_of(judge: Judge, case: Case, outcome: Outcome) -> tuple[Signature, tuple[str, ...]]:
    """Return what went wrong and where, and what is special there."""
    observed = outcome.observed
    failure = " ".join(filter(None, (type(observed).__name__, observed.failure))) if observed else outcome.kind
    place, traits = where(judge, case, outcome)
    return (failure, place), traits
