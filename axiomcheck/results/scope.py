"""Scope: the widest families in which an explainer was not seen to break an axiom, and what breaks it just outside."""

from dataclasses import dataclass
from typing import ClassVar

from ..networks.shown import Shown
from .rule import Index


@dataclass(frozen=True)
class Widest:
    """A family in which none was found, though no wider one is free of them; ``refused`` says what was not judged."""

    family: str
    effective: Index
    refused: str = ""


@dataclass(frozen=True)
class Edge:
    """What breaks the axiom one step outside: from the family ``inside`` to ``family``, the change in words."""

    inside: str
    family: str
    change: str
    formula: str
    circumstances: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Undecided:
    """A family of which nothing can be said, and why."""

    family: str
    reason: str


@dataclass(frozen=True)
class Scope(Shown):
    """Where an explainer satisfies an axiom, as far as was searched ``within`` a family.

    ``searches`` counts the families that were searched for it; ``complete`` says that none was left out.
    """

    sentence: str
    within: str
    widest: tuple[Widest, ...] = ()
    edges: tuple[Edge, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    searches: Index = 0
    complete: bool = True
    writer: ClassVar[str] = "scope"

    @classmethod
    def unsearched(cls, reason: str, within: str, searches: int = 0) -> "Scope":
        """Return the scope of what could not be judged."""
        return cls(f"is not judged: {reason}", within, searches=searches, complete=False)
