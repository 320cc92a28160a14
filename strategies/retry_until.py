"""Draws that are tried again until their case can show something."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from ..networks import Case, Family

ATTEMPTS = 4
"""How often a block is read anew, at most."""
TURN = 11
"""By how many bytes it is turned each time."""

Draw = Callable[[bytes, Family], Case]


def retry_until(draw: Draw, useful: Callable[[Case], bool]) -> Draw:
    """Return a draw that turns the block until its case is useful: the first that is, or else the last.

    A turned random block is a random block, so these are independent draws still.
    """

    def draw_useful(block: bytes, family: Family) -> Case:
        for attempt in range(ATTEMPTS):
            case = draw(block[TURN * attempt :] + block[: TURN * attempt], family)
            if useful(case):
                break
        return case

    return draw_useful


def and_perceptrons(family: Family) -> Iterator[Family]:
    """Yield the family, and then its perceptrons, which can be made whatever is asked for."""
    yield family
    yield replace(family, items=frozenset({"mlp"}))


def is_non_vacuous(case: Case) -> bool:
    """Whether the output matters at some input."""
    return not all(map(case.is_dead, case.inputs))
