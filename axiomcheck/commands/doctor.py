"""``axiomcheck doctor``: what is installed, and what can be judged here."""

import os
import platform
import shutil
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from warnings import catch_warnings

from .status import EXPECTED, FOUND

HELP = "say what is installed, and what can be judged here"
EXTRAS = {"distributed": "dask", "safetensors": "models"}
"""Packages of extras that are no library of explainers."""


def add_arguments(_: ArgumentParser) -> None:
    """Name no options."""


def run(_: Namespace) -> int:
    """Print it; 1 if something that is installed does not load."""
    from ..explainers import CATALOGUE
    from ..explainers.libraries.registry import libraries
    from ..version import __version__

    lines = [("", "axiomcheck", f"{__version__}, Python {platform.python_version()} on {platform.platform()}")]
    lines += [_package(name) for name in ("torch", "hypothesis", "numpy", "scipy", "pytest")]
    lines += [("✔", "own methods", f"{len(CATALOGUE)} explainers")]
    lines += [_library(library.name, library.distributions) for library in libraries()]
    lines += [_package(name, extra) for name, extra in EXTRAS.items()]
    lines += list(_machine())
    width = max(len(name) for _, name, _ in lines)
    print("\n".join(f"{mark:1} {name:{width}}  {text}".rstrip() for mark, name, text in lines))
    return FOUND if any(mark == "✘" for mark, _, _ in lines) else EXPECTED


def _package(name: str, extra: str = "") -> tuple[str, str, str]:
    """Return whether a package is there, and loads."""
    try:
        number = version(name)
        with catch_warnings(action="ignore"):
            import_module(name)
    except PackageNotFoundError:
        return "–", name, f"not installed: pip install 'axiomcheck[{extra}]'" if extra else "not installed"
    except Exception as error:  # noqa: BLE001 - whatever keeps it from loading is what is asked for
        return "✘", name, f"does not load: {type(error).__name__}: {_first_line(error)}"
    return "✔", name, number


def _library(name: str, distributions: tuple[str, ...]) -> tuple[str, str, str]:
    mark, _, text = next((found for found in map(_package, distributions) if found[0] != "✔"), _package(name))
    if mark == "–":
        text = f"not installed: pip install 'axiomcheck[{name}]'"
    return mark, name, f"{text}, as {name}:NAME" if mark == "✔" else text


def _machine() -> Iterator[tuple[str, str, str]]:
    import multiprocessing

    cores = os.cpu_count() or 1
    yield "", "cores", f"{cores}: certify --jobs {cores}"
    has_server = "forkserver" in multiprocessing.get_all_start_methods()
    yield "", "processes", "from a fork server" if has_server else "started anew, which takes seconds a cell"
    yield "", "browser", "chromium" if shutil.which("chromium") else "no chromium, which only the test suite needs"


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [""])[0]
