"""Files of known violations, which several tests may share: each entry is to be about a cell of one of them."""

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from ..engine.known_violations import CellKey, Known, KnownViolations
from .messages import short

_UNMATCHED: dict[Path, list[Known]] = {}
"""For each file the entries that are about no cell of the tests collected so far."""


def match(path: Path, known: KnownViolations, cells: Iterable[CellKey]) -> None:
    """Take note of the cells of one test that uses a file."""
    unmatched_entries, keys = _UNMATCHED.setdefault(path.resolve(), list(known.entries)), list(cells)
    unmatched_entries[:] = [entry for entry in unmatched_entries if not any(entry.speaks_of(*key) for key in keys)]


class Unmatched(pytest.Item):
    """The failing test of an entry that matches nothing."""

    entry: Known

    def runtest(self) -> None:
        """Fail."""
        sentence = f"the known violation of {self.entry} matches no cell that is judged"
        raise pytest.fail.Exception(f"axiomcheck: in {short(self.path)!r} {sentence}", pytrace=False)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Return where it is."""
        return self.path, None, self.name


def unmatched(session: pytest.Session) -> list[pytest.Item]:
    """Return a failing test for each entry that is left, of the files that lie in a folder that is collected whole."""
    config, files = session.config, dict(_UNMATCHED)
    _UNMATCHED.clear()
    if config.getoption("lf", default=False):
        return []
    folders = [(config.invocation_params.dir / argument).resolve() for argument in config.args]
    return [
        _item(session, path, entry)
        for path, unmatched_entries in files.items()
        if any(folder.is_dir() and path.is_relative_to(folder) for folder in folders)
        for entry in unmatched_entries
    ]


def _item(session: pytest.Session, path: Path, entry: Known) -> pytest.Item:
    name = f"{entry.explainer}-{entry.axiom}-{entry.family}"
    home = Path(os.path.relpath(path, session.config.rootpath)).as_posix()
    item: Unmatched = Unmatched.from_parent(session, name=name, path=path, nodeid=f"{home}::{name}")
    item.entry = entry
    return item
