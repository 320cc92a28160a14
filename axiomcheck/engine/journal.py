"""The journal of a campaign: each cell is on disk as soon as it is judged, so that nothing is lost whatever happens."""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..networks import AxiomcheckError
from ..results.certificate import Cell
from ..results.reader import BrokenFile, cell_of
from .known_violations import CellKey

NAME = "cells.jsonl"
Header = Mapping[str, Any]
"""What the cells of a campaign depend on: with another one they are other cells."""


@dataclass(frozen=True)
class Journal:
    """A file of lines: first the header, then a cell each. A line is either whole, or the last and left out."""

    path: Path

    @classmethod
    def begin(cls, folder: Path, header: Header) -> "Journal":
        """Begin a new journal in ``folder``, in the place of an older one."""
        journal = cls(folder / NAME)
        journal.path.unlink(missing_ok=True)
        journal._append({"campaign": dict(header)})
        return journal

    @classmethod
    def resume(cls, folder: Path, header: Header) -> "tuple[Journal, dict[CellKey, Cell]]":
        """Return the journal in ``folder`` with its cells, or a new one; an error if it has another header."""
        path = folder / NAME
        if not path.exists():
            return cls.begin(folder, header), {}
        lines = list(_whole_lines(path))
        if not lines:
            return cls.begin(folder, header), {}
        _require_same(path, _parse(path, lines[0]).get("campaign"), header)
        cells = [_cell(path, line) for line in lines[1:]]
        return cls(path), {cell.key: cell for cell in cells}

    def add(self, cell: Cell) -> None:
        """Write a cell, and wait until it is on disk."""
        self._append({"cell": cell.as_data()})

    def _append(self, data: Mapping[str, Any]) -> None:
        line = json.dumps(data, sort_keys=True, allow_nan=False) + "\n"
        try:
            with self.path.open("ab") as file:
                file.write(line.encode())
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise AxiomcheckError(f"cannot write {str(self.path)!r}: {error.strerror}") from error


def _whole_lines(path: Path) -> Iterator[bytes]:
    """Yield the lines that were written to the end, and cut off what was not."""
    try:
        content = path.read_bytes()
        whole = content.rfind(b"\n") + 1
        if whole < len(content):
            os.truncate(path, whole)
    except OSError as error:
        raise AxiomcheckError(f"cannot read {str(path)!r}: {error.strerror}") from error
    yield from content[:whole].splitlines()


def _parse(path: Path, line: bytes) -> dict[str, Any]:
    try:
        data = json.loads(line)
    except ValueError as error:
        raise BrokenFile(f"{str(path)!r} is no journal of a campaign: {error}") from error
    if not isinstance(data, dict):
        raise BrokenFile(f"{str(path)!r} is no journal of a campaign")
    return data


def _cell(path: Path, line: bytes) -> Cell:
    try:
        return cell_of(_parse(path, line)["cell"])
    except (KeyError, TypeError, ValueError, AttributeError, AxiomcheckError) as error:
        raise BrokenFile(f"{str(path)!r} has a line that is no cell") from error


def _require_same(path: Path, stored: Any, header: Header) -> None:
    """Raise unless a journal is of this campaign; explainers and cells may be more or fewer."""
    if not isinstance(stored, dict):
        raise BrokenFile(f"{str(path)!r} is no journal of a campaign")
    for name, value in header.items():
        if stored.get(name) != json.loads(json.dumps(value)):
            raise AxiomcheckError(
                f"{str(path)!r} is of another campaign: {name} is {stored.get(name)!r} there and {value!r} here; "
                "leave out --resume to begin anew"
            )
