"""Functions in Quantus' convention, ``explain_func(model, inputs, targets, **kwargs)`` on numpy arrays."""

import inspect
from collections.abc import Callable
from functools import update_wrapper
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor, nn


def adapted(found: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``found``; if it has a parameter ``targets`` and none called ``target``, as an explainer that calls it so.

    Source: Hedström et al. 2023 (Quantus), which hands inputs (B, *shape) and targets (B,) as arrays, by name, and
    takes an array.

    >>> adapted(lambda model, inputs, targets: inputs).__signature__
    <Signature (model, inputs, target)>
    """
    try:
        parameters = inspect.signature(found).parameters
    except (TypeError, ValueError):
        return found
    return InQuantusConvention(found) if "targets" in parameters and "target" not in parameters else found


class InQuantusConvention:
    """A function in Quantus' convention as an explainer: its name, ``repr`` and all that it says of itself stay.

    ``baseline`` and ``seed`` are handed on if it takes them; other keywords of its own keep their defaults.
    """

    def __init__(self, found: Callable[..., Any]) -> None:
        update_wrapper(self, found)
        self.found = found
        if hasattr(found, "__axiomcheck__"):  # it may be of the class, which update_wrapper does not look at
            self.__axiomcheck__ = found.__axiomcheck__
        self.__signature__ = _signature(found)

    def __call__(self, model: "nn.Module", inputs: "Tensor", target: "Tensor", **given: Any) -> Any:
        """Return what the function returns, an array of the shape of ``inputs``."""
        arrays = {name: of.detach().cpu().numpy() if hasattr(of, "detach") else of for name, of in given.items()}
        return self.found(model=model, inputs=inputs.detach().cpu().numpy(), targets=target.cpu().numpy(), **arrays)

    def __repr__(self) -> str:
        return repr(self.found)


def _signature(found: Callable[..., Any]) -> inspect.Signature:
    """Return the signature of an explainer, with those of its keywords that the function takes."""
    parameters, kinds = inspect.signature(found).parameters, inspect.Parameter
    first = [kinds(name, kinds.POSITIONAL_OR_KEYWORD) for name in ("model", "inputs", "target")]
    kept = [parameters[name].replace(kind=kinds.KEYWORD_ONLY) for name in ("baseline", "seed") if name in parameters]
    return inspect.Signature([*first, *kept])
