"""A way of LXT, with its options, as an explainer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from torch import Tensor, nn

from ....networks import AxiomcheckError, UnknownName
from ...validation import validated_library
from ..library import imported
from . import efficient, explicit
from .tables import ATTENTIONS

WAYS: Mapping[str, tuple[Callable[..., Tensor], Mapping[str, tuple[object, ...]]]] = {
    "efficient": (efficient.explain, {"rule": tuple(ATTENTIONS)}),
    "explicit": (explicit.explain, {"trace": (True, False)}),
}
"""By name: how it explains, and its options with the values that they have, the default first."""


@dataclass(frozen=True)
class LxtMethod:
    """LXT's ``efficient`` or ``explicit`` LRP, with options.

    ``efficient`` takes ``rule``, "attnLRP" or "cp_LRP", for attention that is fused and for architectures of
    transformers; ``explicit`` takes ``trace``: without it modules alone are exchanged, functions keep their gradient.
    """

    name: str
    options: tuple[tuple[str, Any], ...] = ()

    @validated_library
    def __call__(self, model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
        """Return the relevance; shapes as in ``Explainer``; it has the unit of f. Source: Achtibat et al. 2024."""
        way, allowed = WAYS[self.name]
        defaults = {option: values[0] for option, values in allowed.items()}
        return way(model, inputs, target, **defaults | dict(self.options))


def lxt_method(name: str, options: Mapping[str, object] | None = None) -> LxtMethod:
    """Return the way ``name`` of LXT as an explainer; ``Unsupported`` if LXT is missing or does not load."""
    if name not in WAYS:
        raise UnknownName("method of lxt", name, WAYS)
    allowed = WAYS[name][1]
    for option, value in (options or {}).items():
        if option not in allowed:
            raise UnknownName(f"option of lxt:{name}", option, allowed)
        if value not in allowed[option]:
            choices = " or ".join(map(repr, allowed[option]))
            raise AxiomcheckError(f"Expected {option} of lxt:{name} to be {choices} but got {value!r}")
    definition(name)
    return LxtMethod(name, tuple(sorted((options or {}).items())))


def definition(name: str) -> Any:
    """Return what LXT itself has for a way: a function that patches, or the class of composites."""
    home, attribute = {
        "efficient": ("lxt.efficient.core", "monkey_patch"),
        "explicit": ("lxt.explicit.core", "Composite"),
    }[name]
    return getattr(imported(home), attribute)
