"""Simpler numbers: many at a time, one at a time, and two at once."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations

from ..case import Case
from ..dyadics import simpler
from ..layers import Layer
from .points import numbers_of, with_numbers

MOST_PAIRED = 16
"""How many numbers of a case are exchanged in pairs, at most."""


ROUGHER: tuple[Callable[[float], float], ...] = (
    lambda _: 0.0,
    lambda _: 1.0,
    lambda number: float((number > 0) - (number < 0)),
    lambda number: float(round(number)),
)
"""What may be done to many numbers at once."""


def simpler_numbers(case: Case) -> Iterator[Case]:
    """Exchange one number; all numbers of the baseline, of the points, or of the network at once, first."""
    if any(case.baseline):
        yield replace(case, baseline=(0.0,) * len(case.baseline))
    numbers = numbers_of(case)
    learnt = len(case.network.numbers)
    for rougher in ROUGHER:
        yield with_numbers(case, [*map(rougher, numbers[:learnt]), *numbers[learnt:]])
        yield with_numbers(case, [*numbers[:learnt], *map(rougher, numbers[learnt:])])
    alike = _alike(case)
    for i, number in enumerate(numbers):
        for value in simpler(number):
            if len(alike[i]) > 1:
                yield _with_values(case, numbers, dict.fromkeys(alike[i], value))
            yield _with_values(case, numbers, {i: value})


def _alike(case: Case) -> dict[int, tuple[int, ...]]:
    """Return, for each place of a number, its places in all layers that are equal to its own."""
    starts: dict[Layer, list[int]] = {}
    alike: dict[int, tuple[int, ...]] = {}
    count = 0
    for layer in case.network.leaves:
        starts.setdefault(layer, []).append(count)
        count += sum(1 for _ in layer.numbers)
    for layer, places in starts.items():
        for offset in range(sum(1 for _ in layer.numbers)):
            alike.update(dict.fromkeys((p + offset for p in places), tuple(p + offset for p in places)))
    return alike | {i: (i,) for i in range(count, len(numbers_of(case)))} | _in_points(case, count)


def _in_points(case: Case, start: int) -> dict[int, tuple[int, ...]]:
    """Return the places, beyond those of the network, of numbers that facts say are equal."""
    size, points = case.network.in_features, len(case.points) + 1
    ties = (tuple(start + place for place in tie) for fact in case.facts for tie in fact.ties(size, points))
    return {place: places for places in ties for place in places}


def simpler_pairs(case: Case) -> Iterator[Case]:
    """Exchange two numbers at once: a weight and the point that it sends to a kink must move together."""
    numbers = numbers_of(case)
    if len(numbers) > MOST_PAIRED:
        return
    choices = [simpler(number)[:5] for number in numbers]
    for i, j in combinations(range(len(numbers)), 2):
        others = (*choices[j], numbers[j] + 1, numbers[j] - 1, -numbers[j])
        yield from (_with_values(case, numbers, {i: a, j: b}) for a in choices[i] for b in others)


def _with_values(case: Case, numbers: list[float], new: dict[int, float]) -> Case:
    return with_numbers(case, [new.get(i, number) for i, number in enumerate(numbers)])
