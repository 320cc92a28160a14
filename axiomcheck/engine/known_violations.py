"""Known violations: which cells are expected to fail, why, and the counterexample that shows it."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..axioms import AXIOMS
from ..models.name import is_model
from ..networks import AxiomcheckError, Family, UnknownName
from ..results.reader import BrokenFile, read_bytes, read_counterexample

FIELDS = ("explainer", "axiom", "family", "reason", "counterexample")
LARGEST = 1_000_000
"""Bytes of a file that is read."""
DOTTED = re.compile(r"""(?:\.[ \t]*(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*){100}""")
"""A key of a hundred parts: ``tomllib`` takes memory that grows with their square."""
CellKey = tuple[str, str, str]
"""Explainer, axiom and family."""


@dataclass(frozen=True)
class Known:
    """One entry: the cells that it speaks of, ``*`` for any family, its reason, and a counterexample's file if any."""

    explainer: str
    axiom: str
    family: str
    reason: str
    counterexample: Path | None = None

    def speaks_of(self, explainer: str, axiom: str, family: str) -> bool:
        """Whether it is about a cell."""
        return (self.explainer, self.axiom) == (explainer, axiom) and self.family in ("*", family)

    def __str__(self) -> str:
        """Return what it is about."""
        return f"{self.explainer} on {self.axiom} in {'any family' if self.family == '*' else self.family}"


@dataclass(frozen=True)
class KnownViolations:
    """All entries of one list."""

    entries: tuple[Known, ...] = ()

    @classmethod
    def of(cls, source: str | Path | Iterable[Mapping[str, Any]] | None) -> "KnownViolations":
        """Return the entries of a TOML file with ``[[violation]]`` tables, or of the same as a list.

        Files of counterexamples are looked for beside the TOML file, else in the current directory. What is wrong is an
        ``AxiomcheckError`` in one sentence.
        """
        if source is None:
            return cls()
        if isinstance(source, (str, Path)):
            return cls(tuple(_entries(_tables(Path(source)), f"{str(source)!r}", Path(source).parent)))
        if isinstance(source, Mapping) or not isinstance(source, Iterable):
            raise AxiomcheckError(f"Expected known violations as a TOML file or a list of tables but got {source!r}")
        return cls(tuple(_entries(source, "the known violations", Path())))

    def match(self, explainer: str, axiom: str, family: str) -> Known | None:
        """Return the first entry about a cell."""
        return next((entry for entry in self.entries if entry.speaks_of(explainer, axiom, family)), None)

    def unmatched(self, cells: Iterable[CellKey]) -> tuple[Known, ...]:
        """Return the entries that are about none of the cells."""
        keys = list(cells)
        return tuple(entry for entry in self.entries if not any(entry.speaks_of(*key) for key in keys))

    def require_matched(self, cells: Iterable[CellKey]) -> None:
        """Raise ``AxiomcheckError`` if an entry is about none of the cells."""
        if stale := self.unmatched(cells):
            raise AxiomcheckError(f"the known violation of {stale[0]} matches no cell that is judged")


def _tables(path: Path) -> Iterable[Mapping[str, Any]]:
    """Return the tables of a file; ``BrokenFile`` if it holds something else."""
    try:
        text = read_bytes(path, LARGEST).decode()
        if DOTTED.search(text):
            raise RecursionError
        data = tomllib.loads(text)
    except RecursionError as error:
        raise BrokenFile(f"{str(path)!r} is nested too deeply") from error
    except ValueError as error:  # no TOML, no UTF-8, or a number of thousands of digits
        raise BrokenFile(f"{str(path)!r} is no TOML: {error}") from error
    tables = data.get("violation", [])
    if set(data) - {"violation"} or not isinstance(tables, list):
        raise BrokenFile(f"{str(path)!r} has {', '.join(data)} where [[violation]] tables alone were expected")
    return tables


def _entries(tables: Iterable[Any], where: str, folder: Path) -> Iterable[Known]:
    for number, table in enumerate(tables, 1):
        if not isinstance(table, Mapping):
            raise BrokenFile(f"in {where} entry {number} is no table but {table!r}")
        try:
            yield _entry(table, folder)
        except AxiomcheckError as error:
            raise BrokenFile(f"in {where} entry {number}: {error}") from error


def _entry(table: Mapping[str, Any], folder: Path) -> Known:
    for name in table:
        if name not in FIELDS:
            raise UnknownName("field", str(name), FIELDS)
    fields = {"family": "*"} | dict(table)
    for name in FIELDS[:4]:
        if not isinstance(fields.get(name), str) or not fields[name].strip():
            raise AxiomcheckError(f"it has no {name}: each known violation needs explainer, axiom and reason")
    if fields["axiom"] not in AXIOMS:
        raise UnknownName("axiom", fields["axiom"], AXIOMS)
    family = fields["family"]
    if family != "*" and not is_model(family):
        family = str(Family.parse(family))
    return Known(fields["explainer"], fields["axiom"], family, fields["reason"], _file(table, folder))


def _file(table: Mapping[str, Any], folder: Path) -> Path | None:
    """Return where the counterexample is; it is read, so that a broken one is told at once."""
    if "counterexample" not in table:
        return None
    name = table["counterexample"]
    if not isinstance(name, (str, Path)):
        raise AxiomcheckError("its counterexample is no name of a file")
    read_counterexample(folder / name)
    return folder / name
