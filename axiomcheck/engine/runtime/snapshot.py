"""Snapshot: all of a model, of the tensors handed in, and of what is global, that a call must leave as it was."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from .isolation import GLOBAL_HOOKS, global_state
from .model_probe import ProbedForward

Snapshot = dict[str, object]
"""By the name of a thing, what it is; compared by ``==``."""
MODULE = "the module "


@dataclass(frozen=True, eq=False)
class Itself:
    """An object that equals nothing but itself; it is kept, so that its address is not given to another."""

    value: object

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Itself) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)


@dataclass(frozen=True)
class Hooks:
    """Hooks of one kind, in one place."""

    hooks: tuple[Itself, ...]

    @classmethod
    def of(cls, known: Mapping[Any, Any] | None) -> "Hooks":
        """Return the hooks of one of torch's dictionaries."""
        return cls(tuple(map(Itself, (known or {}).values())))


def snapshot(model: nn.Module, tensors: Mapping[str, Tensor]) -> Snapshot:
    """Return the state of ``model``, of the ``tensors`` by name, and of what is global."""
    state = global_state()
    state.update((f"{kind[:-1]} for all modules", Hooks.of(hooks)) for kind, hooks in GLOBAL_HOOKS.items())
    for name, tensor in tensors.items():
        state.update(_of_tensor(name, tensor))
    for name, module in model.named_modules(remove_duplicate=False):
        state.update(_of_module(name, module))
    return state


def _of_module(path: str, module: nn.Module) -> Iterator[tuple[str, object]]:
    name = path or "the model"
    yield f"{MODULE}{name}", Itself(module)
    yield f"the class of {name}", Itself(type(module))
    yield f"forward of the class of {name}", Itself(type(module).forward)
    for key, value in vars(module).items():
        if key in ("_parameters", "_buffers"):
            for inner, tensor in value.items():
                yield from _of_tensor(f"{path}.{inner}" if path else inner, tensor)
        elif key.endswith("_hooks"):
            yield f"{key[1:-1].replace('_', ' ')} on {name}", Hooks.of(value)
        elif key == "training":
            yield f"training of {name}", value
        elif not (key == "_modules" or "hook" in key or isinstance(value, ProbedForward)):
            # submodules are told by their paths; torch's notes on hooks are no hooks, and it never drops some of them
            yield f"the attribute {key} of {name}", plain(value)


def _of_tensor(name: str, tensor: Tensor | None) -> Iterator[tuple[str, object]]:
    yield name, plain(tensor)
    if tensor is None:
        return
    yield f"the tensor {name}", Itself(tensor)
    yield f"requires_grad of {name}", tensor.requires_grad
    yield f"the gradient of {name}", plain(tensor.grad) if tensor.is_leaf else None
    yield f"hook on {name}", Hooks.of(tensor._backward_hooks)  # noqa: SLF001
    yield f"hook on the gradient of {name}", Hooks.of(getattr(tensor, "_post_accumulate_grad_hooks", None))


def plain(value: object) -> object:
    """Return what can be compared with ``==`` and is not changed by those who hold ``value``; -0 is 0."""
    if isinstance(value, Tensor):
        values = (value.detach() + 0).cpu().reshape(-1).view(torch.uint8)
        return str(value.dtype), tuple(value.shape), str(value.device), bytes(values.numpy())
    if isinstance(value, (list, tuple)):
        return type(value), tuple(map(plain, value))
    if isinstance(value, (set, frozenset)):
        return frozenset(value)
    if isinstance(value, dict):
        return tuple((key, plain(inner)) for key, inner in value.items())
    return value if isinstance(value, (bool, int, float, str, type(None), torch.dtype)) else Itself(value)


_ABSENT = object()


def changes(before: Snapshot, after: Snapshot) -> tuple[str, ...]:
    """Return in words what is not as it was; of what has come or gone, nothing more."""
    names = dict.fromkeys([*before, *after])
    fresh = tuple(f" {name.removeprefix(MODULE)}" for name in before.keys() ^ after.keys())
    changes = (
        _change(name, before.get(name, _ABSENT), after.get(name, _ABSENT))
        for name in names
        if name.startswith(MODULE) or not name.endswith(fresh)
    )
    return tuple(sentence for sentence in changes if sentence)


def _change(name: str, before: object, after: object) -> str:
    if before is after or before == after:
        return ""
    if isinstance(before, Hooks) or isinstance(after, Hooks):
        return _hook_change(name, before, after)
    if isinstance(after, (bool, torch.dtype)) and before is not _ABSENT and after is not _ABSENT:
        return f"{name} is now {after}"
    if before in (_ABSENT, None):
        return f"{name} left"
    if after in (_ABSENT, None):
        return f"{name} gone"
    return f"{name} {'exchanged' if isinstance(after, Itself) else 'changed'}"


def _hook_change(name: str, before: object, after: object) -> str:
    was, now = (len(state.hooks) if isinstance(state, Hooks) else 0 for state in (before, after))
    kind, _, place = name.partition(" on ")
    if was == now:
        return f"{name} exchanged" if was else ""
    several = f"{kind}{'s' if abs(now - was) > 1 else ''}"
    return f"{abs(now - was)} {several}{' on ' + place if place else ''} {'left' if now > was else 'gone'}"
