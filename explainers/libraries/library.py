"""A library whose methods are explainers by name, as in ``captum:LRP``: all that is to be said of it, in one value."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from ..protocol import Explainer, Unsupported

Options = dict[str, object]


@dataclass(frozen=True)
class Library:
    """A library: its ``name`` before the colon, a line on what it has, and where its adapter stands.

    ``adapter`` is a module, imported when a method is first asked for. It has ``make(name, options)``, which returns
    the method as an explainer, raises ``AxiomcheckError`` for what there is not, and ``Unsupported`` where the library
    is missing. It may have ``script(method)``, Python that binds the method to ``explain`` and needs the library
    alone, or "" if it has none, and ``definition(name)``, the function or class that has the method's source.
    ``distributions`` are the packages whose versions the scores depend on.

    A package of somebody's own adds one by an entry point of the group ``axiomcheck.libraries``.
    """

    name: str
    summary: str
    adapter: str
    distributions: tuple[str, ...]

    @cached_property
    def _adapter(self) -> Any:
        return import_module(self.adapter)

    @property
    def make(self) -> Callable[[str, Options], Explainer]:
        """What makes an explainer of a method's name and options."""
        make: Callable[[str, Options], Explainer] = self._adapter.make
        return make

    def script(self, method: Explainer) -> str:
        """Return Python that binds ``method`` to ``explain`` without axiomcheck, or "" if there is none."""
        write = getattr(self._adapter, "script", None)
        return str(write(method)) if write else ""

    def definition(self, name: str) -> Any:
        """Return the function or class of the library that has the name, or None if that is not to be told."""
        define = getattr(self._adapter, "definition", None)
        return define(name) if define else None


OLDEST = {"captum": "0.7", "lxt": "2.1", "quantus": "0.5", "shap": "0.46", "zennit": "0.5"}
"""The oldest releases that the adapters know, those of the extras."""


def imported(module: str) -> Any:
    """Return a module of a library; ``Unsupported`` says what to install if there is none, or why it does not load."""
    library = module.partition(".")[0]
    try:
        import_module(library)
        _require_release(library)
        return import_module(module)
    except ModuleNotFoundError as error:
        missing = (error.name or module).partition(".")[0]
        reason = f"{missing} is missing"
    except (ImportError, RuntimeError, AttributeError, OSError) as error:
        reason = f"{library} cannot be loaded: {(str(error).splitlines() or [type(error).__name__])[0]}"
    raise Unsupported(f"{reason}: install axiomcheck[{library}]")


def _require_release(library: str) -> None:
    """Raise ``Unsupported`` for a release of a library that its adapter does not know."""
    oldest = OLDEST.get(library, "0")
    with suppress(PackageNotFoundError):
        found = version(library)
        if _release(found) < _release(oldest):
            raise Unsupported(f"{library} {found} is too old: axiomcheck[{library}] needs {oldest} or later")


def _release(text: str) -> tuple[int, ...]:
    """Return the numbers that a version begins with.

    >>> _release("0.10.2rc1") > _release("0.9")
    True
    """
    return tuple(map(int, re.findall(r"\d+", text)[:3]))
