"""Counterexamples in somebody's repository: where they lie, and whose they are."""

import re
from dataclasses import dataclass
from pathlib import Path

from ..cell import Question
from ..networks import Family
from ..reports.counterexample import Counterexample
from ..reports.reading import read_counterexample
from .sources import identity

FOLDER = "counterexamples"
"""The folder beside a test in which its counterexamples are kept."""


@dataclass(frozen=True)
class Stored:
    """A counterexample and its file."""

    path: Path
    found: Counterexample

    @classmethod
    def of(cls, path: Path) -> "Stored":
        """Read a file; ``BrokenFile`` says what is wrong with it."""
        return cls(path, read_counterexample(path))

    def is_of(self, question: Question) -> bool:
        """Whether it is a counterexample in the cell that a question asks about, however its explainer is named."""
        return (
            self.found.axiom == question.axiom.name
            and Family.parse(self.found.family) == question.family
            and identity(self.found.explainer) == identity(question.located.name)
        )


def read_stored(folder: Path) -> tuple[Stored, ...]:
    """Return all counterexamples that are kept beside the tests in ``folder``, by file name."""
    return tuple(Stored.of(path) for path in sorted((folder / FOLDER).glob("*.json")))


def stored(found: Counterexample, folder: Path) -> Path:
    """Store a counterexample beside the tests in ``folder``, under a new name, and return its file."""
    from ..reports.write import write_counterexample

    path = _free(folder / FOLDER, re.sub(r"[^\w.=-]+", "_", identifier(found.explainer, found.axiom, found.family)))
    write_counterexample(found, path)
    return path


def _free(folder: Path, name: str) -> Path:
    """Return a path in ``folder`` that is not taken: what is stored already may show another defect."""
    path, number = folder / f"{name}.json", 1
    while path.exists():
        number += 1
        path = folder / f"{name}-{number}.json"
    return path


def identifier(explainer: str, axiom: str, family: str) -> str:
    """Return the name of a cell's test.

    >>> identifier("mine:wrong", "conservation", "bias-free")
    'mine.wrong-conservation-bias-free'
    """
    return f"{explainer.replace(':', '.')}-{axiom}-{family}"
