"""Further counterexamples of a cell: the gravest case of each other cause that its screen met, made simpler."""

from collections.abc import Sequence
from dataclasses import replace

from ...results.cause import Signature
from ...results.counterexample import AnyCase, Counterexample
from ..confirm import Finding, Schedule, confirm
from ..judge import Judge, Outcome
from ..question import Question
from .cause import signature_of
from .set_aside import SetAside

LOOKED_AT = 20
"""How many of the failing cases are asked for their cause."""
KEPT = 2
"""How many counterexamples a cell keeps beside its smallest."""
TRIALS = 150
"""Cases that shrinking each of them may try."""


def further(
    question: Question, judge: Judge, finding: Finding, failing: Sequence[tuple[AnyCase, Outcome]], schedule: Schedule
) -> tuple[Counterexample, ...]:
    """Return counterexamples of other causes than that of ``finding``, the gravest first; none once time is up."""
    if finding.cause is None:
        return ()
    timed = replace(question.judge, deadline=schedule.end).remembering
    gravest: dict[Signature, tuple[AnyCase, Outcome]] = {}
    for case, outcome in sorted(failing[:LOOKED_AT], key=lambda failure: -failure[1].share):
        gravest.setdefault(signature_of(timed, case, outcome)[0], (case, outcome))
    if schedule.end.left <= 0:
        return ()
    gravest.pop(finding.cause.signature, None)
    aside = SetAside.of(judge, memory=timed.memory)
    kept = [confirm(question, aside, case, schedule, trials=TRIALS) for case, _ in [*gravest.values()][:KEPT]]
    kept_whole = [one.counterexample for one in kept if one.counterexample is not None]
    return tuple(one for one in kept_whole if finding.counterexample is None or one.case != finding.counterexample.case)
