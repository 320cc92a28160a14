"""Simpler neighbours of a case: the moves that shrinking tries, the boldest first."""

from collections.abc import Callable, Iterator

from ..case import Case
from ..errors import AxiomcheckError
from .inputs import fewer_variables_at_once
from .layers import fewer_layers
from .numbers import simpler_numbers, simpler_pairs
from .order import reorder
from .pairs import smaller_together
from .plainer import plainer
from .points import fewer_points
from .rewrites import fewer_rewrites, other_rewrites, simpler_rewrites
from .sizes import fewer_pairs, smaller

MOVES: tuple[Callable[[Case], Iterator[Case]], ...] = (
    fewer_rewrites,
    fewer_points,
    plainer,
    fewer_layers,
    smaller,
    smaller_together,
    other_rewrites,
    reorder,
    simpler_rewrites,
    simpler_numbers,
    simpler_pairs,
    fewer_pairs,
    fewer_variables_at_once,
)


def simpler_cases(case: Case) -> Iterator[Case]:
    """Yield neighbours of ``case`` that are simpler by ``Case.simplicity``; all are well-formed."""
    for move in MOVES:
        for candidate in move(case):
            try:
                if candidate.simplicity < case.simplicity:
                    yield candidate
            except AxiomcheckError:
                continue
