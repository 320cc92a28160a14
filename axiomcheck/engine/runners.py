"""Runners: where the cells of a campaign are judged. All give the same cells."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from ..explainers import Located
from ..explainers.libraries.registry import find_library
from ..explainers.loading.spec import home_of
from ..results.certificate import Cell
from ..results.part import Part
from ..results.scope import Scope
from . import tasks
from .cell import run
from .parts import Share, run_part
from .question import Question
from .runtime.child import Limits
from .runtime.cluster import distribute
from .runtime.supervisor import Answer, supervise
from .scope import scope_around
from .tasks import Known

T = TypeVar("T")


class Runner(Protocol):
    """Judges cells and searches scopes, in any order."""

    def cells(self, questions: Sequence[Question]) -> Iterator[Cell]:
        """Yield the cell of each question as it is judged."""

    def parts(self, shares: Sequence[Share]) -> Iterator[Part]:
        """Yield what each share of a cell shows as it is judged."""

    def scopes(self, groups: Sequence[Known]) -> Iterator[tuple[int, Scope]]:
        """Yield the number of each group and the scope around what is known in it, as it is found."""


class InProcess:
    """This process, one cell after the other: for debuggers, and for explainers that have no name elsewhere."""

    def cells(self, questions: Sequence[Question]) -> Iterator[Cell]:
        """Yield the cell of each question in turn, those next to each other that draw the same cases."""
        yield from map(run, sorted(questions, key=sample))

    def parts(self, shares: Sequence[Share]) -> Iterator[Part]:
        """Yield the part of each share in turn."""
        yield from map(run_part, sorted(shares, key=lambda share: sample(share[0])))

    def scopes(self, groups: Sequence[Known]) -> Iterator[tuple[int, Scope]]:
        """Yield the scope of each group in turn."""
        for number, (question, cells) in enumerate(groups):
            yield number, scope_around(question, cells, run)


def sample(question: Question) -> tuple[str, str]:
    """Return what the cases of a question follow from, beside the seed: what draws them, and the family."""
    return question.axiom.draws.__name__, str(question.family)


IN_PROCESS: Runner = InProcess()


def preloaded(explainers: Iterable[Located]) -> tuple[str, ...]:
    """Return the modules of libraries that workers would else load anew for each cell."""
    homes = dict.fromkeys(home_of(located.name) for located in explainers)
    return tuple(library.adapter for home in homes if (library := find_library(home)) is not None)


@dataclass(frozen=True)
class InWorkers:
    """A fresh process for each cell, ``jobs`` at a time, none of which can harm another, or this one."""

    jobs: int = 1
    limits: Limits = field(default_factory=Limits)
    preload: tuple[str, ...] = ()

    def cells(self, questions: Sequence[Question]) -> Iterator[Cell]:
        """Yield the cell of each question as its process ends."""
        for number, answer in self._answers(tasks.cell_task, questions):
            yield tasks.cell_from(questions[number], answer)

    def parts(self, shares: Sequence[Share]) -> Iterator[Part]:
        """Yield the part of each share as its process ends."""
        for number, answer in self._answers(tasks.part_task, shares):
            yield tasks.part_from(shares[number], answer)

    def scopes(self, groups: Sequence[Known]) -> Iterator[tuple[int, Scope]]:
        """Yield the scope of each group as its process ends; a scope takes many cells, so that no clock ends it."""
        for number, answer in self._answers(tasks.scope_task, groups, Limits(memory=self.limits.memory)):
            yield number, tasks.scope_from(groups[number][0], answer)

    def _answers(
        self, task: Callable[[T], str], items: Sequence[T], limits: Limits | None = None
    ) -> Iterator[tuple[int, Answer]]:
        return supervise(tasks.answer, list(map(task, items)), self.jobs, limits or self.limits, self.preload)


@dataclass(frozen=True)
class OnCluster:
    """The workers of a Dask scheduler, each of which judges every cell in a fresh process of its own."""

    address: str
    limits: Limits = field(default_factory=Limits)

    def cells(self, questions: Sequence[Question]) -> Iterator[Cell]:
        """Yield the cell of each question as it comes back."""
        for number, answer in self._answers(tasks.cell_task, questions, self.limits):
            yield tasks.cell_from(questions[number], answer)

    def parts(self, shares: Sequence[Share]) -> Iterator[Part]:
        """Yield the part of each share as it comes back."""
        for number, answer in self._answers(tasks.part_task, shares, self.limits):
            yield tasks.part_from(shares[number], answer)

    def scopes(self, groups: Sequence[Known]) -> Iterator[tuple[int, Scope]]:
        """Yield the scope of each group as it comes back."""
        for number, answer in self._answers(tasks.scope_task, groups, Limits(memory=self.limits.memory)):
            yield number, tasks.scope_from(groups[number][0], answer)

    def _answers(self, task: Callable[[T], str], items: Sequence[T], limits: Limits) -> Iterator[tuple[int, Answer]]:
        return distribute(tasks.answer, list(map(task, items)), self.address, limits)
