"""Shrinking: from the case that was found to the simplest one near it that still fails in the same way."""

from collections.abc import Callable

from .judging import Outcome
from .networks import Case, DoesNotApply, Family, simpler_cases

BUDGET = 4000
"""Cases that shrinking may try. It is a count and no time, so that a slow machine ends at the same case."""


def shrunk(case: Case, family: Family, judge: Callable[[Case], Outcome], budget: int = BUDGET) -> Case:
    """Return a case of ``family`` that fails as ``case`` does and has no simpler neighbour that does too."""
    kind = judge(case).kind
    tried: set[Case] = set()
    progress = True
    while progress and len(tried) < budget:
        progress = False
        for candidate in simpler_cases(case):
            if candidate in tried:
                continue
            tried.add(candidate)
            if len(tried) > budget:
                break
            if _belongs(candidate, family) and judge(candidate).kind == kind:
                case, progress = candidate, True
                break
    return case


def _belongs(case: Case, family: Family) -> bool:
    try:
        return case.belongs_to(family)
    except DoesNotApply:
        return False
