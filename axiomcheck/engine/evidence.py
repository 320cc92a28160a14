"""The pipeline of every verdict: search, screen, and confirm what failed. A hunt does without the screen."""

from dataclasses import dataclass, field, replace

from ..results.counterexample import AnyCase, Counterexample
from .causes.further import further
from .confirm import Finding, Schedule, confirm
from .judge import Judge
from .question import Question
from .runtime.deadline import Deadline
from .runtime.pristine import put_back
from .runtime.stage import enter
from .runtime.threads import one_thread
from .screen import Screen, screen
from .search import PATIENCE, Search, search

SEARCH_ENDS, SCREEN_ENDS, SHRINKING_ENDS = 0.35, 0.7, 0.85
"""When the search must end, the screen, and shrinking, in shares of a cell's time; the rest is for confirming."""


@dataclass
class Evidence:
    """What was seen: by the search, by the screen if there was one, and what of it was confirmed.

    ``further`` are counterexamples of other causes. ``judge`` has judged the cases, and knows how long the explainer
    took.
    """

    judge: Judge
    searched: Search = field(default_factory=Search)
    screened: Screen | None = None
    finding: Finding | None = None
    further: tuple[Counterexample, ...] = ()

    @property
    def failed(self) -> AnyCase | None:
        """The first violation, or else the first error."""
        searched, screened = self.searched, self.screened or Screen()
        return searched.violation or screened.violation or searched.errored or screened.errored

    @property
    def is_refused(self) -> bool:
        """Whether the explainer refused all of many cases."""
        return self.searched.hopeless and self.searched.errored is None


def gather(
    question: Question,
    evidence: Evidence,
    *,
    screening: bool,
    largest: bool = False,
    stream: str = "search",
    patience: int = PATIENCE,
) -> Evidence:
    """Search for a failure, screen unless told otherwise, and confirm what failed; all is noted in ``evidence``.

    The ``largest`` violation is searched to the end of the budget and not shrunk: its gap would be less. ``stream``
    names the random draws of the search, ``patience`` says how many it may draw for each that it wants.
    """
    judge, budget = evidence.judge, question.budget
    shares = (SEARCH_ENDS if screening else SCREEN_ENDS, SCREEN_ENDS, SHRINKING_ENDS, 1.0)
    search_end, screen_end, *ends = map(budget.until, shares)
    schedule = Schedule(Deadline.after(0), ends[1]) if largest else Schedule(*ends)
    put_back()
    with one_thread():
        enter("search")
        timed, random = replace(judge, deadline=search_end), question.random(stream)
        kept = evidence.searched
        search(timed, question.population, budget.examples, random, largest=largest, patience=patience, result=kept)
        if screening and not evidence.is_refused:
            enter("screen")
            timed, random = replace(judge, deadline=screen_end), question.random("screen")
            evidence.screened = screen(timed, question.population, budget.examples, random)
        if (case := evidence.failed) is not None:
            evidence.finding = confirm(question, judge, case, schedule)
        if evidence.finding is not None and evidence.screened is not None:
            evidence.further = further(question, judge, evidence.finding, evidence.screened.failing, schedule)
    return evidence
