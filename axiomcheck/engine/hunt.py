"""Hunt: search one question for counterexamples, without the screen that a verdict needs.

It goes on after each cause with that cause set aside: failures that it accounts for do not count. Where then nothing
is left in the family, it searches the part in which the explainer promises the axiom, families of one kind of layer
each, and those narrower ones that have no case of what was found.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from time import monotonic

from ..explainers import Unsupported
from ..results.cause import Cause, Signature
from .causes.many_layers import at_any_layer
from .causes.set_aside import SetAside
from .claims import promised_part
from .confirm import Finding, Schedule, confirm
from .evidence import Evidence, gather
from .judge import Judge
from .population import Population
from .question import Budget, Question
from .runtime.deadline import Deadline
from .search import ENOUGH, PATIENCE, Search

SEARCHES = 20
"""How many searches a hunt has, beside those in families of one kind of layer."""
ALONE = 2
"""What share of the cases of a search one has in a family of one kind of layer, as one over it."""
LATER = 1
"""How many cases a search behind the first draws for each that it wants: cases of known causes take time too."""
REST = 0.1
"""The share of the time that must be left for another search."""


class Interrupted(KeyboardInterrupt):
    """Ctrl-C in a hunt, with what was found until then, not shrunk."""

    def __init__(self, finding: Finding | None) -> None:
        super().__init__()
        self.finding = finding


def hunt(question: Question, *, largest: bool = False) -> tuple[Search, Finding | None]:
    """Search for a counterexample, shrink and confirm it, or for the one of the ``largest`` gap.

    ``Unsupported`` says why there is nothing to search; Ctrl-C raises ``Interrupted``.
    """
    return _hunt(question, question.judge, largest=largest)


def hunt_for(question: Question, signature: Signature) -> Finding | None:
    """Search for a counterexample of one cause: what went wrong, and where; all else that fails does not count."""
    return _hunt(question, replace(SetAside.of(question.judge), only=signature))[1]


def _hunt(
    question: Question, judge: Judge, *, largest: bool = False, stream: str = "search", patience: int = PATIENCE
) -> tuple[Search, Finding | None]:
    if lacking := question.population.lacks(question.axiom):
        raise Unsupported(f"{question.axiom.name} in {question.family}: {lacking}")
    evidence = Evidence(judge)
    try:
        gather(question, evidence, largest=largest, stream=stream, patience=patience)
    except KeyboardInterrupt as stop:
        case = evidence.failed
        raise Interrupted(
            None if case is None else confirm(question, evidence.judge, case, Schedule(Deadline.after(0)))
        ) from stop
    if evidence.finding is None and evidence.searched.hopeless:
        raise Unsupported(f"{question.located.name} in {question.family}: {evidence.searched.refusal}")
    return evidence.searched, evidence.finding


@dataclass
class Hunt:
    """A hunt for all causes: iterate over it once. ``searched`` is its first search, ``causes`` are those found.

    ``reference`` is the judge of an explainer: what it violates too does not count.
    """

    question: Question
    reference: Judge | None = None
    searched: Search = field(default_factory=Search)
    causes: list[Cause] = field(default_factory=list)

    def __iter__(self) -> Iterator[Finding]:
        """Yield a counterexample of each cause as soon as it is found; ``Unsupported`` if nothing can be searched."""
        judge, start = SetAside.of(self.question.judge, self.reference), monotonic()
        populations, wide = [*self._wide], 0
        alone = self.question.population.alone
        known = {*map(str, populations)}
        for number in count():
            budget = _rest(self.question.budget, monotonic() - start)
            if not populations or budget is None or wide == SEARCHES:
                return
            is_alone = populations[0] in alone
            wide += not is_alone
            question = replace(self.question, family=populations[0], budget=_share(budget) if is_alone else budget)
            searched, finding = self._search(question, judge, number)
            self.searched = self.searched if number else searched
            if finding is None:
                populations.pop(0)
                continue
            yield finding
            if finding.counterexample is None or finding.cause is None:
                return
            self.causes.append(finding.cause)
            self.causes += at_any_layer(self.causes)
            judge = judge.without(self.causes)
            further = (*alone, *question.population.narrower(finding.counterexample.case))
            populations += [population for population in further if str(population) not in known]
            known.update(map(str, further))

    @property
    def _wide(self) -> Iterator[Population]:
        """The population that is asked about, and the part of it in which the axiom is promised."""
        yield self.question.population
        part = promised_part(self.question)
        if part not in (None, self.question.family) and not self.question.axiom.lacks(part):
            yield replace(self.question, family=part).population

    def _search(self, question: Question, judge: SetAside, number: int) -> tuple[Search, Finding | None]:
        """Search once; what is refused in a later search, or interrupted, has nothing to add."""
        try:
            if not number:
                return _hunt(question, judge)
            return _hunt(question, judge, stream=f"search {number}", patience=LATER)
        except Unsupported:
            if not number:
                raise
            return Search(), None
        except Interrupted as stop:
            raise stop if not number else Interrupted(None) from stop

    @property
    def gravest_first(self) -> list[Cause]:
        """The causes, the gravest first, without those of which another one was found to be the whole."""
        last = dict(enumerate(self.causes))
        for number, cause in enumerate(self.causes):
            if any(other.accounts_for(cause) for at, other in last.items() if at != number):
                del last[number]
        return sorted(last.values(), key=lambda cause: cause.gravity)


def _share(budget: Budget) -> Budget:
    """Return the budget of a search in a family of one kind of layer."""
    return replace(budget, examples=max(budget.examples // ALONE, ENOUGH))


def _rest(budget: Budget, elapsed: float) -> Budget | None:
    """Return the budget that is left after so many seconds; None if it is too little for another search."""
    if budget.timeout is None:
        return budget
    rest = budget.timeout - elapsed
    return replace(budget, timeout=rest) if rest > REST * budget.timeout else None
