"""A campaign: many cells, wherever they are judged, made one certificate."""

import platform
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from itertools import chain
from typing import Any

from ..axioms import AXIOMS
from ..explainers import Located
from ..models.source import ModelSource
from ..networks import AxiomcheckError, Family
from ..results.certificate import Cell, Certificate, Environment
from ..results.scope import Scope
from ..strategies.distribution import DISTRIBUTION
from .cell import run as judge_here
from .identity import identity
from .known_violations import CellKey
from .population import Population, population_of
from .question import Budget, Question
from .resolve import find_axiom, find_explainer, find_family, model_population
from .runners import IN_PROCESS, Runner
from .runtime.versions import versions

DEFAULT_FAMILIES = ("bias-free", "deep-taylor", "biased", "ordinary")


@dataclass(frozen=True)
class Campaign:
    """Which explainers are asked about which axioms in which families, by name."""

    explainers: tuple[Located, ...]
    axioms: tuple[str, ...]
    families: tuple[Family | Population, ...]
    budget: Budget
    part: tuple[int, int] = (1, 1)

    @classmethod
    def of(
        cls,
        explainers: Iterable[str | Callable[..., object] | Located],
        axioms: Iterable[str] | None,
        families: Iterable[str | Family] | None,
        budget: Budget,
        model: ModelSource | None = None,
    ) -> "Campaign":
        """Return the campaign, every name looked up: what is unknown is said before anything runs.

        With a ``model`` its data are asked, and no families.
        """
        if budget.examples < 1:
            raise AxiomcheckError(f"Expected at least one example but got examples={budget.examples}")
        located = {one.name: one for one in (e if isinstance(e, Located) else find_explainer(e) for e in explainers)}
        if not located:
            raise AxiomcheckError("Expected at least one explainer")
        names = AXIOMS if axioms is None else axioms
        chosen = tuple(dict.fromkeys(find_axiom(name).name for name in names))
        parsed = tuple(dict.fromkeys(grounds(families, model)))
        if not chosen or not parsed:
            raise AxiomcheckError(f"Expected at least one {'family' if chosen else 'axiom'}")
        return cls(tuple(located.values()), chosen, parsed, budget)

    @property
    def questions(self) -> list[Question]:
        """One question a cell; of a shard, those whose turn it is, in the order of their keys."""
        questions = [
            Question(explainer, AXIOMS[axiom], family, self.budget)
            for explainer in self.explainers
            for axiom in self.axioms
            for family in self.families
        ]
        index, count = self.part
        if count == 1:
            return questions
        mine = {question.key for question in sorted(questions, key=lambda question: question.key)[index - 1 :: count]}
        return [question for question in questions if question.key in mine]

    def run(
        self,
        runner: Runner = IN_PROCESS,
        on_cell: Callable[[Cell], None] = lambda _: None,
        *,
        with_scope: bool = False,
        known: Mapping[CellKey, Cell] | None = None,
    ) -> Certificate:
        """Judge every cell that is not ``known``, and return the certificate; ``on_cell`` sees each as it comes.

        ``with_scope``: then search, for each explainer and axiom, the widest families in which it holds; ``on_cell``
        sees a cell of each once more.
        """
        cells = dict(known or {})
        for cell in list(cells.values()):
            on_cell(cell)
        asked = [question for question in self.questions if question.key not in cells]
        here = map(judge_here, (question for question in asked if question.located.explain is None))
        elsewhere = runner.cells([question for question in asked if question.located.explain is not None])
        for cell in chain(here, elsewhere):
            cells[cell.key] = cell
            on_cell(cell)
        certificate = self.certificate(cells.values())
        return self._with_scopes(certificate, runner, on_cell) if with_scope else certificate

    def certificate(self, cells: Iterable[Cell]) -> Certificate:
        """Return the certificate of cells; those of the campaign that are not among them are told as missing."""
        judged = tuple(sorted(cells, key=lambda cell: cell.key))
        missing = sorted({question.key for question in self.questions} - {cell.key for cell in judged})
        identities = tuple(map(identity, sorted(self.explainers, key=lambda located: located.name)))
        names = [located.name for located in self.explainers]
        where = environment(self.budget, names, self.distribution)
        return Certificate(where, self.budget.seed, judged, identities, tuple(missing))

    @property
    def absent(self) -> dict[str, str]:
        """Why those explainers are not judged that could not be loaded, by name: a library is missing."""
        return {located.name: located.reason for located in self.explainers if located.explain is None}

    def steps(self, *, with_scope: bool) -> int:
        """Return how often ``run`` tells of a cell."""
        return len(self.questions) + (len(self.explainers) * len(self.axioms) if with_scope else 0)

    def shard(self, index: int, count: int) -> "Campaign":
        """Return the part ``index`` of ``count``, counted from 1: every cell is in one part."""
        return replace(self, part=(index, count))

    @property
    def header(self) -> dict[str, Any]:
        """What the cells depend on beside their names."""
        names = [located.name for located in self.explainers]
        header = {"budget": asdict(self.budget), "versions": versions(names)}
        return header if self.distribution == DISTRIBUTION else header | {"distribution": self.distribution}

    @property
    def distribution(self) -> str:
        """What its cases are drawn from, in words."""
        told = dict.fromkeys(population_of(family).distribution for family in self.families)
        device = [] if self.budget.device == "cpu" else [f"explainers ran on {self.budget.device}"]
        return "; ".join([*told, *device])

    def _with_scopes(self, certificate: Certificate, runner: Runner, on_cell: Callable[[Cell], None]) -> Certificate:
        """Return the certificate with the scope of its explainer and axiom in every cell."""
        groups: dict[tuple[str, str], list[Cell]] = {}
        for cell in certificate.cells:
            groups.setdefault((cell.explainer, cell.axiom), []).append(cell)
        first = {(q.located.name, q.axiom.name): q for q in reversed(self.questions)}
        keys, scopes = list(groups), dict[tuple[str, str], Scope]()
        for number, scope in runner.scopes([(first[key], groups[key]) for key in keys]):
            scopes[keys[number]] = scope
            on_cell(groups[keys[number]][0])
        cells = (replace(cell, scope=scopes[cell.explainer, cell.axiom]) for cell in certificate.cells)
        return replace(certificate, cells=tuple(cells))


def grounds(families: Iterable[str | Family] | None, model: ModelSource | None) -> list[Family | Population]:
    """Return what is asked about: families, the presets if none are named, or a model."""
    if model is None:
        return list(map(find_family, DEFAULT_FAMILIES if families is None else families))
    if families is not None:
        raise AxiomcheckError("Expected families of random networks, or a model, and not both")
    return [model_population(model)]


def environment(budget: Budget, explainers: Iterable[str], distribution: str) -> Environment:
    """Return what else the cells of a certificate depend on; the explainers are given by name."""
    return Environment(versions(explainers), platform.platform(), budget.dtype, budget.examples, distribution)
