"""What an explainer is: its version, and a hash of the file in which it is written."""

import hashlib
import inspect
from contextlib import suppress
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from ..explainers import Located
from ..explainers.libraries.library import Library
from ..explainers.libraries.registry import find_library
from ..explainers.loading.spec import home_of
from ..results.certificate import Identity
from ..version import __version__


def identity(located: Located) -> Identity:
    """Return what an explainer is; ``version`` is that of its package, both are None where they cannot be told."""
    library = find_library(home_of(located.name))
    definition = _definition(located, library)
    with suppress(TypeError, OSError):
        path = inspect.getsourcefile(definition)
        if path is not None:
            source = hashlib.sha256(Path(path).read_bytes()).hexdigest()
            return Identity(located.name, _version(definition, library), source)
    return Identity(located.name, _version(definition, library), None)


def _version(definition: Any, library: Library | None) -> str | None:
    """Return the version of the library, of axiomcheck for its own, or of the package that has the module's name."""
    module = library.name if library else str(getattr(definition, "__module__", "")).partition(".")[0]
    if module == "axiomcheck":
        return __version__
    with suppress(PackageNotFoundError, ValueError):
        return version(library.distributions[0] if library else module)
    return None


def _definition(located: Located, library: Library | None) -> Any:
    """Return what has the source: a function, a class, or that of a library."""
    explain: Any = located.explain
    if library is not None and explain is not None:
        with suppress(Exception):  # what a library calls its classes is its own affair
            definition = library.definition(explain.name)
            if definition is not None:
                return definition
    while isinstance(explain, partial):
        explain = explain.func
    explain = inspect.unwrap(explain) if callable(explain) else explain
    return explain if inspect.isroutine(explain) else type(explain)
