"""A campaign: many cells, one after the other or in several processes, made one certificate."""

import platform
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..axioms import AXIOMS
from ..explainers import Located, locate
from ..networks import AxiomcheckError, Family, UnknownName
from ..results.certificate import Cell, Certificate, Environment
from ..results.scope import Scope
from ..strategies.distribution import DISTRIBUTION
from .cell import Budget, Question
from .claims import check_claims
from .identity import identity
from .known_violations import CellKey
from .runtime.versions import versions
from .runtime.workers import DIED, in_processes
from .scope import scope

DEFAULT_FAMILIES = ("bias-free", "deep-taylor", "biased", "ordinary")


@dataclass(frozen=True)
class Campaign:
    """Which explainers are asked about which axioms in which families, by name."""

    explainers: tuple[Located, ...]
    axioms: tuple[str, ...]
    families: tuple[Family, ...]
    budget: Budget

    @classmethod
    def of(
        cls,
        explainers: Iterable[str | Callable[..., object]],
        axioms: Iterable[str] | None,
        families: Iterable[str | Family] | None,
        budget: Budget,
    ) -> "Campaign":
        """Return the campaign, every name looked up: what is unknown is said before anything runs."""
        if budget.examples < 1:
            raise AxiomcheckError(f"Expected at least one example but got examples={budget.examples}")
        located = {found.name: found for found in map(locate, explainers)}
        if not located:
            raise AxiomcheckError("Expected at least one explainer")
        for found in located.values():
            check_claims(found)
        chosen = tuple(dict.fromkeys(AXIOMS if axioms is None else map(known_axiom, axioms)))
        asked = DEFAULT_FAMILIES if families is None else families
        parsed = [family if isinstance(family, Family) else Family.parse(family) for family in asked]
        if not chosen or not parsed:
            raise AxiomcheckError(f"Expected at least one {'family' if chosen else 'axiom'}")
        return cls(tuple(located.values()), chosen, tuple(dict.fromkeys(parsed)), budget)

    @property
    def questions(self) -> list[Question]:
        """One question a cell."""
        return [
            Question(explainer, AXIOMS[axiom], family, self.budget)
            for explainer in self.explainers
            for axiom in self.axioms
            for family in self.families
        ]

    def run(
        self,
        jobs: int = 1,
        on_cell: Callable[[Cell], None] = lambda _: None,
        *,
        with_scope: bool = False,
        known: Mapping[CellKey, Cell] | None = None,
    ) -> Certificate:
        """Judge every cell that is not ``known``, and return the certificate; ``on_cell`` sees each as it comes.

        ``with_scope``: then search, for each explainer and axiom, the widest families in which it holds; ``on_cell``
        sees a cell of each once more.
        """
        settled = known or {}
        cells = list(settled.values())
        for cell in cells:
            on_cell(cell)
        for cell in _cells([asked for asked in self.questions if asked.key not in settled], jobs):
            on_cell(cell)
            cells.append(cell)
        cells.sort(key=lambda cell: cell.key)
        if with_scope:
            cells = list(self._scoped(cells, jobs, on_cell))
        identities = tuple(map(identity, sorted(self.explainers, key=lambda located: located.name)))
        return Certificate(environment(self.budget), self.budget.seed, tuple(cells), identities)

    def steps(self, *, with_scope: bool) -> int:
        """Return how often ``run`` tells of a cell."""
        return len(self.questions) + (len(self.explainers) * len(self.axioms) if with_scope else 0)

    def _scoped(self, cells: Sequence[Cell], jobs: int, on_cell: Callable[[Cell], None]) -> Iterator[Cell]:
        """Yield the cells with their scopes, in their order."""
        groups: dict[tuple[str, str], tuple[Cell, ...]] = {}
        for cell in cells:
            groups[cell.explainer, cell.axiom] = (*groups.get((cell.explainer, cell.axiom), ()), cell)
        first = {(q.located.name, q.axiom.name): q for q in reversed(self.questions)}
        found: dict[tuple[str, str], Scope] = {}
        for (explainer, axiom), one in _scopes([(first[key], group) for key, group in groups.items()], jobs):
            found[explainer, axiom] = one
            on_cell(groups[explainer, axiom][0])
        for cell in cells:
            yield replace(cell, scope=found[cell.explainer, cell.axiom])


def environment(budget: Budget) -> Environment:
    """Return what else the cells of a certificate depend on."""
    return Environment(versions(), platform.platform(), budget.dtype, budget.examples, DISTRIBUTION)


def known_axiom(name: str) -> str:
    """Return ``name`` if there is such an axiom; raise with a suggestion if not."""
    if not isinstance(name, str):
        raise AxiomcheckError(f"Expected an axiom's name but got {name!r}")
    if name not in AXIOMS:
        raise UnknownName("axiom", name, AXIOMS)
    return name


@dataclass(frozen=True)
class _Asked:
    """A question by names alone, for another process; and the cells that are known when it is about the scope."""

    explainer: str
    axiom: str
    family: str
    budget: Budget
    known: tuple[Cell, ...] = ()

    @classmethod
    def of(cls, question: Question, known: tuple[Cell, ...] = ()) -> "_Asked":
        """Return a question by its names."""
        return cls(question.located.name, question.axiom.name, str(question.family), question.budget, known)

    @property
    def question(self) -> Question:
        """The question, every name looked up."""
        return Question(locate(self.explainer), AXIOMS[self.axiom], Family.parse(self.family), self.budget)

    def cell(self) -> Cell:
        """Answer it."""
        return self.question.cell()

    def scope(self) -> Scope:
        """Search the scope of its explainer and axiom."""
        return scope_of(self.question, self.known)

    @property
    def dead(self) -> Cell:
        """What is left to say if its process died."""
        return Cell(self.explainer, self.axiom, self.family, "error", DIED)


def _cells(questions: Sequence[Question], jobs: int) -> Iterator[Cell]:
    if jobs == 1:
        yield from (question.cell() for question in questions)
        return
    asked = [_Asked.of(question) for question in questions]
    yield from (cell for _, cell in in_processes(_Asked.cell, asked, jobs, lambda of: of.dead))


Known = tuple[Question, tuple[Cell, ...]]


def _scopes(groups: Sequence[Known], jobs: int) -> Iterator[tuple[tuple[str, str], Scope]]:
    """Yield the scope of each explainer and axiom, given one question about them and the cells that are known."""
    names = [(question.located.name, question.axiom.name) for question, _ in groups]
    if jobs == 1:
        yield from zip(names, (scope_of(*group) for group in groups), strict=True)
        return
    asked = [_Asked.of(*group) for group in groups]
    for number, found in in_processes(_Asked.scope, asked, jobs, lambda of: Scope.unsearched(DIED, of.family)):
        yield names[number], found


def scope_of(question: Question, known: Sequence[Cell]) -> Scope:
    """Return the scope of a question's explainer and axiom, given the cells that are known."""
    answers = {Family.parse(cell.family): cell for cell in known}
    return scope(question.axiom, lambda family: replace(question, family=family).cell(), answers)
