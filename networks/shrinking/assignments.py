"""Assignments: small numbers for all places of a case at once, the simplest first."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from ..dyadics import order, rank

VALUES = (1.0, -1.0, 2.0, -2.0, 3.0, -3.0)
"""The numbers that are tried beside 0."""
EXCESS = 6
"""How much the total rank may exceed that of as many ones as there are learnt numbers other than 0."""

Numbers = tuple[float, ...]
Choices = Sequence[Sequence[float]]
Level = tuple[int, int]


def assignments(choices: Choices, learnt: int, until: Level | None = None) -> Iterator[Numbers]:
    """Yield one of the ``choices`` for every place, in the order of ``Case.simplicity``.

    That is by how many of the first ``learnt`` places differ from 0, then by total rank, then place by place;
    ``until`` a level, the two numbers of which are the last.

    >>> list(assignments([(0.0, 1.0, -1.0), (0.0,)], 1))
    [(0.0, 0.0), (1.0, 0.0), (-1.0, 0.0)]
    """
    options = [sorted(choice, key=order) for choice in choices]
    free = sum(len(option) > 1 for option in options[:learnt])
    for nonzero in range(free + 1):
        tails = _tails(options, learnt)
        for total in range(nonzero, nonzero + EXCESS + 1):
            if until is not None and (nonzero, total) > until:
                return
            yield from tails(0, nonzero, total)


def level(numbers: Sequence[float], learnt: int) -> Level:
    """Return on which level ``numbers`` are: how many of the first ``learnt`` differ from 0, and their total rank."""
    return sum(number != 0 for number in numbers[:learnt]), sum(map(rank, numbers))


def _tails(options: Choices, learnt: int) -> Callable[[int, int, int], tuple[Numbers, ...]]:
    """Return a function of a place, and of what is left of the level, to all that may stand from there on."""
    most = [sum(max(map(rank, option)) for option in options[place:]) for place in range(len(options) + 1)]

    @cache
    def tails(place: int, nonzero: int, total: int) -> tuple[Numbers, ...]:
        if place == len(options):
            return ((),) if nonzero == total == 0 else ()
        if not (0 <= nonzero <= max(learnt - place, 0) and nonzero <= total <= most[place]):
            return ()
        endings: list[Numbers] = []
        for value in options[place]:
            left = nonzero - (place < learnt and value != 0)
            endings += [(value, *rest) for rest in tails(place + 1, left, total - rank(value))]
        return tuple(endings)

    return tails
