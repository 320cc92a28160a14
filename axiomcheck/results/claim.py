"""Claim: what an explainer promises of an axiom, and what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from .counterexample import Counterexample

ClaimVerdict = Literal["upheld", "refuted", "open"]


@dataclass(frozen=True)
class Claim:
    """An axiom is promised in a ``family``; the verdict is about what the family of the cell shares with it.

    ``reason`` says what the verdict rests on; ``counterexample`` is there if it is not that of the cell.
    """

    family: str
    verdict: ClaimVerdict
    reason: str
    counterexample: Counterexample | None = None


def overall(claims: Iterable[Claim]) -> Claim:
    """Return the one of several claims about one axiom that counts: a refuted, else an upheld, else an open one."""
    ranked: dict[ClaimVerdict, int] = {"refuted": 0, "upheld": 1, "open": 2}
    return min(claims, key=lambda claim: ranked[claim.verdict])
