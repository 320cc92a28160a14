"""The numbers of a case, and its points: exchanged, dropped, carried along."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from ..case import Case
from ..facts import OnKinks
from ..layers import Vector
from ..path import Path


def fewer_points(case: Case) -> Iterator[Case]:
    """Yield the case with one of its inputs, or with a shorter path."""
    if case.fact(OnKinks):
        yield replace(case, facts=tuple(fact for fact in case.facts if not isinstance(fact, OnKinks)))
    if case.path is None:
        for point in case.inputs if len(case.inputs) > 1 else ():
            yield replace(case, inputs=(point,))
    elif case.path.segments > 1:
        vertices = case.path.vertices
        yield from (replace(case, path=Path(vertices[i : i + 2])) for i in range(len(vertices) - 1))
        yield from (replace(case, path=Path(pair)) for pair in combinations(vertices, 2))


def numbers_of(case: Case) -> list[float]:
    """Return all numbers: those of the network, of the points, of the baseline, of the facts."""
    points = (number for point in (*case.points, case.baseline) for number in point)
    return [*case.network.numbers, *points, *(number for fact in case.facts for number in fact.numbers)]


def with_numbers(case: Case, numbers: Sequence[float]) -> Case:
    """Return the case with all its numbers exchanged."""
    learnt = len(case.network.numbers)
    stream = iter(numbers[learnt:])
    network = case.network.with_numbers(numbers[:learnt])
    changed = with_points(replace(case, network=network), lambda x: tuple(next(stream) for _ in x))
    if not any(fact.numbers for fact in case.facts):
        return changed
    facts = tuple(fact.with_numbers([next(stream) for _ in fact.numbers]) for fact in case.facts)
    return replace(changed, facts=facts)


def with_points(case: Case, change: Callable[[Vector], Vector]) -> Case:
    """Return the case with its points and its baseline changed."""
    baseline = case.baseline
    if case.path is None:
        case = replace(case, inputs=tuple(change(x) for x in case.inputs))
    else:
        case = replace(case, path=Path(tuple(change(x) for x in case.path.vertices)))
    return replace(case, baseline=change(baseline))
