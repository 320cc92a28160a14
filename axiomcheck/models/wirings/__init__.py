"""Wirings: modules built of a model so that axioms about what is known of a function can be judged on it."""

import copy
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ...networks import Shape
from ...networks.serialization import named
from .extra import CancelledPair, TakenAway, Unread, ZeroWeights
from .related import (
    CombinationBehind,
    CombinationInLast,
    MultipleBehind,
    MultipleInLast,
    OthersInLast,
    ShiftInFirst,
    ShiftInFront,
)
from .wiring import Sizes, Wiring

if TYPE_CHECKING:
    from torch import nn

_KINDS: tuple[type[Wiring], ...] = (
    Unread,
    ZeroWeights,
    CancelledPair,
    TakenAway,
    MultipleBehind,
    MultipleInLast,
    OthersInLast,
    CombinationBehind,
    CombinationInLast,
    ShiftInFront,
    ShiftInFirst,
)
WIRINGS = {kind.name: kind for kind in _KINDS}
"""The kinds by name."""


def wiring_of(data: Mapping[str, Any]) -> Wiring:
    """Return the wiring that ``named_data`` describes; ``AxiomcheckError`` if there is none of that name or form."""
    found: Wiring = named("wiring", data, WIRINGS)
    return found


def wired(module: "nn.Module", data: Mapping[str, Any], shape: Shape, out_features: int, target: int) -> "nn.Module":
    """Return what a wiring makes of a copy of a model in float64, for scripts."""
    copied = copy.deepcopy(module).double().eval().requires_grad_(False)
    return wiring_of(data).module(copied, Sizes(tuple(shape), out_features, target))


__all__ = ["WIRINGS", "Sizes", "Wiring", "wired", "wiring_of"]
