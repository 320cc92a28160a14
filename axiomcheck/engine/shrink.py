"""Shrinking: from the case that was found to the simplest one that still fails in the same way.

First the smallest cases of the family are tried, in order: what fails there is the same for every seed. Where none of
them fails, moves lead from the case that was found to simpler ones, one by one; then all numbers are chosen anew.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import islice

from ..networks import AxiomcheckError, Case, Family
from ..networks.shrinking import renumber, simpler_cases, smallest_cases
from .judge import Outcome

BUDGET = 4000
"""Cases that shrinking may try. It is a count and no time, so that a slow machine ends at the same case."""
LADDER = 600
"""How many of them are the smallest of the family."""
NUMBERS = 400
"""How many of them are the same network with all numbers chosen anew."""

Judged = Callable[[Case], Outcome]


def shrink(case: Case, family: Family, judge: Judged, budget: int = BUDGET) -> Case:
    """Return a case of ``family`` that fails as ``case`` does and has no simpler neighbour that does too."""
    trials = _Trials(case, family, judge, budget)
    if not trials.began:
        return case
    measured = trials.measures_from_baseline(case)
    simplest: Case | None = case
    while simplest is not None:
        case = simplest
        ladder = islice(smallest_cases(case, family, measured=measured), LADDER)
        case = trials.descended(trials.first(ladder, case) or case)
        simplest = trials.first(islice(renumber(case, family, measured=measured), NUMBERS), case)
    return case


class _Trials:
    """What has been tried: each case once, and no more than the budget."""

    def __init__(self, case: Case, family: Family, judge: Judged, budget: int) -> None:
        self._family, self._judge, self._budget = family, judge, budget
        self._outcome = judge(case)
        self._tried: set[Case] = set()

    @property
    def began(self) -> bool:
        """Whether the case failed again: it does not once the time is up."""
        return self._outcome.fails

    def measures_from_baseline(self, case: Case) -> bool:
        """Whether another baseline makes a difference."""
        others = (self._judge(replace(case, baseline=(value,) * len(case.baseline))) for value in (0.0, 1.0))
        outcome = (self._outcome.kind, self._outcome.gap, self._outcome.observed)
        return any((other.kind, other.gap, other.observed) != outcome for other in others)

    def descended(self, case: Case) -> Case:
        """Go from ``case`` to a simpler neighbour as long as there is one."""
        while (simpler := self.first(simpler_cases(case), case)) is not None:
            case = simpler
        return case

    def first(self, candidates: Iterable[Case], than: Case) -> Case | None:
        """Return the first of ``candidates`` simpler ``than`` that and of the family that fails in the same way."""
        for candidate in candidates:
            if len(self._tried) >= self._budget:
                return None
            if candidate not in self._tried:
                self._tried.add(candidate)
                if self._fails(candidate, than):
                    return candidate
        return None

    def _fails(self, candidate: Case, than: Case) -> bool:
        try:
            if not (candidate.simplicity < than.simplicity and candidate.belongs_to(self._family)):
                return False
        except AxiomcheckError:
            return False
        return self._judge(candidate).kind == self._outcome.kind
