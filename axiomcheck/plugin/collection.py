"""Tests without code: which files are collected for the explainers that the command line or the ini file names."""

from collections.abc import Generator, Iterable, Mapping
from fnmatch import fnmatch
from os.path import relpath
from pathlib import Path
from typing import Any

import pytest

from .items import AxiomFile, Known
from .sources import identity, is_installed, source_of

ADDED, HOME = "axiomcheck_added", "axiomcheck_home"
"""The names by which worker processes are told which files were added, and under which one others are collected."""
HERE, NAMELESS = Path(__file__).resolve(), "axiomcheck"
"""The file under which others are collected where there is no ini file, and what it is called."""


class Collection:
    """Collects the items, each under the file in which its explainer is defined, or under the ini file."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        workerinput = getattr(config, "workerinput", {})
        self.home = Path(workerinput.get(HOME) or config.inipath or HERE).resolve()
        requested = dict.fromkeys(config.getini("axiomcheck_explainers"), config.rootpath)
        requested |= dict.fromkeys(config.getoption("axioms_explainer"), config.invocation_params.dir)
        names = _names(requested)
        named = {names[explainer] for explainer in config.getoption("axioms_explainer")}
        self.requested = {explainer: requested[explainer] for explainer in names.values()}
        self.files: dict[Path, list[str]] = {}
        for explainer, folder in self.requested.items():
            self.files.setdefault(self._file(explainer, folder), []).append(explainer)
        listed = config.getini("axiomcheck_known_violations")
        self.known = Known(config.rootpath / listed if listed else None, self.requested)
        self.added: list[str] = workerinput.get(ADDED, [])
        config.args += [path for path in self.added if path not in config.args]
        if not hasattr(config, "workerinput"):
            everything = config.args_source != pytest.Config.ArgsSource.ARGS
            self._add(path for path, own in self.files.items() if everything or named & set(own))

    def _file(self, explainer: str, folder: Path) -> Path:
        path = source_of(explainer, folder)
        if path is None or is_installed(path):
            return self.home
        return path

    def _add(self, paths: Iterable[Path]) -> None:
        """Add the files that lie outside of what is collected anyway."""
        here = self.config.invocation_params.dir
        collected = [(here / str(word).partition("::")[0]).resolve() for word in self.config.args]
        skipped = self.config.getini("norecursedirs")
        self.added = [str(path) for path in paths if not any(_covers(root, path, skipped) for root in collected)]
        self.config.args += self.added

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Tell a worker process of xdist which files were added, and under which file others are collected.

        With a file of this package among its arguments it could take another ini file for that of the run.
        """
        node.workerinput[ADDED], node.workerinput[HOME] = self.added, str(self.home)

    @pytest.hookimpl(wrapper=True)
    def pytest_collect_file(
        self, file_path: Path, parent: pytest.Collector
    ) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
        """Collect the file of an explainer; one that was added has no tests besides."""
        collected = yield
        path = file_path.resolve()
        if path not in self.files:
            return collected
        if str(path) in self.added:
            collected = [node for node in collected if not isinstance(node, pytest.Module)]
        name = NAMELESS if path == HERE else Path(relpath(file_path, self.config.rootpath)).as_posix()
        file = AxiomFile.from_parent(parent.session, path=file_path, nodeid=name)
        file.requested = {name: self.requested[name] for name in self.files[path]}
        file.known = self.known
        return [*collected, file]


def _names(requested: Mapping[str, Path]) -> dict[str, str]:
    """Return for each explainer, asked for in a folder, the name by which it was asked for first."""
    first: dict[str, str] = {}
    return {name: first.setdefault(identity(name, folder), name) for name, folder in requested.items()}


def _covers(collected: Path, path: Path, skipped: list[str]) -> bool:
    """Whether a file is collected with a file that is asked for, or with a folder."""
    if not path.is_relative_to(collected):
        return False
    between = path.relative_to(collected).parent.parts
    return not any(fnmatch(part, pattern) for part in between for pattern in skipped)
