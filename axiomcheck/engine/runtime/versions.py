"""The versions that a verdict depends on."""

import platform
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version

from ...version import __version__

LIBRARIES = ("torch", "hypothesis", "numpy", "scipy", "captum")


def versions(libraries: Iterable[str] = LIBRARIES) -> dict[str, str]:
    """Return the versions of axiomcheck, Python, and those of ``libraries`` that are installed, sorted by name."""
    found = {"axiomcheck": __version__, "python": platform.python_version()}
    for library in libraries:
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            continue
    return dict(sorted(found.items()))
