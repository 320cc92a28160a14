"""Hunt: search one question for a counterexample, without the screen that a verdict needs."""

from ..explainers import Unsupported
from .confirm import Finding, Schedule, confirm
from .evidence import Evidence, gather
from .question import Question
from .runtime.deadline import Deadline
from .search import Search


class Interrupted(KeyboardInterrupt):
    """Ctrl-C in a hunt, with what was found until then, not shrunk."""

    def __init__(self, finding: Finding | None) -> None:
        super().__init__()
        self.finding = finding


def hunt(question: Question, *, largest: bool = False) -> tuple[Search, Finding | None]:
    """Search for a counterexample, shrink and confirm it, or for the one of the ``largest`` gap.

    ``Unsupported`` says why there is nothing to search; Ctrl-C raises ``Interrupted``.
    """
    if lacking := question.axiom.lacks(question.family):
        raise Unsupported(f"{question.axiom.name} in {question.family}: {lacking}")
    evidence = Evidence(question.judge)
    try:
        gather(question, evidence, screening=False, largest=largest)
    except KeyboardInterrupt as stop:
        case = evidence.failed
        raise Interrupted(
            None if case is None else confirm(question, evidence.judge, case, Schedule(Deadline.after(0)))
        ) from stop
    if evidence.finding is None and evidence.searched.hopeless:
        raise Unsupported(f"{question.located.name} in {question.family}: {evidence.searched.refused}")
    return evidence.searched, evidence.finding
