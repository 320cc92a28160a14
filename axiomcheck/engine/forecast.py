"""Forecast: how long a campaign on a model will take, and what of it its time will not do, said before it begins."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..axioms.batches import fitting
from ..explainers.refinement import points_of, steps_of
from ..models.pace import Pace
from ..results.duration import duration
from .evidence import SCREEN_ENDS, SEARCH_ENDS
from .question import Question
from .search import ENOUGH

ASKED = {
    "conservation": (2, 7),
    "continuity": (100, 70),
    "implementation_invariance": (5, 30),
    "selectivity": (2, 200),
    "null_player": (2, 45),
    "sensitivity": (3, 200),
    "linearity": (7, 24),
    "homogeneity": (5, 16),
    "shift_invariance": (5, 17),
    "target_only": (5, 18),
    "batch_consistency": (5, 6),
    "determinism": (7, 1),
    "context": (90, 1),
    "purity": (11, 1),
    "same_function": (2, 3),
    "output_form": (2, 1),
}
"""How many inputs a case of an axiom explains, and how many more it runs the model on, on average."""
OF_LARGE = {"continuity": (80, 40), "context": (32, 1)}
"""The same on large inputs, where fewer kinks are looked at and batches are smaller."""
LARGE = 64
"""How many inputs go into a call of those that are not large."""
OTHERS = (5, 20)
"""What axioms have that stand in no table."""
WORTH_TELLING = 60.0
"""Seconds from which on they are told."""


@dataclass(frozen=True)
class Forecast:
    """Seconds of a case of each question, about, if an explanation costs a gradient for each of its points."""

    pace: Pace
    cases: dict[tuple[str, str, str], float]
    examples: int
    timeout: float | None

    @property
    def seconds(self) -> float:
        """The seconds of all cells, one after the other, where all cases hold."""
        return sum(map(self._cell, self.cases.values()))

    def _cell(self, case: float) -> float:
        whole = 2 * self.examples * case
        return whole if self.timeout is None else min(whole, self.timeout)

    @property
    def too_long(self) -> dict[str, float]:
        """The axioms, with the seconds of a case, of which ``--timeout`` leaves too few cases for a verdict."""
        if self.timeout is None:
            return {}
        share = (SCREEN_ENDS - SEARCH_ENDS) * self.timeout
        found: dict[str, float] = {}
        for (_, axiom, _), case in self.cases.items():
            if case * ENOUGH > share:
                found[axiom] = max(case, found.get(axiom, 0.0))
        return found


def forecast(questions: Sequence[Question]) -> Forecast | None:
    """Return the forecast of cells on one model; None for families of random networks, whose cases take no time."""
    asked = [question for question in questions if question.located.explain is not None]
    pace = asked[0].population.pace if asked else None
    if pace is None:
        return None
    budget = asked[0].budget
    cases = {q.key: _case(q, pace) for q in asked if not q.population.lacks(q.axiom)}
    return Forecast(pace, cases, budget.examples, budget.timeout)


def _case(question: Question, pace: Pace) -> float:
    explained, run = ASKED.get(question.axiom.name, OTHERS)
    if fitting(LARGE, pace.variables) < LARGE:
        explained, run = OF_LARGE.get(question.axiom.name, (explained, run))
    explain = question.located.explain
    assert explain is not None
    points = points_of(explain) if steps_of(explain) else 1
    forward = pace.kinks if question.axiom.name == "continuity" else pace.forward
    return explained * points * pace.gradient + run * forward


def sentences(found: Forecast, jobs: int = 1, memory: int | None = None) -> list[str]:
    """Return what there is to say of a forecast, nothing if all is done soon; ``memory`` are bytes for each process."""
    told = []
    seconds, pace = found.seconds / jobs, found.pace
    if seconds >= WORTH_TELLING:
        told.append(
            f"up to about {duration(seconds)} for {len(found.cases)} cells of {found.examples} cases, if an "
            f"explanation costs a gradient: a forward pass of one input takes {pace.forward:.2g} s, its gradient "
            f"{pace.gradient:.2g} s; about {pace.memory / 2**30:.1f} GB for each process"
        )
    if found.too_long:
        slowest = sorted(found.too_long.items(), key=lambda item: -item[1])
        names = ", ".join(f"{axiom} ({duration(case)} a case)" for axiom, case in slowest)
        needed = slowest[0][1] * ENOUGH / (SCREEN_ENDS - SEARCH_ENDS)
        told.append(
            f"too few cases for a verdict that holds will fit into --timeout {found.timeout:g}: {names}; all would "
            f"into --timeout {needed:.0f}"
        )
    if memory is not None and pace.memory > memory:
        told.append(
            f"a process needs about {pace.memory / 2**30:.1f} GB and may use {memory / 2**30:.1f}: take fewer --jobs, "
            "smaller inputs, or --dtype float32"
        )
    return told
