"""What an explainer is: its version, and a hash of the file in which it is written."""

import hashlib
import inspect
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from ..explainers import Located
from ..explainers.libraries.library import LIBRARIES
from ..explainers.loading.spec import asked_for
from ..networks import AxiomcheckError
from ..results.certificate import Identity
from ..version import __version__


def identity(located: Located) -> Identity:
    """Return what an explainer is; ``version`` is that of its package, both are None where they cannot be told."""
    home = _home(located.name)
    written = _written(located, home)
    with suppress(TypeError, OSError):
        path = inspect.getsourcefile(written)
        if path is not None:
            source = hashlib.sha256(Path(path).read_bytes()).hexdigest()
            return Identity(located.name, _version(written, home), source)
    return Identity(located.name, _version(written, home), None)


def _home(name: str) -> str | None:
    try:
        return asked_for(name).home
    except AxiomcheckError:
        return None


def _version(written: Any, home: str | None) -> str | None:
    """Return the version of the library, of axiomcheck for its own, or of the package that has the module's name."""
    module = home if home in LIBRARIES else str(getattr(written, "__module__", "")).partition(".")[0]
    if module == "axiomcheck":
        return __version__
    with suppress(PackageNotFoundError, ValueError):
        return version(str(module))
    return None


def _written(located: Located, home: str | None) -> Any:
    """Return what has the source: a function, a class, or that of a library."""
    found: Any = located.explain
    if home in OBJECTS and found is not None:
        with suppress(Exception):  # what a library calls its classes is its own affair
            return OBJECTS[home](found.name)
    while isinstance(found, partial):
        found = found.func
    found = inspect.unwrap(found) if callable(found) else found
    return found if inspect.isroutine(found) else type(found)


def _of_captum(name: str) -> Any:
    from ..explainers.libraries.captum.methods import method

    return method(name)


def _of_zennit(name: str) -> Any:
    from ..explainers.libraries.zennit.names import attributors, hooking

    return {**hooking(), **attributors()}[name]


def _of_shap(name: str) -> Any:
    from ..explainers.libraries.shap.names import library

    return getattr(library(), name)


OBJECTS: dict[str | None, Callable[[str], Any]] = {"captum": _of_captum, "zennit": _of_zennit, "shap": _of_shap}
"""For a library the class that has a name there."""
