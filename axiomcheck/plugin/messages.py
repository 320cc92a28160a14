"""The last line of a failure: how its counterexample is stored, or looked at again."""

import os
import re
import shlex
import sys
from pathlib import Path

import pytest

from ..engine.trust import is_trusted
from ..explainers import Located
from ..explainers.libraries.registry import library_names
from ..explainers.loading.catalogue import CATALOGUE
from ..explainers.loading.spec import parse_spec
from ..networks import AxiomcheckError
from ..results.counterexample import Counterexample
from .session import current_item
from .sources import is_found_by_itself
from .stored_counterexamples import Stored, store


def store_line(counterexample: Counterexample, folder: Path) -> str:
    """Return the command that stores a counterexample; or store it, if that was asked for, and tell its file."""
    item = current_item()
    if item is None:
        return ""
    if item.config.getoption("axioms_store"):
        return f"stored: {short(store(counterexample, folder))}"
    return f"store it: {_again(item)} --axioms-store"


def replay_line(stored_file: Stored, located: Located) -> str:
    """Return the command that replays a stored counterexample.

    Where the command line cannot find the explainer, as with one that a test makes, it is the test itself.
    """
    item, explainer = current_item(), name_elsewhere(located)
    if explainer is None and item is not None:
        return f"replay it: {_again(item)}"
    name_it = explainer and (explainer != stored_file.counterexample.explainer or not is_trusted(explainer))
    option = f" --explainer {shlex.quote(str(explainer))}" if name_it else ""
    return f"replay it: axiomcheck replay {shlex.quote(short(stored_file.path))}{option}"


def _again(item: pytest.Item) -> str:
    """Return the command that runs one test as it was run."""
    config = item.config
    file, colons, test = item.nodeid.partition("::")
    if (path := config.rootpath / file).is_file():
        words = ["pytest", short(path) + colons + test]
    else:
        words = ["pytest", "-k", " and ".join(re.findall(r"[\w:+.\[\]\\/-]+", test))]
    explainers = [check.key[0]] if (check := getattr(item, "check", None)) else []
    words += [f"--axioms-explainer={name}" for name in config.getoption("axioms_explainer") if name in explainers]
    for option in ("--axioms-examples", "--hypothesis-seed", "--hypothesis-profile"):
        if (value := config.getoption(option, None)) is not None:
            words.append(f"{option}={value}")
    return shlex.join(words)


def name_elsewhere(located: Located) -> str | None:
    """Return by what name another process that is started here finds an explainer, None if by none.

    A module that pytest alone finds, because it lies beside a test, is asked for by its file.
    """
    try:
        home, name, _ = parse_spec(located.name)
    except AxiomcheckError:
        return None
    if home is None or home in library_names():
        return located.name if home or name in CATALOGUE else None
    if home.endswith(".py"):
        return located.name if Path(home).is_file() else None
    path = getattr(sys.modules.get(home), "__file__", None)
    if path is None or not located.is_named:
        return None
    if is_found_by_itself(home, Path(path)):
        return located.name
    return None if "." in home else located.name.replace(home, short(Path(path)), 1)


def short(path: Path) -> str:
    """Return a path as it is written in the current directory."""
    return os.path.relpath(path) if path.is_absolute() else str(path)
