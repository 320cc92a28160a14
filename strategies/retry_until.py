"""Steering: draws that look for a case that can show something."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from ..networks import Case, Family

TURNS = 4
"""How often a block is read anew, at most."""
TURN = 11
"""By how many bytes it is turned each time."""

Draw = Callable[[bytes, Family], Case]


def steered(draw: Draw, useful: Callable[[Case], bool]) -> Draw:
    """Return a draw that turns the block until its case is useful: the first that is, or else the last.

    A turned random block is a random block, so these are independent draws still.
    """

    def drawn(block: bytes, family: Family) -> Case:
        for turn in range(TURNS):
            case = draw(block[TURN * turn :] + block[: TURN * turn], family)
            if useful(case):
                break
        return case

    return drawn


def and_perceptrons(family: Family) -> Iterator[Family]:
    """Yield the family, and then its perceptrons, which can be made whatever is asked for."""
    yield family
    yield replace(family, items=frozenset({"mlp"}))


def is_lively(case: Case) -> bool:
    """Whether the output matters at some input."""
    return not all(map(case.is_dead, case.inputs))
