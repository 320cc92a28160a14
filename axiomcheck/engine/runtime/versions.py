"""The versions that a verdict depends on."""

import platform
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version

from ...explainers.libraries.registry import find_library
from ...explainers.loading.spec import home_of
from ...version import __version__

ALWAYS = ("torch", "hypothesis", "numpy", "scipy")
"""The packages that every verdict depends on."""


def versions(explainers: Iterable[str] = ()) -> dict[str, str]:
    """Return the versions of axiomcheck, Python, and of the installed packages that ``explainers`` depend on, sorted.

    Explainers are given by name; those of a library depend on its distributions too.
    """
    versions = {"axiomcheck": __version__, "python": platform.python_version()}
    for package in (*ALWAYS, *_distributions(explainers)):
        with suppress(PackageNotFoundError):
            versions[package] = version(package)
    return dict(sorted(versions.items()))


def _distributions(explainers: Iterable[str]) -> Iterator[str]:
    for home in {home_of(name) for name in explainers}:
        if library := find_library(home):
            yield from library.distributions
