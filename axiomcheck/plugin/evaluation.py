"""One cell, judged in a test: what is stored is replayed first, and only then a search begins."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from ..engine.cell import Question
from ..engine.replay import Replay, replay
from ..networks import AxiomcheckError
from ..results.certificate import Cell, VerdictName
from .messages import replay_line, store_line
from .recorder import record
from .session import budget, the_running
from .stored_counterexamples import Stored, read_stored


@dataclass(frozen=True)
class Seen:
    """A cell, the line that says how its counterexample is kept or looked at again, and the replays that are none."""

    cell: Cell
    line: str = ""
    others: tuple[tuple[Stored, Replay], ...] = ()


def see(question: Question, stored: tuple[Stored, ...], folder: Path) -> Seen:
    """Replay what is stored; search if none of it is a counterexample any more. The cell is recorded.

    ``folder`` is that of the test, beside which a counterexample is stored.
    """
    others = []
    with _outcomes_of_its_own(question):
        for one in stored:
            again = replay(one.found, question.located)
            if again.found is not None:
                line = replay_line(one, question.located)
                return Seen(_recorded(question, _replayed(question, again)), line)
            others.append((one, again))
        cell = _recorded(question, question.cell())
    found = cell.counterexample
    return Seen(cell, store_line(found, folder) if found else "", tuple(others))


def see_in_test(question: Question) -> Seen:
    """Judge a question that a test of somebody's own asks, with the cases and the seed of the command line if any."""
    if (item := the_running()) is None:
        return Seen(question.cell())
    asked, folder = replace(question, budget=budget(question.budget)), item.path.parent
    return see(asked, tuple(one for one in read_stored(folder) if one.is_of(asked)), folder)


def _replayed(question: Question, again: Replay) -> Cell:
    found = again.found
    assert found is not None
    verdict: VerdictName = "error" if found.is_error else "violated"
    return Cell(*question.key, verdict, found.reason, worst_gap=found.gap, counterexample=found)


def _recorded(question: Question, cell: Cell) -> Cell:
    record(cell, question.budget, question.located)
    return cell


@contextmanager
def _outcomes_of_its_own(question: Question) -> Iterator[None]:
    """Refuse to take an explainer's word that its test is to be skipped, or to fail as expected."""
    try:
        yield
    except (pytest.skip.Exception, pytest.xfail.Exception) as outcome:
        told = type(outcome).__name__.lower()
        raise AxiomcheckError(
            f"{question.located.name} calls pytest ({told}: {outcome}); what cannot be explained is refused with "
            "raise axiomcheck.explainers.Unsupported(reason)"
        ) from None
