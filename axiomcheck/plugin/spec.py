"""From what a test suite asks for to its checks, every name looked up before anything runs."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest

from ..engine.campaign import Campaign
from ..engine.known_violations import CellKey, Known, KnownViolations
from ..engine.question import Budget, Question
from ..engine.resolve import find_explainer
from ..engine.search import ENOUGH
from ..explainers import Located, Unsupported
from ..models.source import ModelSource
from ..networks import AxiomcheckError, Family
from .check import Check
from .fixtures import match
from .stored_counterexamples import Stored, read_stored

AnyExplainer = str | Callable[..., Any]
PARAM = type(pytest.param())
Violations = str | Path | Iterable[Mapping[str, Any]] | None


@dataclass(frozen=True)
class CheckSpec:
    """What a test suite asks for: all axioms unless some are named, the preset families likewise.

    ``folder`` is that of the test: files are looked for there first, and counterexamples are stored below it. A
    ``model`` stands in the place of families.
    """

    explainers: AnyExplainer | Iterable[AnyExplainer] | Mapping[str, AnyExplainer]
    folder: Path
    axioms: str | Iterable[str] | None = None
    families: str | Family | Iterable[str | Family] | None = None
    known_violations: Violations = None
    examples: int | None = None
    settings: Any = None
    model: ModelSource | None = None

    def checks(self) -> tuple[Check, ...]:
        """Return one check a cell; what is wrong ends the collection with one sentence."""
        with collection_errors():
            questions = self._campaign().questions
            known = self._known([question.key for question in questions])
            examples, stored = self._examples(), read_stored(self.folder)
            return tuple(_check(question, known, stored, examples, self.folder) for question in questions)

    def _known(self, cells: Iterable[CellKey]) -> KnownViolations:
        """Return the known violations; those of a list are about these cells, those of a file perhaps about others."""
        source = resolve_files(self.known_violations, self.folder)
        known = KnownViolations.of(source)
        if isinstance(source, Path):
            match(source, known, cells)
        else:
            known.require_matched(cells)
        return known

    def _campaign(self) -> Campaign:
        explainers = _named(self.explainers)
        axioms = None if self.axioms is None else _as_list("axioms", self.axioms)
        families = None if self.families is None else _as_list("families", self.families)
        campaign = Campaign.of(explainers, axioms, families, Budget(self._examples() or 1), self.model)
        names = [located.name for located in campaign.explainers]
        if len(names) < len(explainers):
            raise AxiomcheckError(
                f"Expected explainers with names of their own but got {', '.join(names)} twice: "
                "name them, as in {'mine': explainer} or pytest.param(explainer, id='mine')"
            )
        for located in campaign.explainers:
            if located.explain is None:
                raise Unsupported(f"{located.name} cannot be loaded: {located.reason}")
        return campaign

    def _examples(self) -> int | None:
        examples = self.examples
        if examples is None and self.settings is not None:
            examples = getattr(self.settings, "max_examples", self.settings)
        if examples is not None and (not isinstance(examples, int) or examples < ENOUGH):
            name = "settings" if self.examples is None else "examples"
            raise AxiomcheckError(
                f"Expected at least {ENOUGH} examples, or nothing can hold, but got {name}={examples!r}"
            )
        return examples


def _check(
    question: Question, known: KnownViolations, stored: tuple[Stored, ...], examples: int | None, folder: Path
) -> Check:
    entry = known.match(*question.key)
    listed = [Stored.of(entry.counterexample)] if entry and entry.counterexample else []
    for each in listed:
        _require_about(each, entry, question)
    counterexamples = [each for each in listed if question.population.has(each.counterexample.case)]
    counterexamples += [each for each in stored if each.is_of(question)]
    unique = {each.path.resolve(): each for each in reversed(counterexamples)}
    return Check(question, entry, tuple(unique.values())[::-1], examples, folder)


def _require_about(each: Stored, entry: Known | None, question: Question) -> None:
    """Raise ``AxiomcheckError`` if a known violation has the counterexample of another."""
    assert entry is not None
    if each.counterexample.axiom != question.axiom.name:
        raise AxiomcheckError(
            f"the known violation of {entry} has the counterexample {str(each.path)!r}, "
            f"which is of {each.counterexample.axiom}"
        )


def resolve_files(source: Violations, folder: Path) -> Violations:
    """Return known violations whose files are looked for in ``folder``, and where they are not there as they are."""
    if source is None:
        return None
    if isinstance(source, (str, Path)):
        return _existing(source, folder)
    if isinstance(source, Mapping) or not isinstance(source, Iterable):
        return source  # what is wrong with it is told where it is read
    return [_with_file(entry, folder) for entry in source]


def _with_file(entry: Any, folder: Path) -> Any:
    if not isinstance(entry, Mapping) or "counterexample" not in entry:
        return entry
    return {**entry, "counterexample": str(_existing(str(entry["counterexample"]), folder))}


def _existing(path: str | Path, folder: Path) -> Path:
    return folder / path if (folder / path).exists() else Path(path)


def model_source(
    model: Any, inputs: Any, weights: str = "", explains: str = "", embedding: str = ""
) -> ModelSource | None:
    """Return the model that is asked about, None if none is; one without inputs ends the collection."""
    if model is None and inputs is None:
        return None
    with collection_errors():
        if model is None or inputs is None:
            missing = "model" if model is None else "inputs"
            raise AxiomcheckError(f"Expected a model and its inputs, but {missing}=… is missing")
    return ModelSource(model, inputs, weights, explains, embedding)


def _named(explainers: Any) -> list[AnyExplainer | Located]:
    """Return the explainers, those located that have a name given, in a mapping or by ``pytest.param``."""
    if isinstance(explainers, Mapping):
        return [find_explainer(explainer, name) for name, explainer in explainers.items()]
    return [
        find_explainer(cast("AnyExplainer", one.values[0]), str(one.id or "")) if isinstance(one, PARAM) else one
        for one in _as_list("explainers", explainers)
    ]


def _as_list(what: str, value: Any) -> list[Any]:
    if isinstance(value, (str, Family)) or callable(value):
        return [value]
    try:
        return list(value)
    except TypeError:
        raise AxiomcheckError(f"Expected {what} as a list but got {what}={value!r}") from None


@contextmanager
def collection_errors() -> Iterator[None]:
    """Turn a mistake into one sentence at collection, without a traceback."""
    try:
        yield
    except AxiomcheckError as mistake:
        raise pytest.Collector.CollectError(f"axiomcheck: {mistake}") from None
