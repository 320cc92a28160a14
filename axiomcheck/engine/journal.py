"""The journal of a campaign: each cell is on disk as soon as it is judged, so that nothing is lost whatever happens."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..networks import AxiomcheckError
from ..results.certificate import Cell
from ..results.certificate_reader import LARGEST
from ..results.part import Part
from ..results.plain_data import plain
from ..results.reader import BrokenFile, cell_of, json_of, read_bytes, reading, require_schema
from ..results.structure import structured
from .known_violations import CellKey

NAME, JOURNAL = "cells.jsonl", "journal of a campaign"
Header = Mapping[str, Any]
"""What the cells of a campaign depend on: with another one they are other cells."""


QUOTED = 160
"""Letters that are told of what an edited file may say."""


@dataclass(frozen=True)
class Journal:
    """A file of lines: first the header, then a cell each. A line is either whole, or the last and left out."""

    path: Path
    parts: tuple[Part, ...] = ()
    """The parts of cells that were in it when it was resumed."""

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
        content = read_bytes(path, LARGEST)
        whole = content.rfind(b"\n") + 1
        lines = content[:whole].splitlines()
        if not lines:
            return cls.begin(folder, header), {}
        with reading(path, JOURNAL, "its first line does not say of which"):
            _require_same(path, json_of(lines[0], path)["campaign"], header)
        judged = [_judged(path, number, line) for number, line in enumerate(lines[1:], 2)]
        if whole < len(content):
            _cut(path, whole)
        parts = tuple(one for one in judged if isinstance(one, Part))
        return cls(path, parts), {one.key: one for one in judged if isinstance(one, Cell)}

    def add(self, cell: Cell) -> None:
        """Write a cell, and wait until it is on disk."""
        self._append({"cell": cell.as_data()})

    def add_part(self, part: Part) -> None:
        """Write a part of a cell, and wait until it is on disk."""
        self._append({"part": plain(part)})

    def _append(self, data: Mapping[str, Any]) -> None:
        line = json.dumps(data, sort_keys=True, allow_nan=False) + "\n"
        try:
            with self.path.open("ab") as file:
                file.write(line.encode())
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise AxiomcheckError(f"cannot write {str(self.path)!r}: {error.strerror}") from error


def _cut(path: Path, size: int) -> None:
    """Cut off a line that was not written to the end."""
    try:
        os.truncate(path, size)
    except OSError as error:
        raise AxiomcheckError(f"cannot write {str(path)!r}: {error.strerror}") from error


def _judged(path: Path, number: int, line: bytes) -> Cell | Part:
    with reading(path, f"{JOURNAL} in line {number}", "it holds no cell"):
        data = json_of(line, path)
        if "part" in data:
            require_schema(data["part"], "part")
            return structured(data["part"], Part)
        require_schema(data["cell"], "cell")
        return cell_of(data["cell"])


def _require_same(path: Path, stored: Any, header: Header) -> None:
    """Raise ``BrokenFile`` unless a journal is of this campaign; explainers and cells may be more or fewer."""
    if not isinstance(stored, dict):
        raise BrokenFile(f"{str(path)!r} is no {JOURNAL}")
    for name, value in header.items():
        if stored.get(name) != json.loads(json.dumps(value)):
            there, here = (repr(one)[:QUOTED] for one in (stored.get(name), value))
            raise BrokenFile(
                f"{str(path)!r} is of another campaign: {name} is {there} there and {here} here; "
                "leave out --resume to begin anew"
            )
