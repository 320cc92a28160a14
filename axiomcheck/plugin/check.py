"""One cell as a test: called, it passes, fails, is skipped, or fails as expected."""

import warnings
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn

import pytest

from ..api import AxiomViolation
from ..cell import Question
from ..known import Known
from ..networks import AxiomcheckError
from ..replaying import Replay, replay
from ..reports.certificate import Cell, VerdictName
from ..reports.counterexample import Counterexample
from .recording import record
from .running import budget, the_running
from .stored import Stored, identifier
from .telling import replay_line, short, store_line
from .warning import AxiomcheckWarning


@dataclass(frozen=True)
class Check:
    """A question, what is known of its answer, the counterexamples that are stored, and how many cases to draw.

    ``folder`` is that of the test.
    """

    question: Question
    known: Known | None
    stored: tuple[Stored, ...]
    examples: int | None
    folder: Path

    @property
    def id(self) -> str:
        """The name of its test."""
        return identifier(*self.key)

    @property
    def key(self) -> tuple[str, str, str]:
        """Explainer, axiom and family by name."""
        return self.question.key

    def __call__(self) -> None:
        """Replay what is stored, then search unless the answer is known."""
        __tracebackhide__ = True
        try:
            self._replay()
            self._search()
        except AxiomcheckError as mistake:
            raise pytest.fail.Exception(f"axiomcheck: {mistake}", pytrace=False) from None

    def _replay(self) -> None:
        """Fail if a stored counterexample still is one, or if one of a known violation is none any more."""
        __tracebackhide__ = True
        replays = [(one, replay(one.found, self.question.located)) for one in self.stored]
        for one, again in replays:
            if again.found is not None:
                self._replayed(again.found, one)
        for one, again in replays:
            self._not_violated(one, again)

    def _replayed(self, found: Counterexample, one: Stored) -> NoReturn:
        __tracebackhide__ = True
        verdict: VerdictName = "error" if "error" in found.observed else "violated"
        record(
            Cell(*self.key, verdict, found.reason, worst_gap=found.gap, counterexample=found),
            budget(self.examples),
            self.question.located,
        )
        self._violated(found, replay_line(one.path, self.question.located))

    def _not_violated(self, one: Stored, again: Replay) -> None:
        __tracebackhide__ = True
        if self.known is None and again.status == "FIXED":
            return
        if self.known is not None:
            told = "fixed: remove it from the list" if again.status == "FIXED" else "cannot be replayed"
            pytest.fail(
                f"{told}: the known violation of {self.known} ({self.known.reason}); {short(one.path)}: {again.reason}",
                pytrace=False,
            )
        warnings.warn(AxiomcheckWarning(f"{short(one.path)} cannot be replayed: {again.reason}"), stacklevel=1)

    def _search(self) -> None:
        __tracebackhide__ = True
        asked = budget(self.examples)
        cell = replace(self.question, budget=asked).cell()
        record(cell, asked, self.question.located)
        if cell.counterexample is not None:
            self._violated(cell.counterexample, store_line(cell.counterexample, self.folder))
        if cell.verdict == "unsupported":
            pytest.skip(cell.reason)
        if cell.verdict != "holds" and self.known is None:
            raise AxiomcheckError(f"{cell.explainer} on {cell.axiom} in {cell.family} is {cell.verdict}: {cell.reason}")
        if self.known is not None:
            told = f"the known violation of {self.known} was not found: {cell.reason}"
            warnings.warn(AxiomcheckWarning(told), stacklevel=1)

    def _violated(self, found: Counterexample, line: str) -> NoReturn:
        """Fail with a counterexample, or say why that was to be expected."""
        __tracebackhide__ = True
        item = the_running()
        if self.known is not None and item is not None and not item.config.getoption("runxfail"):
            raise pytest.xfail.Exception("\n".join(filter(None, (self.known.reason, line))))
        violation = AxiomViolation(found)
        violation.add_note(line)
        raise violation
