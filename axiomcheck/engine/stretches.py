"""Stretches: a screen is made of parts that know nothing of each other, so that several machines can share one.

A stretch draws from a random stream of its own name, until ``STRETCH`` of its cases were effective. So no case depends
on who judges the others, and the whole ends at a number of effective cases too: the bounds stay exact.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from ..results.part import Place, Stretch
from .judge import Judge
from .question import Question
from .screen import Screen, screen
from .tally import COUNTS

NUMBERS = (*COUNTS, "worst_gap")
STRETCH, FIRST = 100, 1
"""Effective cases of a stretch, the last one has what is left; and the number of the first one."""


def quotas(examples: int) -> list[int]:
    """Return how many effective cases each stretch of a screen has.

    >>> quotas(250)
    [100, 100, 50]
    """
    return [min(STRETCH, examples - before) for before in range(0, examples, STRETCH)]


def screen_stretches(question: Question, judge: Judge, numbers: Iterable[int]) -> dict[int, Screen]:
    """Screen the stretches of these numbers, counted from 1; those behind the time limit count as timed out."""
    wanted = quotas(question.budget.examples)
    return {
        number: screen(judge, question.population, wanted[number - 1], question.random(stream(number)))
        for number in numbers
    }


def numbers_of(examples: int) -> range:
    """Return the numbers of all stretches of a screen.

    >>> list(numbers_of(250))
    [1, 2, 3]
    """
    return range(1, len(quotas(examples)) + 1)


def stream(number: int) -> str:
    """Return the name of the random draws of a stretch.

    >>> stream(1), stream(2)
    ('screen', 'screen 2')
    """
    return "screen" if number == FIRST else f"screen {number}"


def joined(screens: Sequence[Screen]) -> Screen:
    """Return one screen of stretches in their order, with a stroke between their letters."""
    whole = Screen(outcomes=[*"/".join("".join(part.outcomes) for part in screens)])
    for part in screens:
        whole.join(part)
    return whole


def as_data(number: int, part: Screen) -> Stretch:
    """Return a stretch as data."""
    return Stretch(
        number=number,
        **{name: getattr(part, name) for name in NUMBERS},
        outcomes="".join(part.outcomes),
        gaps=tuple(part.gaps),
        shares=tuple(part.shares),
        measured={name: tuple(values) for name, values in part.measured.items()},
        along={name: _places(places) for name, places in part.along.items()},
        silent=dict(part.silent),
        reasons=dict(part.reasons),
        ingredients=dict(part.ingredients),
    )


def of_data(stretch: Stretch) -> Screen:
    """Return the screen that ``as_data`` told of; of cases that violated it knows but how many."""
    return Screen(
        **{name: getattr(stretch, name) for name in NUMBERS},
        outcomes=[*stretch.outcomes],
        gaps=[*stretch.gaps],
        shares=[*stretch.shares],
        measured={name: [*values] for name, values in stretch.measured.items()},
        along={name: {place.at: [*place.values] for place in places} for name, places in stretch.along.items()},
        silent=Counter(stretch.silent),
        reasons=Counter(stretch.reasons),
        ingredients=Counter(stretch.ingredients),
    )


def _places(places: dict[float, list[float]]) -> tuple[Place, ...]:
    return tuple(Place(at, tuple(values)) for at, values in places.items())
