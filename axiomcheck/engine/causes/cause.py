"""The cause of one failure, from a case and what it shows."""

from functools import singledispatch

from ...models.case import ModelCase
from ...networks import Case
from ...networks.conditions import Conditions, conditions_of
from ...results.cause import EVERYWHERE, REWRITTEN, Cause, Signature
from ...results.counterexample import AnyCase
from ...results.severity import severity_of
from ..judge import Judge, Outcome
from .layer import plain
from .of_model import where_in_model
from .softmax import PLACE
from .where import where

IMPLIED = {
    "at concat": frozenset({"a sum or a concatenation", "several outputs", "several layers with weights"}),
    "at residual": frozenset({"a sum or a concatenation"}),
    "at softmax": frozenset({"a softmax at the end", "several outputs"}),
    PLACE: frozenset({"several outputs"}),
}
"""What no case at a layer is without; behind a concatenation there are several outputs, or one more layer."""
REWRITING = frozenset({"several layers with weights"})
"""What hardly any twin is without."""

Place = tuple[str, tuple[str, ...]]
"""Where a failure arises, and what is special there."""


def cause_of(judge: Judge, case: AnyCase, outcome: Outcome) -> Cause:
    """Return the cause of a failure, with all that is special about its case; ``judge`` sets nothing aside."""
    signature, traits = signature_of(judge, case, outcome)
    severity = "gross" if outcome.kind == "error" else severity_of(outcome.share)
    return Cause(*signature, traits, tuple(sorted(_conditions(case, signature[1]))), severity)


def signature_of(judge: Judge, case: AnyCase, outcome: Outcome) -> tuple[Signature, tuple[str, ...]]:
    """Return what went wrong and where, and what is special there."""
    observed = outcome.observed
    failure = " ".join(filter(None, (type(observed).__name__, observed.failure))) if observed else outcome.kind
    place, traits = _place(case, judge, outcome)
    return (failure, place), traits


@singledispatch
def _place(case: AnyCase, judge: Judge, outcome: Outcome) -> Place:
    """Return where a failure arises; each kind of case has its own way to find out."""
    raise NotImplementedError(type(case).__name__)


@_place.register
def _(case: Case, judge: Judge, outcome: Outcome) -> Place:
    return where(judge, case, outcome)


@_place.register
def _(case: ModelCase, judge: Judge, outcome: Outcome) -> Place:
    return where_in_model(judge, case, outcome), ()


@singledispatch
def _conditions(case: AnyCase, place: str) -> Conditions:  # noqa: ARG001 - others look
    """Return what is special about a case, without what no case at that place is without."""
    return frozenset()


@_conditions.register
def _(case: Case, place: str) -> Conditions:
    conditions = conditions_of(case)
    if place.startswith(EVERYWHERE):
        return conditions & conditions_of(plain(case))
    return conditions - (REWRITING if place.startswith(REWRITTEN) else IMPLIED.get(place, frozenset()))
