"""A campaign: many cells, one after the other or in several processes, made one certificate."""

import platform
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context

from .axioms import AXIOMS
from .cell import Budget, Question
from .explainers import Located, locate
from .networks import AxiomcheckError, Family, UnknownName
from .reports.certificate import Cell, Certificate, Environment
from .strategies.codec import DISTRIBUTION
from .versions import versions

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
        chosen = tuple(dict.fromkeys(AXIOMS if axioms is None else map(known_axiom, axioms)))
        asked = DEFAULT_FAMILIES if families is None else families
        parsed = [family if isinstance(family, Family) else Family.parse(family) for family in asked]
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

    def run(self, jobs: int = 1, on_cell: Callable[[Cell], None] = lambda _: None) -> Certificate:
        """Judge every cell and return the certificate; ``on_cell`` sees each as it comes."""
        cells = []
        for cell in _in_processes(self.questions, jobs) if jobs > 1 else _in_turn(self.questions):
            on_cell(cell)
            cells.append(cell)
        environment = Environment(
            versions(), platform.platform(), self.budget.dtype, self.budget.examples, DISTRIBUTION
        )
        return Certificate(environment, self.budget.seed, tuple(sorted(cells, key=lambda cell: cell.key)))


def known_axiom(name: str) -> str:
    """Return ``name`` if there is such an axiom; raise with a suggestion if not."""
    if name not in AXIOMS:
        raise UnknownName("axiom", name, AXIOMS)
    return name


def _in_turn(questions: Sequence[Question]) -> Iterator[Cell]:
    for question in questions:
        yield question.cell()


def _in_processes(questions: Sequence[Question], jobs: int) -> Iterator[Cell]:
    """Judge in processes started afresh; each looks its explainer up by name."""
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        asked = [pool.submit(_cell, q.located.name, q.axiom.name, str(q.family), q.budget) for q in questions]
        for done in as_completed(asked):
            yield done.result()


def _cell(explainer: str, axiom: str, family: str, budget: Budget) -> Cell:
    return Question(locate(explainer), AXIOMS[axiom], Family.parse(family), budget).cell()
