"""Functions in Quantus' convention, ``explain_func(model, inputs, targets, **kwargs)`` on numpy arrays."""

import inspect
from collections.abc import Callable
from functools import update_wrapper
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor, nn


def adapt(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``function``; if it has a parameter ``targets`` and none called ``target``, as an explainer.

    Source: Hedström et al. 2023 (Quantus), which hands inputs (B, *shape) and targets (B,) as arrays, by name, and
    takes an array.

    >>> adapt(lambda model, inputs, targets: inputs).__signature__
    <Signature (model, inputs, target)>
    """
    try:
        parameters = inspect.signature(function).parameters
    except (TypeError, ValueError):
        return function
    return InQuantusConvention(function) if "targets" in parameters and "target" not in parameters else function


class InQuantusConvention:
    """A function in Quantus' convention as an explainer: its name, ``repr`` and all that it says of itself stay.

    ``baseline`` and ``seed`` are handed on if it takes them; other keywords of its own keep their defaults.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        update_wrapper(self, function)
        self.function = function
        if hasattr(function, "__axiomcheck__"):  # it may be of the class, which update_wrapper does not look at
            self.__axiomcheck__ = function.__axiomcheck__
        self.__signature__ = _signature(function)

    def __call__(self, model: "nn.Module", inputs: "Tensor", target: "Tensor", **keywords: Any) -> Any:
        """Return what the function returns, an array of the shape of ``inputs``."""
        arrays = {name: of.detach().cpu().numpy() if hasattr(of, "detach") else of for name, of in keywords.items()}
        return self.function(model=model, inputs=inputs.detach().cpu().numpy(), targets=target.cpu().numpy(), **arrays)

    def __repr__(self) -> str:
        return repr(self.function)


def _signature(function: Callable[..., Any]) -> inspect.Signature:
    """Return the signature of an explainer, with those of its keywords that the function takes."""
    parameters, kinds = inspect.signature(function).parameters, inspect.Parameter
    first = [kinds(name, kinds.POSITIONAL_OR_KEYWORD) for name in ("model", "inputs", "target")]
    kept = [parameters[name].replace(kind=kinds.KEYWORD_ONLY) for name in ("baseline", "seed") if name in parameters]
    return inspect.Signature([*first, *kept])
