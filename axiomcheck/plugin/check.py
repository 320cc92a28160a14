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
from .evaluation import Evaluation, evaluate
from .messages import short
from .session import budget, current_item
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
        question = replace(self.question, budget=budget(examples=self.examples))
        try:
            evaluation = evaluate(question, self.stored, self.folder)
        except AxiomcheckError as mistake:
            _fail(f"axiomcheck: {mistake}")
        if evaluation.cell.counterexample is not None:
            self._violated(evaluation, evaluation.cell.counterexample)
        elif self.known is not None:
            _not_found(evaluation, self.known)
        else:
            _unknown(evaluation)

    def _violated(self, evaluation: Evaluation, counterexample: Counterexample) -> NoReturn:
        """Fail with a counterexample, or say why that was to be expected."""
        __tracebackhide__ = True
        item = current_item()
        if self.known is None or item is None or item.config.getoption("runxfail"):
            raise AxiomViolation(counterexample, evaluation.line)
        for stored, result in evaluation.others:
            state = "is no counterexample any more" if result.status == "FIXED" else "cannot be replayed"
            stale = f"{short(stored.path)} {state} ({result.reason})"
            still = f"{self.known} is still violated ({self.known.reason})"
            _fail(f"{stale}, but another was found: {still}\n{evaluation.line}")
        raise pytest.xfail.Exception("\n".join(filter(None, (self.known.reason, evaluation.line))))


def _not_found(evaluation: Evaluation, known: Known) -> None:
    """Fail if what is stored of a known violation is none any more; warn if none was stored."""
    __tracebackhide__ = True
    for stored, result in evaluation.others:
        state = "fixed: remove it from the list" if result.status == "FIXED" else "cannot be replayed"
        _fail(f"{state}: the known violation of {known} ({known.reason}); {short(stored.path)}: {result.reason}")
    if evaluation.cell.verdict == "unsupported":
        pytest.skip(evaluation.cell.reason)
    _warn(f"the known violation of {known} was not found: {evaluation.cell.reason}")


def _unknown(evaluation: Evaluation) -> None:
    """Pass if an axiom holds; skip if it was not asked; fail if nobody can say."""
    __tracebackhide__ = True
    cell = evaluation.cell
    for stored, result in evaluation.others:
        if result.status != "FIXED":
            _warn(f"{short(stored.path)} cannot be replayed: {result.reason}")
    if cell.verdict == "unsupported":
        pytest.skip(cell.reason)
    if cell.verdict != "holds":
        _fail(f"axiomcheck: {cell.explainer} on {cell.axiom} in {cell.family} is {cell.verdict}: {cell.reason}")


def _fail(sentence: str) -> NoReturn:
    __tracebackhide__ = True
    raise pytest.fail.Exception(sentence, pytrace=False)


def _warn(sentence: str) -> None:
    warnings.warn(AxiomcheckWarning(sentence), stacklevel=1)
