"""From what a user writes to an explainer: ``lrp-gamma:gamma=0.5``, ``captum:LRP``, ``my.py:explain``, a callable."""

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial, update_wrapper
from pathlib import Path
from typing import Any

from ...networks import AxiomcheckError, UnknownName
from ..libraries.library import Library
from ..libraries.registry import find_library
from ..protocol import Explainer, Unsupported, declaration
from .catalogue import CATALOGUE
from .modules import module_in, module_named
from .quantus_adapter import adapt
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


def locate(spec: str | Callable[..., Any]) -> Located:
    """Return the explainer that ``spec`` names, or is; ``AxiomcheckError`` with one sentence if there is none."""
    if not isinstance(spec, str):
        return _of_callable(spec)
    home, name, options = parse_spec(spec)
    if home is None:
        return _registered(spec, name, options)
    if library := find_library(home):
        return _of_library(spec, library, name, options)
    if home in CATALOGUE:
        raise AxiomcheckError(f"Expected options of {home} as in name=value but got {name!r}")
    if home.endswith(".py"):
        return _of_file(spec, Path(home), name, options)
    return _of_module(spec, home, name, options)


def _registered(spec: str, name: str, options: Mapping[str, object]) -> Located:
    if name not in CATALOGUE:
        raise UnknownName("explainer", name, CATALOGUE)
    entry = CATALOGUE[name]
    code = f"from axiomcheck.explainers.methods.{entry.module} import {entry.attribute}"
    return _configured(spec, entry.load(), options, code, entry.attribute)


def _of_library(spec: str, library: Library, name: str, options: dict[str, object]) -> Located:
    code = f"from axiomcheck.explainers import locate\n\nexplain = locate({spec!r}).explain"
    try:
        method = library.make(name, options)
        if options:
            from .smoke_test import require_options

            require_options(f"{library.name}:{name}", method, partial(library.make, name), options)
        return Located(spec, method, library.script(method) or code)
    except Unsupported as missing:
        return Located(spec, None, code, str(missing))


def _of_file(spec: str, path: Path, name: str, options: Mapping[str, object]) -> Located:
    if not path.is_file():
        raise AxiomcheckError(f"cannot load explainer {spec!r}: there is no file {str(path)!r}")
    try:
        module = module_in(path)
    except BaseException as error:
        raise _not_loaded(spec, error) from error
    code = f"import runpy\n\n{name} = runpy.run_path({str(path)!r})[{name!r}]"
    return _configured(spec, _attribute(spec, module, name), options, code, name)


def _of_module(spec: str, home: str, name: str, options: Mapping[str, object]) -> Located:
    try:
        module = module_named(home)
    except BaseException as error:
        raise _not_loaded(spec, error) from error
    return _configured(spec, _attribute(spec, module, name), options, f"from {home} import {name}", name)


def _not_loaded(spec: str, error: BaseException) -> BaseException:
    if isinstance(error, KeyboardInterrupt):
        return error
    first = (str(error).splitlines() or ["no message"])[0]
    return AxiomcheckError(f"cannot load explainer {spec!r}: {type(error).__name__}: {first}")


def _attribute(spec: str, module: object, name: str) -> Any:
    try:
        return getattr(module, name)
    except AttributeError:
        known = [n for n, value in vars(module).items() if callable(value) and not n.startswith("_")]
        raise UnknownName(f"name in {spec.rpartition(':')[0]!r}:", name, known or ["none"]) from None


def _configured(spec: str, definition: Any, options: Mapping[str, object], code: str, name: str) -> Located:
    """Make a class an instance, give a function its options, and check that the result can be called."""
    if options or isinstance(definition, type):
        parameters = inspect.signature(definition).parameters
        known = set(parameters) - {"model", "inputs", "target", "targets", "baseline"}
        takes_any = any(of.kind is of.VAR_KEYWORD for of in parameters.values())
        for option in options:
            if option not in known and not takes_any:
                raise UnknownName(f"option of {spec.rpartition(':')[0]}", option, sorted(known) or ["none"])
        instance = _instantiate(spec, definition, options)
        arguments = ", ".join(f"{key}={value!r}" for key, value in options.items())
        if isinstance(definition, type):
            code, maker = _adaptation(instance, code, f"{name}({arguments})")
        else:
            code, name = _adaptation(definition, code, name)
            maker = f"lambda *a, **k: {name}(*a, **k, {arguments})"
            if declaration(instance).setup is not None:
                maker += f"\nexplain.__axiomcheck__ = {name}.__axiomcheck__"
        return Located(spec, _require_callable(spec, instance), f"{code}\nexplain = {maker}")
    code, name = _adaptation(definition, code, name)
    return Located(spec, _require_callable(spec, definition), f"{code}\nexplain = {name}")


def _adaptation(definition: Any, code: str, expression: str) -> tuple[str, str]:
    """Return Python and an expression for ``found``, which adapt it if it is of another convention."""
    if not callable(definition) or adapt(definition) is definition:
        return code, expression
    return f"{code}\nfrom axiomcheck.explainers.loading.quantus_adapter import adapt\n", f"adapt({expression})"


def _instantiate(spec: str, definition: Any, options: Mapping[str, object]) -> Any:
    """Return an instance of a class, or a function with its options and all that it says of itself."""
    if not isinstance(definition, type):
        return update_wrapper(partial(definition, **options), definition)
    try:
        return definition(**options)
    except AxiomcheckError:
        raise
    except Exception as error:
        raise AxiomcheckError(f"cannot make explainer {spec!r}: {type(error).__name__}: {error}") from error


def _require_callable(spec: str, definition: Any) -> Explainer:
    if not callable(definition):
        raise AxiomcheckError(f"explainer {spec!r} is no callable but {type(definition).__name__}")
    return adapt(definition)


def _of_callable(definition: Callable[..., Any]) -> Located:
    if not callable(definition):
        raise AxiomcheckError(f"Expected an explainer's name or a callable but got {definition!r}")
    if isinstance(definition, type):
        definition = _instantiate(definition.__qualname__, definition, {})
    if isinstance(definition, partial) and _has_options_alone(definition):
        return _of_partial(definition)
    if (name := getattr(definition, "__qualname__", None)) is None:
        return _of_instance(definition)
    module = getattr(definition, "__module__", "__main__")
    importable = _is_importable(definition)
    code = f"from {module} import {name} as explain" if importable else f"{PUT}{name} here"
    if importable and adapt(definition) is not definition:
        code = "{}\nexplain = {}".format(*_adaptation(definition, f"from {module} import {name}", name))
    return Located(f"{module}:{name}", adapt(definition), code)


def _is_importable(definition: object) -> bool:
    name = getattr(definition, "__qualname__", "")
    return str(name).isidentifier() and getattr(definition, "__module__", "__main__") != "__main__"


def _has_options_alone(definition: partial[Any]) -> bool:
    """Whether it is a function of a module with options by name, whose values can be written down."""
    return _is_importable(definition.func) and not definition.args and not _ADDRESS.search(repr(definition.keywords))


def _of_partial(definition: partial[Any]) -> Located:
    """Return a function with options, by the name that it is asked for by on the command line."""
    home, name = definition.func.__module__, definition.func.__qualname__
    options_text = ",".join(f"{key}={value!r}" for key, value in definition.keywords.items())
    spec = f"{home}:{name}:{options_text}" if options_text else f"{home}:{name}"
    return _configured(spec, definition.func, definition.keywords, f"from {home} import {name}", name)


def _of_instance(definition: Callable[..., Any]) -> Located:
    """Return an object by its ``repr``; where that is an address, which is another in every process, by its class."""
    kind, options_text = type(definition), repr(definition)
    if isinstance(definition, partial):
        keywords = [*map(repr, definition.args), *(f"{key}={value!r}" for key, value in definition.keywords.items())]
        name = _ADDRESS.sub("", f"partial({', '.join([locate(definition.func).name, *keywords])})")
        return Located(name, adapt(definition), f"{PUT}{name} here")
    if _ADDRESS.search(options_text):
        home, name = kind.__module__, kind.__qualname__
        return Located(f"{home}:{name}", adapt(definition), f"{PUT}an instance of {name} here")
    code, expression = _adaptation(definition, f"from {kind.__module__} import {kind.__qualname__}", options_text)
    return Located(options_text, adapt(definition), f"{code}\nexplain = {expression}")
