"""Part: what one of several machines found of a cell, as data: its share of the screen, and what failed there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from .cell import Cell
from .rule import Count, Rule

Failure = Literal["", "violation in the search", "violation", "error in the search", "error"]
"""What was confirmed, in the order in which failures are preferred; nothing if none was seen."""
ORDER: tuple[Failure, ...] = ("violation in the search", "violation", "error in the search", "error")


@dataclass(frozen=True)
class Place:
    """What the cases of a stretch have at one place of a curve."""

    at: float
    values: tuple[float, ...]


@dataclass(frozen=True)
class Stretch:
    """A stretch of a screen: its ``number``, counted from 1, its counts, and all that was measured in it.

    ``outcomes`` has a letter for each case. ``silent`` and ``reasons`` say how often cases showed nothing, and were
    left open, and why.
    """

    number: Annotated[Count, Rule(minimum=1)]
    drawn: Count
    effective: Count
    violations: Count
    timed_out: Count
    undecided: Count
    refused: Count
    worst_gap: float
    outcomes: Annotated[str, Rule(pattern="^[vho]*$")]
    gaps: tuple[float, ...]
    shares: tuple[float, ...]
    measured: Mapping[str, tuple[float, ...]]
    along: Mapping[str, tuple[Place, ...]]
    silent: Mapping[str, Count]
    reasons: Mapping[str, Count]
    ingredients: Mapping[str, Count]


@dataclass(frozen=True)
class Part:
    """The ``cell`` as these ``stretches`` of its screen show it; the first stretch comes with the search and the claim.

    ``failure`` is what was confirmed, ``at`` the stretch in which it was seen. ``refusal``, ``own`` and ``worst_share``
    are what else a verdict depends on: why the explainer refused cases of the search, the tolerance that it has of its
    own, and the largest gap of the search as a share of its scale. ``is_settled`` says that the cell is what it is,
    whatever the other parts show. ``expected`` is the reason why a failure would be none.
    """

    cell: Cell
    stretches: tuple[Stretch, ...] = ()
    failure: Failure = ""
    at: Count = 0
    refusal: str = ""
    own: float = 0.0
    worst_share: float = 0.0
    is_settled: bool = False
    expected: str | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """Explainer, axiom and family."""
        return self.cell.key

    @property
    def numbers(self) -> tuple[int, ...]:
        """Which stretches it has."""
        return tuple(stretch.number for stretch in self.stretches)
