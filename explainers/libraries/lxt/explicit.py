"""LXT's explicit way: modules are exchanged and functions replaced, by torch.fx, for some that send back relevance."""

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn

from ...protocol import Unsupported
from ..library import imported
from .quiet import quiet
from .tables import FUNCTIONS, IDENTITIES, MODULES, resolve

MOVES = frozenset({torch.flatten, torch.reshape, torch.transpose, torch.permute, torch.cat, getattr})
"""Functions that move numbers: what they send back is right for relevance too."""
MOVING_METHODS = frozenset(
    {"flatten", "unflatten", "reshape", "view", "transpose", "permute", "unsqueeze", "squeeze", "contiguous"}
)
"""The same for methods, beside those that LXT itself takes for right."""
MOVING_MODULES = (nn.ReLU, nn.Flatten, nn.Dropout, nn.Identity)
"""The same for modules, and ReLU, which passes all relevance of what is not 0."""


def composite(*, trace: bool) -> Any:
    """Return a new composite of the rules of modules, and, to be traced, of functions."""
    rules = {resolve(name): resolve(rule) for name, rule in MODULES.items()}
    if trace:
        rules |= {resolve(name): resolve(rule) for name, rule in FUNCTIONS.items()}
        rules |= {function: _identity(function) for function in map(resolve, IDENTITIES)}
    return imported("lxt.explicit.core").Composite(rules)


def _identity(function: Callable[..., Tensor]) -> Callable[..., Tensor]:
    identity = resolve("lr.identity")

    def rule(v: Tensor, **options: Any) -> Tensor:
        relevance: Tensor = identity(partial(function, **options), v)
        return relevance

    return rule


def explain(model: nn.Module, inputs: Tensor, target: Tensor, *, trace: bool) -> Tensor:
    """Return what arrives at the inputs of f(x) put in at the target; shapes as in ``Explainer``."""
    with quiet(), _registered(model, inputs, trace=trace) as explained:
        leaf = inputs.detach().clone().requires_grad_()
        output = explained(leaf).gather(1, target[:, None])[:, 0]
        try:
            (relevance,) = torch.autograd.grad(output, leaf, output.detach())
        except RuntimeError as error:
            if "inplace" not in str(error):
                raise
            raise Unsupported("lxt:explicit keeps what layers return, and an activation here works in place") from error
    return relevance


@contextmanager
def _registered(model: nn.Module, inputs: Tensor, *, trace: bool) -> Iterator[Any]:
    """Register a composite and take it off, both as LXT does it: what it leaves in the model stays."""
    rules = composite(trace=trace)
    name = next(iter(inspect.signature(model.forward).parameters))
    try:
        explained = _register(rules, model, {name: inputs} if trace else None)
        if trace:
            _require_rules(model, explained, set(rules.layer_map.values()))
        yield explained
    finally:
        rules.remove()


def _register(rules: Any, model: nn.Module, inputs: dict[str, Tensor] | None) -> Any:
    try:
        return rules.register(model, dummy_inputs=inputs)
    except TypeError as error:
        raise Unsupported(f"lxt:explicit does not exchange a module of this model: {error}") from error


def _require_rules(model: nn.Module, traced: Any, rules: set[Any]) -> None:
    """Raise ``Unsupported`` where the gradient of a function would pass for relevance, as LXT's own summary warns.

    Modules that LXT has wrapped pass: that their rules are lost while it traces them is not for us to mend.
    """
    known = {"call_function": MOVES | rules, "call_method": MOVING_METHODS | set(_whitelist())}
    for node in traced.graph.nodes:
        if node.op == "call_module":
            parent, _, last = node.target.rpartition(".")
            is_wrapped = last == "module" and isinstance(model.get_submodule(parent), resolve("lr.WrapModule"))
            if not is_wrapped and not isinstance(model.get_submodule(node.target), MOVING_MODULES):
                _refuse(type(model.get_submodule(node.target)).__name__)
        elif node.op in known and node.target not in known[node.op]:
            _refuse(str(getattr(node.target, "__name__", node.target)))


def _whitelist() -> list[Any]:
    listed: list[Any] = imported("lxt.explicit.check").WHITELIST
    return listed


def _refuse(name: str) -> None:
    raise Unsupported(f"lxt:explicit has no rule for {name}, whose gradient is no relevance")
