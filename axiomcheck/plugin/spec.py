"""From what a test suite asks for to its checks, every name looked up before anything runs."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ..engine.campaign import Campaign
from ..engine.known_violations import CellKey, Known, KnownViolations
from ..engine.question import Budget, Question
from ..engine.search import ENOUGH
from ..explainers import Unsupported
from ..networks import AxiomcheckError, Family
from .check import Check
from .fixtures import match
from .stored_counterexamples import Stored, read_stored

AnyExplainer = str | Callable[..., Any]
Violations = str | Path | Iterable[Mapping[str, Any]] | None


@dataclass(frozen=True)
class Asked:
    """What is asked for: all axioms unless some are named, the preset families likewise.

    ``folder`` is that of the test: files are looked for there first, and counterexamples are stored below it.
    """

    explainers: AnyExplainer | Iterable[AnyExplainer]
    folder: Path
    axioms: str | Iterable[str] | None = None
    families: str | Family | Iterable[str | Family] | None = None
    known_violations: Violations = None
    examples: int | None = None
    settings: Any = None

    def checks(self) -> tuple[Check, ...]:
        """Return one check a cell; what is wrong ends the collection with one sentence."""
        with told_at_collection():
            questions = self._campaign().questions
            known = self._known([question.key for question in questions])
            examples, stored = self._examples(), read_stored(self.folder)
            return tuple(_check(question, known, stored, examples, self.folder) for question in questions)

    def _known(self, cells: Iterable[CellKey]) -> KnownViolations:
        """Return the known violations; those of a list are about these cells, those of a file perhaps about others."""
        source = beside(self.known_violations, self.folder)
        known = KnownViolations.of(source)
        if isinstance(source, Path):
            match(source, known, cells)
        else:
            known.require_matched(cells)
        return known

    def _campaign(self) -> Campaign:
        explainers = _listed("explainers", self.explainers)
        axioms = None if self.axioms is None else _listed("axioms", self.axioms)
        families = None if self.families is None else _listed("families", self.families)
        campaign = Campaign.of(explainers, axioms, families, Budget(self._examples() or 1))
        names = [found.name for found in campaign.explainers]
        if len(names) < len(explainers):
            raise AxiomcheckError(f"Expected explainers with names of their own but got {', '.join(names)} twice")
        for found in campaign.explainers:
            if found.explain is None:
                raise Unsupported(f"{found.name} cannot be had: {found.reason}")
        return campaign

    def _examples(self) -> int | None:
        told = self.examples
        if told is None and self.settings is not None:
            told = getattr(self.settings, "max_examples", self.settings)
        if told is not None and (not isinstance(told, int) or told < ENOUGH):
            name = "settings" if self.examples is None else "examples"
            raise AxiomcheckError(f"Expected at least {ENOUGH} examples, or nothing can hold, but got {name}={told!r}")
        return told


def _check(
    question: Question, known: KnownViolations, stored: tuple[Stored, ...], examples: int | None, folder: Path
) -> Check:
    entry = known.match(*question.key)
    own = [Stored.of(entry.counterexample)] if entry and entry.counterexample else []
    for one in own:
        _require_about(one, entry, question)
    kept = [one for one in own if one.found.case.belongs_to(question.family)]
    kept += [one for one in stored if one.is_of(question)]
    unique = {one.path.resolve(): one for one in reversed(kept)}
    return Check(question, entry, tuple(unique.values())[::-1], examples, folder)


def _require_about(one: Stored, entry: Known | None, question: Question) -> None:
    """Raise ``AxiomcheckError`` if a known violation has the counterexample of another."""
    assert entry is not None
    if one.found.axiom != question.axiom.name:
        raise AxiomcheckError(
            f"the known violation of {entry} has the counterexample {str(one.path)!r}, which is of {one.found.axiom}"
        )


def beside(source: Violations, folder: Path) -> Violations:
    """Return known violations whose files are looked for in ``folder``, and where they are not there as they are."""
    if source is None:
        return None
    if isinstance(source, (str, Path)):
        return _there(source, folder)
    if isinstance(source, Mapping) or not isinstance(source, Iterable):
        return source  # what is wrong with it is told where it is read
    return [_with_file(entry, folder) for entry in source]


def _with_file(entry: Any, folder: Path) -> Any:
    if not isinstance(entry, Mapping) or "counterexample" not in entry:
        return entry
    return {**entry, "counterexample": str(_there(str(entry["counterexample"]), folder))}


def _there(path: str | Path, folder: Path) -> Path:
    return folder / path if (folder / path).exists() else Path(path)


def _listed(what: str, given: Any) -> list[Any]:
    if isinstance(given, (str, Family)) or callable(given):
        return [given]
    try:
        return list(given)
    except TypeError:
        raise AxiomcheckError(f"Expected {what} as a list but got {what}={given!r}") from None


@contextmanager
def told_at_collection() -> Iterator[None]:
    """Turn a mistake into one sentence at collection, without a traceback."""
    try:
        yield
    except AxiomcheckError as mistake:
        raise pytest.Collector.CollectError(f"axiomcheck: {mistake}") from None
