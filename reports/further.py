"""The further causes of a cell, in a line each."""

from collections.abc import Iterator

from ..results.certificate import Cell
from .phrases import shown


def further_of(cell: Cell) -> Iterator[str]:
    """Yield how each counterexample came about that stands behind the smallest: its cause, and its formula."""
    for counterexample in cell.further:
        cause = f"{counterexample.cause.sentence}: " if counterexample.cause else ""
        yield f"{cause}{shown(counterexample)}"
