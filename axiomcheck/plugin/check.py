"""One cell as a test: called, it passes, fails, is skipped, or fails as expected."""

import warnings
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn

import pytest

from ..api import AxiomViolation
from ..engine.known_violations import Known
from ..engine.question import Question
from ..networks import AxiomcheckError
from ..results.counterexample import Counterexample
from .evaluation import Seen, see
from .messages import short
from .session import budget, the_running
from .stored_counterexamples import Stored, identifier
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
        asked = replace(self.question, budget=budget(examples=self.examples))
        try:
            seen = see(asked, self.stored, self.folder)
        except AxiomcheckError as mistake:
            _fail(f"axiomcheck: {mistake}")
        if seen.cell.counterexample is not None:
            self._violated(seen, seen.cell.counterexample)
        elif self.known is not None:
            _not_found(seen, self.known)
        else:
            _unknown(seen)

    def _violated(self, seen: Seen, found: Counterexample) -> NoReturn:
        """Fail with a counterexample, or say why that was to be expected."""
        __tracebackhide__ = True
        item = the_running()
        if self.known is None or item is None or item.config.getoption("runxfail"):
            raise AxiomViolation(found, seen.line)
        for one, again in seen.others:
            told = "is no counterexample any more" if again.status == "FIXED" else "cannot be replayed"
            stale = f"{short(one.path)} {told} ({again.reason})"
            _fail(f"{stale}, but another was found: {self.known} is still violated ({self.known.reason})\n{seen.line}")
        raise pytest.xfail.Exception("\n".join(filter(None, (self.known.reason, seen.line))))


def _not_found(seen: Seen, known: Known) -> None:
    """Fail if what is stored of a known violation is none any more; warn if none was stored."""
    __tracebackhide__ = True
    for one, again in seen.others:
        told = "fixed: remove it from the list" if again.status == "FIXED" else "cannot be replayed"
        _fail(f"{told}: the known violation of {known} ({known.reason}); {short(one.path)}: {again.reason}")
    if seen.cell.verdict == "unsupported":
        pytest.skip(seen.cell.reason)
    _warn(f"the known violation of {known} was not found: {seen.cell.reason}")


def _unknown(seen: Seen) -> None:
    """Pass if an axiom holds; skip if it was not asked; fail if nobody can say."""
    __tracebackhide__ = True
    cell = seen.cell
    for one, again in seen.others:
        if again.status != "FIXED":
            _warn(f"{short(one.path)} cannot be replayed: {again.reason}")
    if cell.verdict == "unsupported":
        pytest.skip(cell.reason)
    if cell.verdict != "holds":
        _fail(f"axiomcheck: {cell.explainer} on {cell.axiom} in {cell.family} is {cell.verdict}: {cell.reason}")


def _fail(sentence: str) -> NoReturn:
    __tracebackhide__ = True
    raise pytest.fail.Exception(sentence, pytrace=False)


def _warn(sentence: str) -> None:
    warnings.warn(AxiomcheckWarning(sentence), stacklevel=1)
