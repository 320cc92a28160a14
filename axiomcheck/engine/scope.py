"""Scoping: from the cells that were asked for to the widest families in which an axiom is not seen to break.

A counterexample in a family is one in every wider family. So a family in which one is known need not be searched, nor
one within a family that was searched in vain; each search finds either a new counterexample or a widest family.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..axioms import Axiom
from ..networks import Case, Family
from ..networks.family import OPTIONS
from ..networks.ingredients import NARROWEST, join, largest_without, needed_by, one_narrower, one_wider
from ..results.certificate import Cell
from ..results.scope import Scope, Undecided, Widest
from .question import Question
from .scope_sentence import Failure, edges, sentence

SEARCHES = 40
"""The most families that are searched: each finds something, and sentences of so many findings help nobody."""
UNDECIDED = 6
"""The most families that may stay undecided: such a search teaches nothing, and there are many narrower ones."""
REFUSED = "; it refused others: "
"""What a reason says before what an explainer refused where it holds on the rest."""


@dataclass
class Survey:
    """What is known of the families within one: answers, counterexamples with what they need, and what is left."""

    within: Family
    ask: Callable[[Family], Cell]
    is_empty: Callable[[Family], bool] = lambda _: False
    answers: dict[Family, Cell] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    undecided: list[Family] = field(default_factory=list)
    searches: int = 0
    in_vain: int = 0

    def __post_init__(self) -> None:
        self._widest = [self.within]

    def learn(self, family: Family, cell: Cell) -> None:
        """Take in the verdict of a family."""
        self.answers[family] = cell
        case = cell.counterexample.case if cell.counterexample else None
        need = needed_by(case) if isinstance(case, Case) else None
        if cell.counterexample and need and need <= family:
            self.failures.append(Failure(need, cell.counterexample))
        elif cell.verdict != "holds" and not self.is_empty(family):
            self.undecided.append(family)
        self._retreat()

    def search(self, family: Family) -> None:
        """Ask about a family."""
        self.searches += 1
        self.learn(family, self.ask(family))
        self.in_vain += family in self.undecided

    def fails(self, family: Family) -> bool:
        """Whether a counterexample of the family is known."""
        return any(failure.need <= family for failure in self.failures)

    def _retreat(self) -> None:
        """Replace what is blocked on the frontier by what is widest below."""
        while blocked := next((f for f in self._widest if self.fails(f) or f in self.undecided), None):
            self._widest = widest({*self._widest, *self._below(blocked)} - {blocked})

    @property
    def frontier(self) -> list[Family]:
        """The widest families in which no counterexample is known, and that were not searched to no end."""
        return [family for family in self._widest if not self.is_empty(family)]

    def _below(self, blocked: Family) -> Iterable[Family]:
        need = next((failure.need for failure in self.failures if failure.need <= blocked), None)
        return one_narrower(blocked) if need is None else largest_without(need, blocked)

    @property
    def left(self) -> list[Family]:
        """The families of the frontier that were not searched."""
        return [family for family in self.frontier if family not in self.answers]

    @property
    def held(self) -> list[Family]:
        """The widest families in which none was found: the frontier, if nothing is left."""
        return widest(f for f, cell in self.answers.items() if cell.verdict == "holds" and not self.fails(f))

    @property
    def unknown(self) -> list[Family]:
        """The widest families that stay undecided, within none in which the axiom holds."""
        held = self.held
        return widest(f for f in self.undecided if not self.fails(f) and not any(f <= other for other in held))

    def run(self) -> None:
        """Search until nothing is left, or for too long."""
        for family in self._narrowest:
            if not (self.fails(family) or family in self.answers):
                self.search(family)
        while (left := self.left) and self.is_judged and self.searches < SEARCHES and self.in_vain < UNDECIDED:
            self.search(left[0])

    @property
    def _narrowest(self) -> list[Family]:
        """The narrowest families that have a case: what fails there fails everywhere."""
        if not self.is_empty(NARROWEST):
            return [NARROWEST]
        return [family for family in one_wider(NARROWEST, self.within) if not self.is_empty(family)]

    @property
    def is_judged(self) -> bool:
        """Whether there was anything but refusals."""
        return not self.answers or any(cell.verdict != "unsupported" for cell in self.answers.values())


def widest(families: Iterable[Family]) -> list[Family]:
    """Return those that are within no other, the widest first."""
    members = set(families)
    return sorted(
        (one for one in members if not any(one <= other and one != other for other in members)),
        key=lambda family: (-_width(family), str(family)),
    )


def _width(family: Family) -> int:
    return len(family.items) + sum(values.index(getattr(family, name)) for name, values in OPTIONS.items())


def scope_around(question: Question, known: Sequence[Cell], run: Callable[[Question], Cell]) -> Scope:
    """Return the scope of a question's explainer and axiom, given the cells that are known; others are ``run``."""
    answers = {Family.parse(cell.family): cell for cell in known}
    return scope(question.axiom, lambda family: run(replace(question, family=family)), answers)


def scope(axiom: Axiom, ask: Callable[[Family], Cell], known: Mapping[Family, Cell]) -> Scope:
    """Return the scope of an axiom within all that is ``known``, by asking about further families.

    What is known and what is asked are cells of one explainer and this axiom.
    """
    survey = Survey(join(known), ask, lambda family: bool(axiom.lacks(family)))
    for family in sorted(known, key=str):
        survey.learn(family, known[family])
    survey.run()
    if not survey.is_judged:
        reason = survey.answers[max(survey.answers, key=_width)].reason
        return Scope.unsearched(reason, str(survey.within), survey.searches)
    return _summary(axiom.verb, survey)


def _summary(verb: str, survey: Survey) -> Scope:
    held, undecided, complete = survey.held, survey.unknown, not survey.left
    refusals = [(family, survey.answers[family].reason.partition(REFUSED)[2]) for family in held]
    reasons = [(family, survey.answers[family].reason) for family in undecided]
    return Scope(
        sentence(verb, survey.within, refusals, survey.failures, reasons, complete=complete),
        str(survey.within),
        tuple(Widest(str(f), survey.answers[f].screen.get("effective", 0), refused) for f, refused in refusals),
        tuple(edge for family in held for edge in edges(family, survey.within, survey.failures)),
        tuple(Undecided(str(family), reason) for family, reason in reasons),
        survey.searches,
        complete,
    )
