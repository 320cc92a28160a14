"""What is wired to a model is drawn: variables that do not matter, multiples, combinations and shifts."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from ..networks import Vector
from ..strategies.distribution import percent
from ..strategies.related import COEFFICIENTS, FACTORS, OTHER_FACTORS, SHIFTS
from .case import ModelCase
from .draws import EXCHANGE_BYTES, MODEL, Data, ModelDraws
from .wirings import Wiring
from .wirings.extra import CancelledPair, Extra, TakenAway, Unread, ZeroWeights
from .wirings.related import (
    CombinationBehind,
    CombinationInLast,
    MultipleBehind,
    MultipleInLast,
    OthersInLast,
    ShiftInFirst,
    ShiftInFront,
)

EXTRA = MODEL.among(
    "variables that do not matter",
    56,
    {"unread": 64, "zero-weights": 64, "cancelled-pair": 64, "taken-away": 64},
)
COUNT = MODEL.among("how many do not matter", 57, {1: 128, 2: 64, 3: 64})
FACTOR = MODEL.index("factor", 58)
TERMS = tuple(MODEL.index(f"coefficient {number + 1}", 59 + number) for number in range(2))
SIGNS = tuple(MODEL.chance(f"coefficient {number + 1} below 0", 61 + number, 96) for number in range(2))
SECOND = MODEL.index("the second output, beyond the target", 63)
DISTANCE = MODEL.index("shift", 64)
MOVED = MODEL.among("what is shifted", 65, {"all alike": 96, "one alone": 80, "each by itself": 80})
WHICH = MODEL.index("the variable, or the channel, that is shifted alone", 66)


def distribution() -> Sequence[str]:
    """Return in words what is wired to a model."""
    extras = ", ".join(f"{percent(EXTRA.share(value))} {value}" for value in dict.fromkeys(EXTRA.table))
    counts = ", ".join(f"{value} in {percent(COUNT.share(value))}" for value in dict.fromkeys(COUNT.table))
    moved = ", ".join(f"{percent(MOVED.share(value))} {value}" for value in dict.fromkeys(MOVED.table))
    return (
        f"variables, or channels, that do not matter: {extras}; {counts} (taken-away: as many as the model has)",
        f"multiples by {', '.join(f'{factor:g}' for factor in FACTORS)}",
        f"other outputs times {', '.join(f'{factor:g}' for factor in OTHER_FACTORS)}",
        f"combinations with {', '.join(f'{size:g}' for size in COEFFICIENTS)}, {percent(SIGNS[0].share(True))} below 0",
        f"shifts by {', '.join(f'{size:g}' for size in SHIFTS)} times a power of two about that deviation: {moved}",
    )


def extra_case(draws: ModelDraws, block: bytes) -> ModelCase:
    """Return a case of variables that do not matter, beside those of the model."""
    for wiring in _extras(draws, block):
        if draws.twins.wires(wiring, 0):
            return replace(wide(draws, wiring).inputs_case(block), wiring=wiring)
    return draws.inputs_case(block)


def wide(draws: ModelDraws, wiring: Extra) -> ModelDraws:
    """Return draws of points that have those variables too."""
    return replace(draws, data=data_of(draws.data, wiring))


def data_of(data: Data, wiring: Wiring | None) -> Data:
    """Return the data for a model with a wiring."""
    extra = 0 if wiring is None else wiring.shape(data.shape)[0] - data.shape[0]
    return data.widened(extra) if extra else data


def _extras(draws: ModelDraws, block: bytes) -> Iterator[Extra]:
    """Yield the wiring that is drawn, and one that every model has."""
    count = COUNT(block)
    exchange = draws.exchange(EXCHANGE_BYTES(block)[:4]) if EXTRA(block) == "taken-away" else None
    told = (exchange.name, exchange.place, exchange.amount) if exchange else ("", "", 0)
    kinds = {
        "unread": Unread(count),
        "zero-weights": ZeroWeights(count),
        "cancelled-pair": CancelledPair(count),
        "taken-away": TakenAway(*told),
    }
    yield kinds[EXTRA(block)]
    yield Unread(count)


def multiple_case(draws: ModelDraws, block: bytes) -> ModelCase:
    """Return a case of the model and of a multiple of it."""
    factor = FACTOR.of(block, FACTORS)
    return _beside(draws, draws.inputs_case(block), MultipleInLast(factor), MultipleBehind(factor))


def others_case(draws: ModelDraws, block: bytes) -> ModelCase:
    """Return a case of one output of the model, and of the model with the others scaled; without if it cannot be."""
    return _beside(draws, draws.inputs_case(block), OthersInLast(FACTOR.of(block, OTHER_FACTORS)))


def combination_case(draws: ModelDraws, block: bytes) -> ModelCase:
    """Return a case of two outputs of the model, and of a combination of them; of one output without."""
    case, outputs = draws.inputs_case(block), draws.name.out_features
    if outputs < 2:
        return case
    second = (case.target + 1 + SECOND(block, outputs - 1)) % outputs
    sizes = [term.of(block, COEFFICIENTS) for term in TERMS]
    a, b = (-size if sign(block) else size for size, sign in zip(sizes, SIGNS, strict=True))
    return _beside(draws, case, CombinationInLast(a, b, second), CombinationBehind(a, b, second))


def shift_case(draws: ModelDraws, block: bytes) -> ModelCase:
    """Return a case of the model, and of the model of shifted inputs."""
    shifts = _shifts(draws.data, block)
    return _beside(draws, draws.inputs_case(block), ShiftInFirst(shifts), ShiftInFront(shifts))


def _shifts(data: Data, block: bytes) -> Vector:
    """Return a shift of each variable, or channel: multiples of a power of two about the deviation of the data."""
    count, unit = data.shape[0], data.grid * 2**9
    shifts = np.full(count, DISTANCE.of(block, SHIFTS))
    if MOVED(block) == "one alone":
        shifts *= np.arange(count) == WHICH(block, count)
    if MOVED(block) == "each by itself":
        shifts = np.resize(np.roll(SHIFTS, WHICH(block, len(SHIFTS))), count)
    return tuple((unit * shifts + 0.0).tolist())


def _beside(draws: ModelDraws, case: ModelCase, *wirings: Wiring) -> ModelCase:
    """Return the case with the first of the wirings that the model has.

    What is within a layer comes first: what stands before or behind the model is one more layer, with a rule of its own
    in many methods.
    """
    found = next((wiring for wiring in wirings if draws.twins.wires(wiring, case.target)), None)
    return replace(case, wiring=found)
