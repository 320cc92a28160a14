"""From a case of a model that fails to a simpler one: fewer exchanges, one input, fewer variables off the data."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from ..networks import Array, Path, Vector
from ..networks.layers import frozen
from .case import ModelCase
from .draws import Data
from .wiring_draws import data_of

MOST = 120
"""Cases that shrinking tries: each runs a model and an explainer that may be large."""

Fails = Callable[[ModelCase], bool]


def shrink(case: ModelCase, data: Data, fails: Fails, budget: int) -> ModelCase:
    """Return a simpler case that ``fails``: steps towards simpler ones are taken as long as there are some."""
    left = min(budget, MOST)
    changed = True
    while changed:
        changed = False
        for candidate in candidates(case, data):
            left -= 1
            if left < 0:
                return case
            if fails(candidate):
                case, changed = candidate, True
                break
    return case


def candidates(case: ModelCase, data: Data) -> Iterator[ModelCase]:
    """Yield simpler cases, the simplest first."""
    for number in range(len(case.exchanges) if len(case.exchanges) > 1 else 0):
        yield replace(case, exchanges=(case.exchanges[number],))
    for exchange in case.exchanges[:1]:
        if exchange.amount and len(case.exchanges) == 1:
            yield replace(case, exchanges=(replace(exchange, amount=0),))
    if case.wiring is not None:
        yield from map(case.wired_by, case.wiring.simpler())
    if len(case.inputs) > 1:
        yield from (case.at((x,)) for x in case.inputs)
        yield case.at(case.inputs[:-1])
    zero = (0.0,) * len(case.baseline)
    if case.baseline != zero:
        yield replace(case, baseline=zero)
    if case.path is not None:
        yield from (replace(case, path=path) for path in _shorter(case.path))
    elif len(case.inputs) == 1:
        yield from (case.at((x,)) for x in _towards(case.inputs[0], data_of(data, case.wiring)))


def _towards(x: Vector, data: Data) -> Iterator[Vector]:
    """Yield the nearest data point, then inputs of which a half, a quarter, … of what differs is as there."""
    point = np.array(x)
    nearest = data.inputs[int(np.abs(data.inputs - point).sum(1).argmin())]
    differing = np.flatnonzero(point != nearest)
    if not len(differing):
        return
    yield frozen(nearest)
    parts = 2
    while parts <= min(len(differing), 16):
        for chosen in np.array_split(differing, parts):
            yield frozen(_with(point, nearest, chosen))
        parts *= 2


def _with(point: Array, other: Array, chosen: Array) -> Array:
    changed = point.copy()
    changed[chosen] = other[chosen]
    return changed


def _shorter(path: Path) -> Iterator[Path]:
    """Yield both halves, and the middle half, of a path of one segment."""
    start, end = map(np.array, path.vertices)
    for low, high in ((0.0, 0.5), (0.5, 1.0), (0.25, 0.75)):
        yield Path((frozen(start + low * (end - start)), frozen(start + high * (end - start))))
