"""Runners: where the cells of a campaign are judged. All give the same cells."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Protocol, TypeVar

from ..explainers import Located
from ..explainers.libraries.registry import find_library
from ..explainers.loading.spec import home_of
from ..networks import Family
from ..results.certificate import Cell
from ..results.part import Part
from ..results.scope import Scope
from . import tasks
from .cell import run
from .parts import Share, run_part
from .question import Question
from .rehearsal import MOST
from .runtime.child import Limits
from .runtime.cluster import distribute
from .runtime.supervisor import Answer, supervise
from .runtime.templates import supervise_batches
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


def batches(questions: Sequence[Question], jobs: int) -> list[list[int]]:
    """Return the numbers of the questions that one template serves: of one sample, at most a share of the whole.

    A sample that is more than that is drawn once for each of ``jobs``, which would else wait for it. A model, which is
    somebody's own code, and samples that no bank holds are served by no template.
    """
    samples: dict[object, list[int]] = {}
    for number, question in enumerate(questions):
        drawn = isinstance(question.family, Family) and question.budget.examples <= MOST
        samples.setdefault(sample(question) if drawn else number, []).append(number)
    most = ceil(len(questions) / jobs)
    parts = (numbers[start : start + most] for numbers in samples.values() for start in range(0, len(numbers), most))
    return sorted(parts, key=len, reverse=True)


IN_PROCESS: Runner = InProcess()


def preloaded(explainers: Iterable[Located]) -> tuple[str, ...]:
    """Return the modules of libraries that workers would else load anew for each cell."""
    homes = dict.fromkeys(home_of(located.name) for located in explainers)
    return tuple(library.adapter for home in homes if (library := find_library(home)) is not None)


@dataclass(frozen=True)
class InWorkers:
    """A fresh process for each cell, ``jobs`` at a time, none of which can harm another, or this one.

    Where many cells draw the same cases, these are drawn once, in a process of which theirs are copies.
    """

    jobs: int = 1
    limits: Limits = field(default_factory=Limits)
    preload: tuple[str, ...] = ()

    def cells(self, questions: Sequence[Question]) -> Iterator[Cell]:
        """Yield the cell of each question as its process ends; what draws the same cases has them from a template."""
        numbered = batches(questions, self.jobs)
        asked = [{number: tasks.cell_task(questions[number]) for number in batch} for batch in numbered]
        answers = supervise_batches(tasks.answer, tasks.prepare, asked, self.jobs, self.limits, preload=self.preload)
        for number, answer in answers:
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
