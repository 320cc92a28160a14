"""The cause of one failure, from a case and what it shows."""

from functools import singledispatch

from ...models.case import ModelCase
from ...networks import Case
from ...networks.conditions import Conditions, conditions_of
from ...results.cause import Cause, Signature
from ...results.counterexample import AnyCase
from ...results.severity import severity_of
from ..judge import Judge, Outcome
from .of_model import where_in_model
from .where import where

Place = tuple[str, tuple[str, ...]]
"""Where a failure arises, and what is special there."""


def cause_of(judge: Judge, case: AnyCase, outcome: Outcome) -> Cause:
    """Return the cause of a failure, with all that is special about its case; ``judge`` sets nothing aside."""
    signature, traits = signature_of(judge, case, outcome)
    severity = "gross" if outcome.kind == "error" else severity_of(outcome.share)
    return Cause(*signature, traits, tuple(sorted(_conditions(case))), severity)


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
def _conditions(case: AnyCase) -> Conditions:  # noqa: ARG001 - others look
    """Return what is special about a case."""
    return frozenset()


@_conditions.register
def _(case: Case) -> Conditions:
    return conditions_of(case)
