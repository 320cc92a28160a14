"""Sensitivity: one variable that changes the output, alone, gets some of the relevance."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import ClassVar

import numpy as np

from ..networks import Vector
from ..networks.facts import OnKinks
from ..strategies.non_vacuous import changing_alone, one_at_a_time
from .axiom import Explain, Gap, Rejected, axiom, reference_of
from .observation import AtInput, Binding
from .subject import SubjectCase

MOST = 4
"""How many inputs of a case are looked at, at most."""
NOTHING = 1e-6
"""A score below this share of what changed is too small to be called something, and may be too large for nothing."""


@dataclass(frozen=True)
class VariableScore(AtInput):
    """The score of the one variable in which an input differs from the reference (d,), and by how much f changes."""

    reference: Vector
    score: float
    expected: float
    variable: int
    says: ClassVar[str] = "from {reference} to x = {x} one variable changes f by {expected}, and its score is {score}"
    labels: ClassVar[Mapping[str, str]] = {"score": "R"}

    @property
    def focus(self) -> int | None:
        """The variable."""
        return self.variable

    @property
    def bindings(self) -> dict[str, Binding]:
        """The variable, and by how much it changes f."""
        return {"variable": self.variable, "expected": self.expected}


@axiom(
    cites="Sundararajan et al. 2017, sensitivity (a)",
    draws=one_at_a_time,
    observes=VariableScore,
    verb="is sensitive",
    group="further",
    of_variables=True,
)
def sensitivity(explain: Explain, case: SubjectCase) -> Iterator[Gap]:
    """If one variable alone changes the output, from the baseline or else from 0, its score is not 0."""
    reference = reference_of(case, explain)
    variables = _judged(case, reference)
    case = case.at(tuple(variables))
    before, *outputs = _outputs(case, [reference, *case.inputs])
    relevance = explain(case.subject, np.array(case.inputs))
    for x, output, scores in zip(case.inputs, outputs, relevance, strict=True):
        variable, magnitude = variables[x], case.magnitude(x)
        score, change = float(scores[variable]), abs(float(output - before))
        is_nothing = abs(score) <= explain.rounding * magnitude
        yield Gap(
            size=change if is_nothing else 0.0,
            scale=0.0,
            rounding=magnitude,
            magnitude=magnitude,
            undecided=not is_nothing and abs(score) <= NOTHING * change,
            variation=change,
            observed=VariableScore(x, reference, score, change, variable),
        )


def _judged(case: SubjectCase, reference: Vector) -> dict[Vector, int]:
    """Return the inputs to be looked at, each with the variable in which it differs from the reference.

    It may lie on kinks of units that do not change with that variable, as the reference may: they have no part in this.
    """
    changing = changing_alone(case.inputs, reference, partial(_outputs, case))
    if not changing:
        raise Rejected("no variable alone changes the output")
    generic = [(x, i) for x, i in changing.items() if case.fact(OnKinks) or not case.subject.bends(x, i)]
    if not generic:
        raise Rejected("every input lies on a kink")
    return dict(generic[:MOST])


def _outputs(case: SubjectCase, points: Sequence[Vector]) -> list[Fraction]:
    return [values[case.target] for values in case.subject.values(points)]
