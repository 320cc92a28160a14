"""Demand monotonicity: more of a variable that only helps is no less of its relevance."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

import numpy as np

from ..networks import Vector
from ..networks.facts import Monotone
from ..strategies.monotone import monotone_functions
from .arithmetic import weights
from .axiom import Explain, Gap, Rejected, axiom, generic
from .observation import AtInput, Binding
from .subject import SubjectCase

PARTS = 8
"""Into how many parts the path is cut: the scores are looked at where they meet, and at its ends."""


@dataclass(frozen=True)
class ScoreFall(AtInput):
    """The score of a variable at an input, and the ``other``, lower one where that variable is ``higher`` (d,)."""

    higher: Vector
    score: float
    other: float
    variable: int
    says: ClassVar[str] = "f never falls in {name}, but its score falls from {score} at {x} to {other} at {higher}"
    labels: ClassVar[Mapping[str, str]] = {"score": "at x", "other": "at the larger x"}

    def words(self) -> dict[str, object]:
        """Name the variable."""
        return super().words() | {"name": f"x{self.variable + 1}"}

    @property
    def focus(self) -> int | None:
        """The variable."""
        return self.variable

    @property
    def bindings(self) -> dict[str, Binding]:
        """The variable, and the input where it is higher, as a batch of one."""
        return {"variable": self.variable, "higher": (self.higher,)}


@axiom(
    cites="Friedman & Moulin 1999; Sundararajan & Najmi 2020",
    draws=monotone_functions,
    observes=ScoreFall,
    verb="is demand-monotone",
    group="further",
    of_variables=True,
)
def demand_monotonicity(explain: Explain, case: SubjectCase) -> Iterator[Gap]:
    """Where f never falls in a variable, neither does that one's relevance; all else, and the baseline, unchanged."""
    monotone = case.fact(Monotone)
    if monotone is None or case.path is None or not case.subject.rises(monotone.variable, case.target):
        raise Rejected("f is not known to rise in any variable")
    path, variable = case.path, monotone.variable
    points = [tuple(map(float, path.point(Fraction(part, PARTS)))) for part in range(PARTS + 1)]
    case = generic(case.at(tuple(points)), explain)
    if len(case.inputs) < 2:
        raise Rejected("all points of the path but one lie on kinks")
    scores = explain(case.subject, np.array(case.inputs))
    own = scores[:, variable]
    drops = np.maximum.accumulate(own) - own
    lowest = int(drops.argmax())
    highest = int(own[: lowest + 1].argmax())
    outputs = {case.subject.value(x)[case.target] for x in case.inputs}
    low, high = case.inputs[highest], case.inputs[lowest]
    weight = weights(max(map(case.magnitude, case.inputs)), scores[[highest, lowest]])
    yield Gap(
        size=float(drops[lowest]),
        scale=weight.scale,
        rounding=weight.rounding,
        magnitude=weight.magnitude,
        vacuous=len(outputs) == 1,
        observed=ScoreFall(low, high, float(own[highest]), float(own[lowest]), variable),
    )
