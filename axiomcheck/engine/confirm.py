"""Confirmation: a failing case is shrunk, and judged again on fresh copies of everything."""

from contextlib import suppress
from dataclasses import dataclass, field, replace

from ..explainers.loading.wrappers import wrapped
from ..results.cause import Cause
from ..results.counterexample import AnyCase, Counterexample
from ..results.path_profile import PathProfile
from .judge import Judge, Outcome
from .path_profile import path_profile
from .question import Question
from .runtime.deadline import Deadline, TimedOut
from .runtime.stage import enter
from .runtime.versions import versions
from .shrink import BUDGET

NOT_REPEATED = "a failure was seen and not again: the explainer does not repeat itself"


@dataclass(frozen=True)
class Finding:
    """A failure that was seen: its counterexample if it repeats, else only what was seen once."""

    kind: str
    reason: str
    counterexample: Counterexample | None

    @property
    def cause(self) -> Cause | None:
        """The cause of a failure that repeats."""
        return self.counterexample.cause if self.counterexample else None


@dataclass(frozen=True)
class Schedule:
    """When shrinking ends, and when all does: until then what was shrunk, or else found, is judged again."""

    shrinking: Deadline = field(default_factory=Deadline)
    end: Deadline = field(default_factory=Deadline)


def confirm(question: Question, judge: Judge, case: AnyCase, schedule: Schedule, *, trials: int = BUDGET) -> Finding:
    """Shrink a failing case in so many ``trials``, and judge it again: twice before, twice after, whatever is known.

    Where time is up after shrinking, the case as it was found is the counterexample; where it is up before, none is.
    """
    enter("confirming")
    timed = replace(judge, deadline=schedule.end, memory=None)
    first, second = timed(case), timed(case)
    if first.fails:
        enter(f"confirming: {first.reason}")
    if "timed out" in (first.kind, second.kind):
        return Finding("unconfirmed", _not_confirmed(first), None)
    if not (first.fails and first.kind == second.kind):
        return Finding("unconfirmed", NOT_REPEATED, None)
    enter(f"shrinking: {first.reason}")
    own = judge.within_cause(case, first)
    smallest = question.population.shrink(case, replace(own, deadline=schedule.shrinking), trials)
    enter(f"confirming: {first.reason}")
    outcome, again = timed(smallest), timed(smallest)
    if outcome.kind != first.kind or again.kind != first.kind:
        smallest, outcome = case, second
    cause = _cause_in_time(question, timed, (case, first), (smallest, outcome))
    return Finding(outcome.kind, outcome.reason, _counterexample(question, timed, smallest, outcome, cause))


def _not_confirmed(first: Outcome) -> str:
    failure = f": {first.reason}" if first.fails else ""
    return f"a failure was seen, and time was up before it could be seen again{failure}"


def _cause_in_time(
    question: Question, judge: Judge, large: tuple[AnyCase, Outcome], small: tuple[AnyCase, Outcome]
) -> Cause | None:
    """Return the cause if there is time to find it: on a large model it takes many calls."""
    with suppress(TimedOut):
        return judge.deadline.keep(lambda: _cause(question, judge, large, small))
    return None


def _cause(question: Question, judge: Judge, large: tuple[AnyCase, Outcome], small: tuple[AnyCase, Outcome]) -> Cause:
    """Return what a case and the simpler one that was made of it have in common, unless they differ in kind."""
    remembering = judge.remembering
    one, other = (question.population.cause(remembering, *failure) for failure in (large, small))
    return other.common(one) if one.signature == other.signature else other


def _counterexample(
    question: Question, judge: Judge, case: AnyCase, outcome: Outcome, cause: Cause | None
) -> Counterexample:
    return Counterexample(
        explainer=question.located.name,
        axiom=question.axiom.name,
        family=str(question.family),
        seed=question.budget.seed,
        versions=versions([question.located.name]),
        case=case,
        observed=outcome.observed,
        reason=outcome.reason,
        gap=outcome.gap,
        tolerance=outcome.allowed,
        has_baseline=judge.declared.has_baseline,
        explainer_code=wrapped(question.located.code, judge.declared),
        axiom_code=question.axiom.code,
        dtype=question.budget.dtype,
        along=_along(judge, case, outcome),
        cause=cause,
    )


def _along(judge: Judge, case: AnyCase, outcome: Outcome) -> PathProfile | None:
    with suppress(TimedOut):
        return judge.deadline.keep(lambda: path_profile(judge, case, outcome.observed))
    return None
