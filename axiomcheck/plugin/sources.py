"""In which file an explainer is defined, found out without importing it."""

import os
import sys
import sysconfig
from collections.abc import Iterable
from contextlib import suppress
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import find_spec
from pathlib import Path

from ..explainers.libraries.registry import library_names
from ..explainers.loading.spec import parse_spec
from ..networks import AxiomcheckError


def source_of(explainer: str, folder: Path) -> Path | None:
    """Return the file of an explainer that is asked for in ``folder``; None for one of axiomcheck or of a library.

    >>> source_of("captum:DeepLift", Path()) is None
    True
    """
    try:
        home, _, _ = parse_spec(explainer)
    except AxiomcheckError:
        return None
    if home is None or home in library_names():
        return None
    path = folder / home if home.endswith(".py") else _of_module(home, folder)
    return path.resolve() if path is not None and path.is_file() else None


def identity(explainer: str, folder: Path) -> str:
    """Return a text that is the same for one explainer by the name of its module and by that of its file."""
    path = source_of(explainer, folder)
    if path is None:
        return explainer
    home, _, _ = parse_spec(explainer)
    return str(path) + explainer.removeprefix(str(home))


def is_installed(path: Path) -> bool:
    """Whether a file is one of the installed packages rather than of somebody's project."""
    homes = {sysconfig.get_path(name) for name in ("purelib", "platlib", "stdlib")}
    return any(path.is_relative_to(home) for home in homes)


def is_found_by_itself(module: str, path: Path) -> bool:
    """Whether another process that is started here imports a module from ``path``, without what pytest adds."""
    homes = [str(Path.cwd()), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    top = PathFinder.find_spec(module.partition(".")[0], homes)
    return is_installed(path) or _file(module, top) == path


def _of_module(name: str, folder: Path) -> Path | None:
    """Return the file of a module; its packages are looked into, not run."""
    loaded = getattr(sys.modules.get(name), "__file__", None)
    return Path(loaded) if loaded else _file(name, _top(name.partition(".")[0], folder))


def _file(name: str, top: ModuleSpec | None) -> Path | None:
    """Return the file of a module that lies below the package ``top``."""
    parts, spec = name.split("."), top
    for count in range(2, len(parts) + 1):
        where: Iterable[str] | None = spec.submodule_search_locations if spec else None
        spec = PathFinder.find_spec(".".join(parts[:count]), list(where)) if where else None
    return Path(spec.origin) if spec and spec.origin else None


def _top(name: str, folder: Path) -> ModuleSpec | None:
    with suppress(ValueError, ImportError):
        return PathFinder.find_spec(name, [str(folder)]) or find_spec(name)
    return None
