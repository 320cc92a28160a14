"""A judge for whom failures of known causes do not count."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from ...axioms.subject import SubjectCase
from ...models.case import ModelCase
from ...networks import Case
from ...results.cause import Cause, Signature
from ..judge import TIMED_OUT, Judge, Outcome
from .cause import cause_of, signature_of

STYLE, CODE = "with style-", "code with "
"""How the place, or a condition, of a cause begins that is about a style of code."""
STYLES = 2
"""How many causes may be about styles of code, before all others of that kind are set aside."""


@dataclass(frozen=True)
class SetAside(Judge):
    """A judge that rejects what is due to ``known`` causes, and, with ``only``, what has another signature.

    ``reference`` judges the same axiom for another explainer: what that violates too is rejected. What is judged to
    find causes is kept as ``seen``.
    """

    known: tuple[Cause, ...] = ()
    only: Signature | None = None
    reference: Judge | None = None
    seen: dict[SubjectCase, Outcome] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(
        cls, judge: Judge, reference: Judge | None = None, *, memory: dict[SubjectCase, Outcome] | None = None
    ) -> "SetAside":
        """Return a judge that sets nothing aside yet, but what a reference violates too; it may have a ``memory``."""
        fields = {
            name: getattr(judge, name)
            for name in ("explainer", "axiom", "dtype", "clock", "deadline", "within", "device")
        }
        return cls(**fields, reference=reference, memory=memory, seen={} if memory is None else memory)

    @cached_property
    def whole(self) -> Judge:
        """The judge that sets nothing aside."""
        explains = (self.explainer, self.axiom, self.dtype, self.clock, self.deadline, self.within, self.device)
        return Judge(*explains, memory=self.seen)

    def __call__(self, case: SubjectCase) -> Outcome:
        """Return what ``case`` shows, if it is nothing that is known."""
        outcome = super().__call__(case)
        if not outcome.fails or not (self.known or self.only or self.reference):
            return outcome
        if self.reference is not None and self.reference(case).fails:
            return _set_aside("the reference does as much")
        if not isinstance(case, Case | ModelCase) or not (self.known or self.only):
            return outcome
        cause = cause_of(self.whole, case, outcome)
        if self.deadline.left <= 0:  # of a search that was cut short nothing is known
            return TIMED_OUT
        if self.only is not None and cause.signature != self.only:
            return _set_aside("it is of another cause")
        return _set_aside("its cause is known") if self._knows(cause) else outcome

    def within_cause(self, case: SubjectCase, outcome: Outcome) -> "SetAside":
        """Return what judges simpler cases of the same failure at the same place."""
        assert isinstance(case, Case | ModelCase)
        return replace(self, only=signature_of(self.whole, case, outcome)[0])

    def _knows(self, cause: Cause) -> bool:
        crowded = _is_about_code(cause) and sum(map(_is_about_code, self.known)) >= STYLES
        return crowded or any(known.accounts_for(cause) for known in self.known)

    def without(self, causes: Sequence[Cause]) -> "SetAside":
        """Return the judge for whom these causes are known."""
        return replace(self, known=tuple(causes))


def _set_aside(reason: str) -> Outcome:
    return Outcome("rejected", reason=reason, is_set_aside=True)


def _is_about_code(cause: Cause) -> bool:
    return cause.where.startswith(STYLE) or any(condition.startswith(CODE) for condition in cause.conditions)
