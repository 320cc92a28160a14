"""Counterexamples in somebody's repository: where they lie, and whose they are."""

import re
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from ..engine.question import Question
from ..models.case import ModelCase
from ..networks import Family
from ..results.counterexample import Counterexample
from ..results.reader import read_counterexample
from .sources import identity

FOLDER = "counterexamples"
"""The folder beside a test in which its counterexamples are kept."""


@dataclass(frozen=True)
class Stored:
    """A counterexample and its file."""

    path: Path
    counterexample: Counterexample

    @classmethod
    def of(cls, path: Path) -> "Stored":
        """Read a file; ``BrokenFile`` says what is wrong with it."""
        return cls(path, read_counterexample(path))

    def is_of(self, question: Question) -> bool:
        """Whether it is a counterexample in the cell that a question asks about, however its explainer is named."""
        return (
            self.counterexample.axiom == question.axiom.name
            and self._is_from(question)
            and self._is_by(question.located.name)
        )

    def _is_from(self, question: Question) -> bool:
        """Whether it was drawn where a question asks: in its family, or on its model."""
        if isinstance(self.counterexample.case, ModelCase):
            return question.population.has(self.counterexample.case)
        return isinstance(question.family, Family) and Family.parse(self.counterexample.family) == question.family

    def _is_by(self, explainer: str) -> bool:
        """Whether it is of an explainer, wherever in the project the one or the other was asked for."""
        name_stored = self.counterexample.explainer
        asked_from = (Path(), *self.path.resolve().parents)
        return name_stored == explainer or identity(explainer, Path()) in {
            identity(name_stored, folder) for folder in asked_from
        }


def read_stored(folder: Path) -> tuple[Stored, ...]:
    """Return all counterexamples that are kept beside the tests in ``folder``, by file name."""
    return tuple(Stored.of(path) for path in sorted((folder / FOLDER).glob("*.json")))


def store(counterexample: Counterexample, folder: Path) -> Path:
    """Store a counterexample beside the tests in ``folder``, and return its file.

    One that is there already is left there; another may show another defect, and is stored under a new name.
    """
    from ..reports.json import counterexample_as_json
    from ..reports.write import write_text

    name = re.sub(r"[^\w.=-]+", "_", identifier(counterexample.explainer, counterexample.axiom, counterexample.family))
    text = counterexample_as_json(counterexample)
    for number in count(1):
        path = folder / FOLDER / (f"{name}.json" if number == 1 else f"{name}-{number}.json")
        try:
            write_text(text, path, "x")
        except FileExistsError:
            if path.read_text(encoding="utf-8") != text:
                continue
        break
    return path


def identifier(explainer: str, axiom: str, family: str) -> str:
    """Return the name of a cell's test.

    >>> identifier("mine:wrong", "conservation", "bias-free")
    'mine.wrong-conservation-bias-free'
    """
    return f"{explainer.replace(':', '.')}-{axiom}-{family}"
