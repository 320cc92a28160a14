"""Purity: whether a call changes the model, its arguments or what is global, also where it fails."""

import contextlib
import copy
import random
from collections.abc import Callable
from typing import Any

import numpy as np
import torch


def plain(value: Any) -> object:
    """Return a value as something that can be compared with what it is later."""
    if isinstance(value, torch.Tensor):
        gradient = plain(value.grad) if value.is_leaf else None
        return value.tolist(), str(value.dtype), value.requires_grad, gradient, len(value._backward_hooks or ())
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    return id(value) if isinstance(value, torch.nn.Module) else repr(value)


def state(model: torch.nn.Module, *tensors: torch.Tensor) -> str:
    """Return the state of the model, of tensors and of what is global."""
    modules = {
        name: {"": type(module), **{key: plain(value) for key, value in vars(module).items()}}
        for name, module in model.named_modules()
    }
    for attributes in modules.values():
        attributes.pop("_is_full_backward_hook"), attributes.pop("forward", None)
    generators = torch.get_rng_state().tolist(), random.getstate(), repr(np.random.get_state())
    modes = torch.get_default_dtype(), torch.is_grad_enabled(), torch.get_num_threads()
    hooks = [repr(value) for name, value in vars(torch.nn.modules.module).items() if name.startswith("_global_")]
    return str([modules, [plain(tensor) for tensor in tensors], generators, modes, hooks])


def fail(*_: object) -> None:
    """Raise, in place of a model or of its way back."""
    raise RuntimeError("provoked")


def gap(
    explain: Callable[..., torch.Tensor],
    model: torch.nn.Module,
    x: torch.Tensor,
    target: int,
    baseline: torch.Tensor | None,
) -> float:
    """Return 1 if some call leaves anything else than it was, else 0."""

    def changes(trouble: str, fails: int = 0) -> bool:
        used, run = copy.deepcopy(model), type(model).forward
        calls: list[object] = []

        def forward(*args: Any, **kwargs: Any) -> Any:
            outputs: Any = run(used, *args, **kwargs)
            calls.append(outputs)
            if len(calls) == fails:
                fail()
            if trouble == "backward" and outputs.requires_grad:
                outputs.register_hook(fail)
            return outputs

        if trouble in ("forward", "backward"):
            used.forward = forward
        targets = torch.full((len(x),), model(x.clone()).shape[1] if trouble == "target" else target)
        inputs = x.clone()
        keywords = {} if baseline is None else {"baseline": baseline.expand_as(x).clone()}
        before = state(used, inputs, targets, *keywords.values())
        with contextlib.suppress(Exception):
            explain(used, inputs, targets, **keywords)
        return state(used, inputs, targets, *keywords.values()) != before

    troubles: list[tuple[str, int]] = [("", 0), ("target", 0), ("forward", 1), ("forward", 2), ("backward", 0)]
    return float(any(changes(*trouble) for trouble in troubles))
