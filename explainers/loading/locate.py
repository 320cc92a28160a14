"""From what a user writes to an explainer: ``lrp-gamma:gamma=0.5``, ``captum:LRP``, ``my.py:explain``, a callable."""

import inspect
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial, update_wrapper
from importlib import import_module, util
from pathlib import Path
from typing import Any

from ...networks import AxiomcheckError, UnknownName
from ..libraries.library import Library
from ..libraries.registry import find_library
from ..protocol import Explainer, Unsupported
from .catalogue import CATALOGUE
from .quantus_adapter import adapted
from .spec import parse_spec

PUT = "explain = ...  # put "
"""Python for what no code can be written for; who reads it is told what to put there."""
_ADDRESS = re.compile(r" at 0x[0-9a-f]+", re.IGNORECASE)
"""What Python says of an object that says nothing of itself; it is another in every process."""


@dataclass(frozen=True)
class Located:
    """An explainer, the name it was asked for by, and Python that binds it to ``explain``.

    ``explain`` is None where it cannot be loaded, and ``reason`` says why.
    """

    name: str
    explain: Explainer | None
    code: str
    reason: str = ""

    @property
    def is_named(self) -> bool:
        """Whether Python can be written for it; not for a lambda, or an object that says nothing of itself."""
        return PUT not in self.code


def locate(asked: str | Callable[..., Any]) -> Located:
    """Return the explainer that ``asked`` names, or is; ``AxiomcheckError`` with one sentence if there is none."""
    if not isinstance(asked, str):
        return _of_callable(asked)
    home, name, options = parse_spec(asked)
    if home is None:
        return _registered(asked, name, options)
    if library := find_library(home):
        return _of_library(asked, library, name, options)
    if home in CATALOGUE:
        raise AxiomcheckError(f"Expected options of {home} as in name=value but got {name!r}")
    if home.endswith(".py"):
        return _of_file(asked, Path(home), name, options)
    return _of_module(asked, home, name, options)


def _registered(asked: str, name: str, options: Mapping[str, object]) -> Located:
    if name not in CATALOGUE:
        raise UnknownName("explainer", name, CATALOGUE)
    entry = CATALOGUE[name]
    code = f"from axiomcheck.explainers.methods.{entry.module} import {entry.attribute}"
    return _configured(asked, entry.load(), options, code, entry.attribute)


def _of_library(asked: str, library: Library, name: str, options: dict[str, object]) -> Located:
    code = f"from axiomcheck.explainers import locate\n\nexplain = locate({asked!r}).explain"
    try:
        method = library.make(name, options)
        if options:
            from .smoke_test import require_options

            require_options(f"{library.name}:{name}", method, partial(library.make, name), options)
        return Located(asked, method, library.script(method) or code)
    except Unsupported as missing:
        return Located(asked, None, code, str(missing))


def _of_file(asked: str, path: Path, name: str, options: Mapping[str, object]) -> Located:
    if not path.is_file():
        raise AxiomcheckError(f"cannot load explainer {asked!r}: there is no file {str(path)!r}")
    spec = util.spec_from_file_location(f"axiomcheck_user_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    sys.modules[spec.name] = module
    sys.path.insert(0, str(path.parent.resolve()))
    try:
        spec.loader.exec_module(module)
    except BaseException as error:
        raise _not_loaded(asked, error) from error
    finally:
        sys.path.remove(str(path.parent.resolve()))
    code = f"import runpy\n\n{name} = runpy.run_path({str(path)!r})[{name!r}]"
    return _configured(asked, _attribute(asked, module, name), options, code, name)


def _of_module(asked: str, home: str, name: str, options: Mapping[str, object]) -> Located:
    sys.path.insert(0, "")
    try:
        module = import_module(home)
    except BaseException as error:
        raise _not_loaded(asked, error) from error
    finally:
        sys.path.remove("")
    return _configured(asked, _attribute(asked, module, name), options, f"from {home} import {name}", name)


def _not_loaded(asked: str, error: BaseException) -> BaseException:
    if isinstance(error, KeyboardInterrupt):
        return error
    first = (str(error).splitlines() or ["no message"])[0]
    return AxiomcheckError(f"cannot load explainer {asked!r}: {type(error).__name__}: {first}")


def _attribute(asked: str, module: object, name: str) -> Any:
    try:
        return getattr(module, name)
    except AttributeError:
        known = [n for n, value in vars(module).items() if callable(value) and not n.startswith("_")]
        raise UnknownName(f"name in {asked.rpartition(':')[0]!r}:", name, known or ["none"]) from None


def _configured(asked: str, found: Any, options: Mapping[str, object], code: str, name: str) -> Located:
    """Make a class an instance, give a function its options, and check that the result can be called."""
    if options or isinstance(found, type):
        parameters = inspect.signature(found).parameters
        known = set(parameters) - {"model", "inputs", "target", "targets", "baseline"}
        takes_any = any(of.kind is of.VAR_KEYWORD for of in parameters.values())
        for option in options:
            if option not in known and not takes_any:
                raise UnknownName(f"option of {asked.rpartition(':')[0]}", option, sorted(known) or ["none"])
        made = _made(asked, found, options)
        arguments = ", ".join(f"{key}={value!r}" for key, value in options.items())
        if isinstance(found, type):
            code, maker = _adapting(made, code, f"{name}({arguments})")
        else:
            code, name = _adapting(found, code, name)
            maker = f"lambda *a, **k: {name}(*a, **k, {arguments})"
        return Located(asked, _called(asked, made), f"{code}\nexplain = {maker}")
    code, name = _adapting(found, code, name)
    return Located(asked, _called(asked, found), f"{code}\nexplain = {name}")


def _adapting(found: Any, code: str, expression: str) -> tuple[str, str]:
    """Return Python and an expression for ``found``, which adapt it if it is of another convention."""
    if not callable(found) or adapted(found) is found:
        return code, expression
    return f"{code}\nfrom axiomcheck.explainers.loading.quantus_adapter import adapted\n", f"adapted({expression})"


def _made(asked: str, found: Any, options: Mapping[str, object]) -> Any:
    """Return an instance of a class, or a function with its options and all that it says of itself."""
    if not isinstance(found, type):
        return update_wrapper(partial(found, **options), found)
    try:
        return found(**options)
    except AxiomcheckError:
        raise
    except Exception as error:
        raise AxiomcheckError(f"cannot make explainer {asked!r}: {type(error).__name__}: {error}") from error


def _called(asked: str, found: Any) -> Explainer:
    if not callable(found):
        raise AxiomcheckError(f"explainer {asked!r} is no callable but {type(found).__name__}")
    return adapted(found)


def _of_callable(found: Callable[..., Any]) -> Located:
    if not callable(found):
        raise AxiomcheckError(f"Expected an explainer's name or a callable but got {found!r}")
    if isinstance(found, type):
        found = _made(found.__qualname__, found, {})
    if isinstance(found, partial) and _has_options_alone(found):
        return _of_partial(found)
    if (name := getattr(found, "__qualname__", None)) is None:
        return _of_instance(found)
    module = getattr(found, "__module__", "__main__")
    importable = _is_importable(found)
    code = f"from {module} import {name} as explain" if importable else f"{PUT}{name} here"
    if importable and adapted(found) is not found:
        code = "{}\nexplain = {}".format(*_adapting(found, f"from {module} import {name}", name))
    return Located(f"{module}:{name}", adapted(found), code)


def _is_importable(found: object) -> bool:
    name = getattr(found, "__qualname__", "")
    return str(name).isidentifier() and getattr(found, "__module__", "__main__") != "__main__"


def _has_options_alone(found: partial[Any]) -> bool:
    """Whether it is a function of a module with options by name, whose values can be written down."""
    return _is_importable(found.func) and not found.args and not _ADDRESS.search(repr(found.keywords))


def _of_partial(found: partial[Any]) -> Located:
    """Return a function with options, by the name that it is asked for by on the command line."""
    home, name = found.func.__module__, found.func.__qualname__
    told = ",".join(f"{key}={value!r}" for key, value in found.keywords.items())
    asked = f"{home}:{name}:{told}" if told else f"{home}:{name}"
    return _configured(asked, found.func, found.keywords, f"from {home} import {name}", name)


def _of_instance(found: Callable[..., Any]) -> Located:
    """Return an object by its ``repr``; where that is an address, which is another in every process, by its class."""
    kind, told = type(found), repr(found)
    if isinstance(found, partial):
        given = [*map(repr, found.args), *(f"{key}={value!r}" for key, value in found.keywords.items())]
        name = _ADDRESS.sub("", f"partial({', '.join([locate(found.func).name, *given])})")
        return Located(name, adapted(found), f"{PUT}{name} here")
    if _ADDRESS.search(told):
        home, name = kind.__module__, kind.__qualname__
        return Located(f"{home}:{name}", adapted(found), f"{PUT}an instance of {name} here")
    code, expression = _adapting(found, f"from {kind.__module__} import {kind.__qualname__}", told)
    return Located(told, adapted(found), f"{code}\nexplain = {expression}")
