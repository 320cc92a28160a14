"""What users may name: every public name with its signature, every command and its options, every explainer's.

``python -m tests.public_surface`` writes what there is to ``tests/public_surface.txt``, which a test holds it to.
"""

import inspect
import re
from argparse import SUPPRESS, Action, ArgumentParser
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from axiomcheck import plugin
from axiomcheck.cli import parser
from axiomcheck.commands import COMMANDS
from axiomcheck.explainers import CATALOGUE

FACE = ("axiomcheck", "axiomcheck.strategies")
"""What all users name: of classes the methods and properties too."""
GROUND = ("axiomcheck.axioms", "axiomcheck.explainers", "axiomcheck.networks")
"""What those name who go further: of classes how they are made."""
STORED = Path(__file__).with_suffix(".txt")
MODULE = re.compile(r"\b(?:[A-Za-z_]\w*\.)+(?=[A-Za-z_])")
"""Where a name of a type lives, which is nobody's business, and differs between versions of libraries."""
LONG = 60
"""Letters of a default that nobody types."""


def surface() -> list[str]:
    """Return a line for each name, in the order in which a reader looks for it."""
    face = [line for module in FACE for line in _exports(import_module(module), with_members=True)]
    ground = [line for module in GROUND for line in _exports(import_module(module), with_members=False)]
    return [*face, *ground, *_explainers(), *_commands(), *_pytest_options()]


def _exports(module: ModuleType, *, with_members: bool) -> Iterator[str]:
    """Yield the lines of what a module exports."""
    for name in sorted(module.__all__):
        value, full = getattr(module, name), f"{module.__name__}.{name}"
        if inspect.isclass(value):
            yield f"class {full}{_constructor(value)}"
            yield from (f"    {line}" for line in _members(value) if with_members)
        elif inspect.isfunction(value):
            yield f"def {full}{_signature(value)}"
        elif isinstance(value, Mapping) and value is not CATALOGUE:
            yield from (f"{full}[{key!r}]" for key in value)
        else:
            yield f"{full}: {_type(value)}"


def _type(value: Any) -> str:
    """Return the type of a value; of an alias what it stands for."""
    return f"type = {_plain(value)}" if hasattr(value, "__args__") else type(value).__name__


def _members(kind: type) -> Iterator[str]:
    """Yield the public methods and properties of a class; its fields stand in its signature."""
    owners = {name: owner for owner in reversed(kind.__mro__) if _is_ours(owner) for name in vars(owner)}
    for name in sorted(owners):
        member = inspect.getattr_static(owners[name], name)
        if isinstance(member, (staticmethod, classmethod)):
            member = member.__func__
        if name.startswith("_"):
            continue
        if isinstance(member, property | cached_property):
            getter: Any = member.fget if isinstance(member, property) else member.func
            yield f"{name}: {_plain(inspect.signature(getter).return_annotation)}"
        elif inspect.isfunction(member):
            yield f"{name}{_signature(member)}"


def _is_ours(kind: type) -> bool:
    return kind.__module__.split(".")[0] == "axiomcheck"


def _constructor(kind: type) -> str:
    """Return the signature of a class, of a protocol that of a call; nothing for a class that adds none to its base."""
    if getattr(kind, "_is_protocol", False):
        return _signature(kind.__call__)
    try:
        return _signature(kind)
    except ValueError:
        return ""


class _Verbatim(str):
    """Text that a signature prints as it is."""

    __slots__ = ()
    __repr__ = str.__str__


def _signature(of: Callable[..., Any]) -> str:
    """Return a signature in which types stand without their modules."""
    signature = inspect.signature(of)
    parameters = [_printed(parameter) for parameter in signature.parameters.values()]
    back = signature.return_annotation
    arrow = "" if back in {signature.empty, None} else f" -> {_plain(back)}"
    return f"{signature.replace(parameters=parameters, return_annotation=signature.empty)}{arrow}"


def _printed(parameter: inspect.Parameter) -> inspect.Parameter:
    """Return a parameter with its type, and with its default unless that is long or nothing to read."""
    typed = {} if parameter.annotation is parameter.empty else {"annotation": _Verbatim(_plain(parameter.annotation))}
    if parameter.default is parameter.empty:
        return parameter.replace(**typed)
    default = repr(parameter.default)
    return parameter.replace(
        default=_Verbatim(default if len(default) < LONG and " at 0x" not in default else "…"), **typed
    )


def _plain(annotation: Any) -> str:
    written = annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)
    return MODULE.sub("", written).replace("~", "")


def _explainers() -> Iterator[str]:
    """Yield the names of our explainers, with the options of those that have any."""
    for name, entry in CATALOGUE.items():
        options = _constructor(entry.load()) if inspect.isclass(entry.load()) else "()"
        yield f"explainer {name}{options}"


def _commands() -> Iterator[str]:
    """Yield each command, and each of its options."""
    (commands,) = (action.choices for action in parser()._actions if action.dest == "command")
    assert isinstance(commands, Mapping)
    for command in COMMANDS:
        own: ArgumentParser = commands[command]
        yield f"axiomcheck {command}"
        yield from (f"    {_option(action)}" for action in own._actions if action.dest != "help")


def _option(action: Action) -> str:
    """Return the names of an option, what it takes, and its value where it is left out."""
    names = ", ".join(action.option_strings) or action.dest
    choices = "|".join(map(str, action.choices)) if action.choices else action.metavar or action.dest.upper()
    takes = "" if action.nargs == 0 else f" {choices}"
    is_told = takes and action.default not in {None, SUPPRESS, ""}
    return names + takes + (f" = {action.default}" if is_told else "")


class _Options(list[str]):
    """Stands in for pytest's parser, and keeps what is named."""

    def getgroup(self, *_: str) -> "_Options":
        return self

    def addoption(self, *names: str, **_: Any) -> None:
        self.append(f"pytest {', '.join(names)}")

    def addini(self, name: str, *_: Any, **__: Any) -> None:
        self.append(f"pytest.ini {name}")


def _pytest_options() -> list[str]:
    """Return the options of the plugin, and what it reads of a project's settings."""
    options: Any = _Options()
    plugin.pytest_addoption(options)
    return list(options)


def main() -> None:
    """Write what there is."""
    STORED.write_text("\n".join(surface()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
