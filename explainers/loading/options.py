"""Explainers with options: how they are shown, and what their options may be."""

from dataclasses import fields
from math import isfinite
from numbers import Integral, Real
from typing import Any, Literal, get_args, get_origin, get_type_hints

from ...networks import AxiomcheckError, UnknownName

LEAST = {"gamma": 0, "epsilon": 0, "sigma": 0, "samples": 1, "orders": 1, "steps": 1, "seed": 0}
"""The least value of an option, by its name."""
BOUNDS = ("low", "high")
"""Two options, the first of which is not above the other."""


class WrongOption(AxiomcheckError, ValueError):
    """An option has a value that it cannot have; the message says which, and what was expected."""


class Options:
    """A dataclass whose ``repr`` rebuilds it and leaves out what is the default; numbers are checked to be numbers."""

    def __post_init__(self) -> None:
        of: Any = self
        kinds = get_type_hints(type(self))
        for field in fields(of):
            listed = getattr(self, field.name)
            if get_origin(kinds[field.name]) is Literal and listed not in (words := get_args(kinds[field.name])):
                raise UnknownName(f"{field.name} of {type(self).__name__}", str(listed), words)
            if not _fits(listed, field.default) or (field.name in LEAST and listed < LEAST[field.name]):
                least = f" of at least {LEAST[field.name]}" if field.name in LEAST else ""
                name = f"{field.name} of {type(self).__name__}"
                raise WrongOption(f"Expected {KINDS[type(field.default)]}{least} for {name} but got {listed!r}")

        if all(hasattr(self, name) for name in BOUNDS) and of.low > of.high:
            name = type(self).__name__
            raise WrongOption(f"Expected low ≤ high for {name} but got low={of.low!r} and high={of.high!r}")

    def __repr__(self) -> str:
        of: Any = self
        unusual = [
            (field.name, getattr(self, field.name))
            for field in fields(of)
            if field.default != getattr(self, field.name)
        ]
        return f"{type(self).__qualname__}({', '.join(f'{name}={value!r}' for name, value in unusual)})"


KINDS: dict[type, str] = {bool: "True or False", int: "a whole number", float: "a finite number"}


def _fits(listed: object, default: object) -> bool:
    """Whether a value is of the kind of the default."""
    if isinstance(listed, bool) or isinstance(default, bool):
        return isinstance(listed, bool) and isinstance(default, bool)
    if isinstance(default, int):
        return isinstance(listed, Integral)
    if isinstance(default, float):
        return isinstance(listed, Real) and isfinite(listed)
    return True
