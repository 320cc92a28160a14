"""The libraries whose explainers are known by name. None is loaded before one of its own is asked for."""

from functools import partial
from importlib import import_module
from typing import Any

from ..protocol import Explainer, Unsupported

LIBRARIES = ("captum", "zennit", "shap", "quantus")
"""Each has a package of its name here, with a function ``NAME_method(name, options)``."""
WRITTEN = ("captum", "zennit", "shap")
"""Those whose package has ``code_of(method)`` too, Python that needs the library alone."""


def library_method(library: str, name: str, options: dict[str, object]) -> tuple[Explainer, str]:
    """Return the method of a library as an explainer, and Python that binds it to ``explain``; options are tried."""
    package = import_module(f".{library}", __package__)
    make = getattr(package, f"{library}_method")
    made = make(name, options)
    if options:
        import_module("..loading.smoke_test", __package__).require_options(
            f"{library}:{name}", made, partial(make, name), options
        )
    return made, (package.code_of(made) if library in WRITTEN else "") or library_code(library, name, options)


def library_code(library: str, name: str, options: dict[str, object]) -> str:
    """Return Python that binds the method of a library to ``explain``.

    >>> print(library_code("captum", "LRP", {}))
    from axiomcheck.explainers.libraries.captum import captum_method
    explain = captum_method('LRP')
    """
    arguments = f"{name!r}, {options!r}" if options else repr(name)
    return f"from axiomcheck.explainers.libraries.{library} import {library}_method\nexplain = {library}_method({arguments})"


def imported(module: str) -> Any:
    """Return a module of a library; ``Unsupported`` says what to install if there is none, or why it does not load."""
    library = module.partition(".")[0]
    try:
        import_module(library)
        return import_module(module)
    except ModuleNotFoundError as error:
        missing = (error.name or module).partition(".")[0]
        reason = f"{missing} is missing"
    except (ImportError, RuntimeError, AttributeError, OSError) as error:
        reason = f"{library} cannot be loaded: {(str(error).splitlines() or [type(error).__name__])[0]}"
    raise Unsupported(f"{reason}: install axiomcheck[{library}]")
