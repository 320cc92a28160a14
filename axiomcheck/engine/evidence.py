"""The pipeline of every verdict: search, screen, and confirm what failed. A hunt does without the screen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ..results.counterexample import AnyCase, Counterexample
from ..results.part import Failure
from .causes.further import further
from .confirm import Finding, Schedule, confirm
from .judge import Judge
from .question import Question
from .runtime.deadline import Deadline
from .runtime.pristine import put_back
from .runtime.stage import enter
from .runtime.threads import one_thread
from .screen import Screen
from .search import PATIENCE, Search, search
from .stretches import FIRST, screen_stretches

SEARCH_ENDS, SCREEN_ENDS, SHRINKING_ENDS = 0.35, 0.7, 0.85
"""When the search must end, the screen, and shrinking, in shares of a cell's time; the rest is for confirming."""

SEARCHED = 10_000
"""Effective cases of a search beside a screen, at most: Hypothesis keeps 6 kB of each, and machines cannot share it."""


@dataclass
class Evidence:
    """What was seen: by the search, by the stretches of the screen, and what of it was confirmed.

    ``further`` are counterexamples of other causes. ``judge`` has judged the cases, and knows how long the explainer
    took. There is no screen where none was wanted, or where the explainer refused all cases of the search.
    """

    judge: Judge
    searched: Search = field(default_factory=Search)
    screens: dict[int, Screen] = field(default_factory=dict)
    finding: Finding | None = None
    further: tuple[Counterexample, ...] = ()

    @property
    def failures(self) -> Iterator[tuple[Failure, int, AnyCase]]:
        """What failed, in the order in which it is confirmed: how, in which stretch (0: in none), and the case."""
        yield from _seen("violation in the search", 0, self.searched.violation)
        for number, screened in self.screens.items():
            yield from _seen("violation", number, screened.violation)
        yield from _seen("error in the search", 0, self.searched.errored)
        for number, screened in self.screens.items():
            yield from _seen("error", number, screened.errored)

    @property
    def failed(self) -> AnyCase | None:
        """The first violation, or else the first error."""
        return next((case for _, _, case in self.failures), None)

    @property
    def is_refused(self) -> bool:
        """Whether the explainer refused all of many cases."""
        return self.searched.hopeless and self.searched.errored is None


def _seen(failure: Failure, stretch: int, case: AnyCase | None) -> Iterator[tuple[Failure, int, AnyCase]]:
    if case is not None:
        yield failure, stretch, case


def gather(
    question: Question,
    evidence: Evidence,
    *,
    stretches: Sequence[int] = (),
    largest: bool = False,
    stream: str = "search",
    patience: int = PATIENCE,
) -> Evidence:
    """Search for a failure, screen these ``stretches``, and confirm what failed; all is noted in ``evidence``.

    The search comes with the first stretch; with no stretch at all there is but the search. The ``largest`` violation
    is searched to the end of the budget and not shrunk: its gap would be less. ``stream`` names the random draws of the
    search, ``patience`` says how many it may draw for each that it wants. Further causes are of the first stretch.
    """
    judge, budget = evidence.judge, question.budget
    shares = (SEARCH_ENDS if stretches else SCREEN_ENDS, SCREEN_ENDS, SHRINKING_ENDS, 1.0)
    search_end, screen_end, *ends = map(budget.until, shares)
    schedule = Schedule(Deadline.after(0), ends[1]) if largest else Schedule(*ends)
    put_back()
    with one_thread():
        if not stretches or FIRST in stretches:
            enter("search")
            timed, random, kept = replace(judge, deadline=search_end), question.random(stream), evidence.searched
            examples = min(budget.examples, SEARCHED) if stretches else budget.examples
            search(timed, question.population, examples, random, largest=largest, patience=patience, result=kept)
        if stretches and not evidence.is_refused:
            enter("screen")
            evidence.screens = screen_stretches(question, replace(judge, deadline=screen_end), sorted(stretches))
        if (case := evidence.failed) is not None:
            evidence.finding = confirm(question, judge, case, schedule, trials=budget.trials)
        if evidence.finding is not None and FIRST in evidence.screens:
            seen = evidence.screens[FIRST].failing
            evidence.further = further(question, judge, evidence.finding, seen, schedule)
    return evidence
