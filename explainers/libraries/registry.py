"""The libraries there are: five that come with axiomcheck, and those that other packages add by an entry point."""

from functools import cache
from importlib.metadata import EntryPoint, entry_points

from ...networks import AxiomcheckError
from .library import Library

GROUP = "axiomcheck.libraries"
"""The group of entry points. Each has the library's name, and leads to a ``Library``."""

BUILT_IN = (
    Library(
        "captum",
        "every method of captum.attr that explains inputs (axiomcheck[captum])",
        f"{__package__}.captum",
        ("captum",),
    ),
    Library(
        "zennit",
        "every composite, rule and attributor of Zennit (axiomcheck[zennit])",
        f"{__package__}.zennit",
        ("zennit",),
    ),
    Library(
        "shap",
        "the Deep, Gradient, Kernel, Permutation and Sampling explainers of SHAP (axiomcheck[shap])",
        f"{__package__}.shap",
        ("shap",),
    ),
    Library(
        "quantus",
        "every method of quantus.explain (axiomcheck[quantus])",
        f"{__package__}.quantus",
        ("quantus", "captum", "zennit"),
    ),
    Library(
        "lxt",
        "the efficient and the explicit LRP of LXT, for attention and smooth layers (axiomcheck[lxt])",
        f"{__package__}.lxt",
        ("lxt", "transformers"),
    ),
)


def library_names() -> tuple[str, ...]:
    """Return the names of all libraries, those that come with axiomcheck first."""
    return tuple(dict.fromkeys([*(library.name for library in BUILT_IN), *_added()]))


def libraries() -> tuple[Library, ...]:
    """Return all libraries; ``AxiomcheckError`` with one sentence for an entry point that leads to none."""
    return tuple(library for name in library_names() if (library := find_library(name)) is not None)


@cache
def find_library(name: str | None) -> Library | None:
    """Return the library of that name, or None if there is none."""
    for library in BUILT_IN:
        if library.name == name:
            return library
    return _load(_added()[name]) if name is not None and name in _added() else None


@cache
def _added() -> dict[str, EntryPoint]:
    return {entry.name: entry for entry in entry_points(group=GROUP)}


def _load(entry: EntryPoint) -> Library:
    try:
        library = entry.load()
    except Exception as error:
        reason = (str(error).splitlines() or ["no message"])[0]
        raise AxiomcheckError(f"cannot load library {entry.name!r} from {entry.value}: {reason}") from error
    if not isinstance(library, Library):
        raise AxiomcheckError(f"Expected a Library at {entry.value} but got {type(library).__name__}")
    if library.name != entry.name:
        raise AxiomcheckError(
            f"Expected the library at {entry.value} to be called {entry.name!r}, not {library.name!r}"
        )
    return library
