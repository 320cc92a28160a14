"""One cell, judged in a test: what is stored is replayed first, and only then a search begins."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from ..engine.cell import run
from ..engine.question import Question
from ..engine.replay import Replay, replay
from ..networks import AxiomcheckError
from ..results.certificate import Cell, VerdictName
from .messages import name_elsewhere, replay_line, store_line
from .recorder import record
from .session import budget, current_item, worker_limits
from .stored_counterexamples import Stored, read_stored


@dataclass(frozen=True)
class Evaluation:
    """A cell, the line that says how its counterexample is kept or looked at again, and the replays that are none."""

    cell: Cell
    line: str = ""
    others: tuple[tuple[Stored, Replay], ...] = ()


def evaluate(question: Question, stored: tuple[Stored, ...], folder: Path) -> Evaluation:
    """Replay what is stored; search if none of it is a counterexample any more. The cell is recorded.

    ``folder`` is that of the test, beside which a counterexample is stored.
    """
    others = []
    with _outcomes_of_its_own(question):
        for each in stored:
            result = replay(each.counterexample, question.located, getattr(question.family, "source", None))
            if result.counterexample is not None:
                line = replay_line(each, question.located)
                return Evaluation(_record(question, _cell_of_replay(question, result)), line)
            others.append((each, result))
        cell = _record(question, _judge(question))
    counterexample = cell.counterexample
    return Evaluation(cell, store_line(counterexample, folder) if counterexample else "", tuple(others))


def evaluate_in_test(question: Question) -> Evaluation:
    """Judge a question that a test of somebody's own asks, with the cases and the seed of the command line if any."""
    if (item := current_item()) is None:
        return Evaluation(run(question))
    query, folder = replace(question, budget=budget(question.budget)), item.path.parent
    return evaluate(query, tuple(each for each in read_stored(folder) if each.is_of(query)), folder)


def _judge(question: Question) -> Cell:
    """Return the cell; judged in a process of its own if that is asked for, and if it finds the explainer there."""
    limits, source = worker_limits(), name_elsewhere(question.located)
    if limits is None or source is None or not question.population.is_named:
        return run(question)
    from ..engine.runtime.supervisor import supervise
    from ..engine.tasks import answer, cell_from, cell_task

    ((_, result),) = supervise(answer, [cell_task(question, source)], 1, limits)
    return cell_from(question, result)


def _cell_of_replay(question: Question, result: Replay) -> Cell:
    counterexample = result.counterexample
    assert counterexample is not None
    verdict: VerdictName = "error" if counterexample.is_error else "violated"
    return Cell(
        *question.key, verdict, counterexample.reason, worst_gap=counterexample.gap, counterexample=counterexample
    )


def _record(question: Question, cell: Cell) -> Cell:
    record(cell, question)
    return cell


@contextmanager
def _outcomes_of_its_own(question: Question) -> Iterator[None]:
    """Refuse to take an explainer's word that its test is to be skipped, or to fail as expected."""
    try:
        yield
    except (pytest.skip.Exception, pytest.xfail.Exception) as outcome:
        outcome_name = type(outcome).__name__.lower()
        raise AxiomcheckError(
            f"{question.located.name} calls pytest ({outcome_name}: {outcome}); what cannot be explained is refused "
            "with raise axiomcheck.explainers.Unsupported(reason)"
        ) from None
