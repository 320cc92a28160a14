"""LRP with one of Captum's rules on every layer that has weights."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any

from torch import nn

from ....networks import AxiomcheckError, UnknownName
from ..library import imported


@contextmanager
def with_rule(name: str, model: nn.Module, options: Mapping[str, Any]) -> Iterator[None]:
    """Set the rule that is asked for on the layers while LRP works.

    Captum takes rules away when it is done; where it ended in an exception, those that were set here are taken away, so
    that what is left on the model is Captum's doing.
    """
    if name != "LRP" or not options:
        yield
        return
    chosen = dict(options)
    kind = _rule(str(chosen.pop("rule", "EpsilonRule")))
    layers = [layer for layer in model.modules() if isinstance(getattr(layer, "weight", None), nn.Parameter)]
    for layer in layers:
        layer.rule = _made(kind, chosen)
    try:
        yield
    finally:
        for layer in layers:
            if hasattr(layer, "rule"):
                del layer.rule


def _made(kind: Any, options: Mapping[str, Any]) -> Any:
    try:
        return kind(**options)
    except TypeError as error:
        raise AxiomcheckError(f"captum's {kind.__name__} refuses its options: {error}") from error


@cache
def _rules() -> dict[str, Any]:
    """Return Captum's rules by name."""
    known = imported("captum.attr._utils.lrp_rules")
    base, kinds = known.PropagationRule, {k: v for k, v in vars(known).items() if isinstance(v, type)}
    return {name: kind for name, kind in kinds.items() if issubclass(kind, base) and kind is not base}


def _rule(name: str) -> Any:
    if name not in _rules():
        raise UnknownName("rule of captum:LRP", name, sorted(_rules()))
    return _rules()[name]
