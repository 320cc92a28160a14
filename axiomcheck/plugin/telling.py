"""The last line of a failure: how its counterexample is stored, or looked at again."""

import os
import shlex
import sys
from pathlib import Path

import pytest

from ..explainers import Located
from ..reports.counterexample import Counterexample
from .running import the_running
from .stored import stored


def store_line(found: Counterexample, folder: Path) -> str:
    """Return the command that stores a counterexample; or store it, if that was asked for, and tell its file."""
    item = the_running()
    if item is None:
        return ""
    if item.config.getoption("axioms_store"):
        return f"stored: {short(stored(found, folder))}"
    return f"store it: {_again(item)} --axioms-store"


def replay_line(path: Path, located: Located) -> str:
    """Return the command that replays a stored counterexample."""
    explainer = _on_command_line(located)
    option = f" --explainer {shlex.quote(explainer)}" if explainer else ""
    return f"replay it: axiomcheck replay {shlex.quote(short(path))}{option}"


def _again(item: pytest.Item) -> str:
    """Return the command that runs one test as it was run."""
    config = item.config
    file, colons, test = item.nodeid.partition("::")
    words = ["pytest", short(config.rootpath / file) + colons + test]
    asked = [check.key[0]] if (check := getattr(item, "check", None)) else []
    words += [f"--axioms-explainer={name}" for name in config.getoption("axioms_explainer") if name in asked]
    for option in ("--axioms-examples", "--hypothesis-seed", "--hypothesis-profile"):
        if (value := config.getoption(option, None)) is not None:
            words.append(f"{option}={value}")
    return shlex.join(words)


def _on_command_line(located: Located) -> str:
    """Return by what name another process finds an explainer, or nothing if by its own.

    A module that pytest alone finds, because it lies beside a test, is asked for by its file.
    """
    module, _, name = located.name.rpartition(":")
    path = getattr(sys.modules.get(module), "__file__", None)
    if "." in module or path is None or Path(path).parent == Path.cwd():
        return ""
    return f"{short(Path(path))}:{name}" if Path(path).is_relative_to(Path.cwd()) else ""


def short(path: Path) -> str:
    """Return a path as it is written in the current directory."""
    return os.path.relpath(path) if path.is_absolute() else str(path)
