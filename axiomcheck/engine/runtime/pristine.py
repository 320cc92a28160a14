"""Pristine: the functions and classes of torch and numpy as they were when this module was imported."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from types import BuiltinFunctionType, MethodDescriptorType, WrapperDescriptorType
from typing import Any

import numpy as np
import torch
from torch import nn

EXCHANGED = ("__init__", "__setstate__")
"""What torch itself exchanges, when it compiles or scripts for the first time."""
BUILT_IN = (BuiltinFunctionType, MethodDescriptorType, WrapperDescriptorType, np.ufunc)
CALLS = ("forward", "__call__")
"""Of the classes of layers these are watched."""


@dataclass(frozen=True)
class Space:
    """A module or a class, and those of its names that nobody has any business to change, with their values.

    Names that come later, as modules that are imported do, are nobody's concern.
    """

    owner: Any
    path: str
    values: Mapping[str, object]

    @classmethod
    def of(cls, owner: Any, path: str) -> "Space":
        """Return all that can be called in a module or class."""
        return cls(
            owner,
            path,
            {name: value for name, value in vars(owner).items() if name not in EXCHANGED and _is_watched(value)},
        )

    @property
    def changed(self) -> list[str]:
        """The names that have another value, or none."""
        current = vars(self.owner)
        return [name for name, value in self.values.items() if current.get(name) is not value]

    def put_back(self) -> None:
        """Give all names their values again."""
        for name in self.changed:
            setattr(self.owner, name, self.values[name])


HOMES = (
    None,
    "torch",
    "torch._tensor",
    "torch.functional",
    "torch.nn.functional",
    "torch.autograd",
    "torch.nn.modules.module",
    "numpy",
)
"""Modules whose functions are watched: torch itself exchanges others, as ``manual_seed`` when it is to compile."""


def _is_watched(value: Any) -> bool:
    if isinstance(value, type) or not callable(value):
        return isinstance(value, (staticmethod, classmethod, property))
    return isinstance(value, BUILT_IN) or getattr(value, "__module__", None) in HOMES


SPACES = (
    Space.of(torch, "torch"),
    Space.of(nn.functional, "torch.nn.functional"),
    Space.of(torch.autograd, "torch.autograd"),
    Space.of(torch.Tensor, "torch.Tensor"),
    Space.of(nn.Module, "torch.nn.Module"),
    Space.of(np, "numpy"),
)
LAYERS = tuple(
    value
    for value in vars(nn).values()
    if isinstance(value, type) and issubclass(value, nn.Module) and value is not nn.Module
)
LAYER_SPACES = tuple(
    Space(layer, f"torch.nn.{layer.__name__}", {name: vars(layer)[name] for name in CALLS if name in vars(layer)})
    for layer in LAYERS
)
_DICTIONARIES = tuple(vars(layer) for layer in LAYERS)
_FORWARDS = [dictionary.get("forward") for dictionary in _DICTIONARIES]


@dataclass(frozen=True)
class _Glance:
    """A space, prepared to be compared in one step of C."""

    current: Mapping[str, Any]
    names: Any
    values: tuple[object, ...]

    @classmethod
    def at(cls, space: Space) -> "_Glance":
        return cls(vars(space.owner), itemgetter(*space.values), tuple(space.values.values()))

    @property
    def is_same(self) -> bool:
        try:
            return bool(self.names(self.current) == self.values)
        except Exception:  # noqa: BLE001 - one was deleted, or compares in a way of its own
            return False


_GLANCES = tuple(map(_Glance.at, SPACES))


def is_pristine() -> bool:
    """Return whether nothing has another value; in some 60 µs, for it is asked before and after every call."""
    if not all(glance.is_same for glance in _GLANCES):
        return False
    return [dictionary.get("forward") for dictionary in _DICTIONARIES] == _FORWARDS


def patches() -> Iterator[str]:
    """Yield the full name of each function and method that is not what it was."""
    for space in (*SPACES, *LAYER_SPACES):
        yield from (f"{space.path}.{name}" for name in space.changed)


def put_back() -> tuple[str, ...]:
    """Undo every patch, and return the full names of what was patched."""
    if is_pristine():
        return ()
    names = tuple(patches())
    for space in (*SPACES, *LAYER_SPACES):
        space.put_back()
    return names
