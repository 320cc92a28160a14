"""Conservation: the scores account for the whole output."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import fsum
from typing import ClassVar

import numpy as np

from ..explainers import Unsupported
from ..strategies.cases import one_network
from .arithmetic import weights
from .axiom import Explain, Gap, axiom
from .observation import Binding, Scores
from .subject import SubjectCase
from .variation import variation

DEPTH = "Σ R / what it is to be over layers with weights"
NEGLIGIBLE = 1e-9
"""Gaps up to this share of the scale are no error of a quadrature, whatever is declared."""
MEANING = {"output": "f(x)", "change": "f(x) - f(baseline)", "unit": "one unit"}


@dataclass(frozen=True)
class Sum(Scores):
    """What the scores sum to, and what was expected, in numbers and in words."""

    sum: float
    meaning: str
    expected: float
    says: ClassVar[str] = "at x = {x} the scores sum to {sum} where {meaning} = {expected}"

    @property
    def totals(self) -> dict[str, float]:
        """The sum and what was expected."""
        return {"Σ R": self.sum, self.meaning: self.expected}

    @property
    def bindings(self) -> dict[str, Binding]:
        """What was expected."""
        return {"expected": self.expected}


@axiom(
    cites="Bach et al. 2015; Montavon et al. 2017; Sundararajan et al. 2017 (completeness); Shrikumar et al. 2017",
    draws=one_network,
    observes=Sum,
    verb="conserves",
    group="tutorial",
)
def conservation(explain: Explain, case: SubjectCase) -> Iterator[Gap]:
    """Relevance sums to the output, or to what it changed by from the baseline."""
    if explain.conserves is None:
        raise Unsupported("it does not claim to conserve anything")
    at_baseline = case.subject.value(case.baseline)[case.target]
    relevance = explain(case.subject, np.array(case.inputs))
    depth = float(case.subject.depth)
    for x, scores in zip(case.inputs, relevance.tolist(), strict=True):
        output = case.subject.value(x)[case.target]
        start = at_baseline if explain.conserves == "change" else Fraction(0)
        expected = Fraction(1) if explain.conserves == "unit" else output - start
        total = fsum(scores)
        unit = explain.conserves == "unit"
        is_spent = unit and case.is_spent(x)  # a unit has no shares where there is nothing that they are shares of
        size, scale = abs(float(Fraction(total) - expected)), 1.0 if unit else float(abs(output) + abs(start))
        varies = explain.conserves == "change" and size > NEGLIGIBLE * scale
        weight = weights(case.magnitude(x), np.array(scores))
        yield Gap(
            size=0.0 if is_spent else size,
            scale=scale,
            variation=variation(case.subject, case.baseline, x, case.target) if varies else 0.0,
            rounding=weight.rounding,
            magnitude=weight.magnitude,
            is_of_output=True,
            vacuous=is_spent or (not unit and not varies and output == start == 0),
            observed=Sum(x, tuple(scores), total, MEANING[explain.conserves], float(expected)),
            curves={DEPTH: [(depth, total / float(expected))]} if expected else {},
        )
