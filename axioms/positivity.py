"""Positivity: scores that are promised to be positive are."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..explainers import Unsupported
from ..networks import Family
from ..strategies.non_vacuous import at_least_0
from .arithmetic import weights
from .axiom import Explain, Gap, Rejected, axiom
from .observation import Scores, vector
from .subject import SubjectCase


@dataclass(frozen=True)
class NegativeScores(Scores):
    """The scores, of which none is to be negative, and the output."""

    output: float
    says: ClassVar[str] = "at x = {x} the scores are {relevance}, though f(x) = {output} and none is to be negative"


@axiom(
    cites="Montavon et al. 2017 (positive; with conservation, consistent)",
    draws=at_least_0,
    observes=NegativeScores,
    verb="is positive",
    group="further",
    of_variables=True,
    of_promises=True,
)
def positivity(explain: Explain, case: SubjectCase) -> Iterator[Gap]:
    """No score is negative where the output is not, for explainers that promise it."""
    if "positivity" not in explain.claims:
        raise Unsupported("it does not promise positive scores")
    if not case.belongs_to(Family.parse(explain.claims["positivity"])):
        raise Rejected("positive scores are not promised there")
    outputs = [case.subject.value(x)[case.target] for x in case.inputs]
    case = case.at(tuple(x for x, output in zip(case.inputs, outputs, strict=True) if output >= 0))
    if not case.inputs:
        raise Rejected("the output is negative")
    relevance = explain(case.subject, np.array(case.inputs))
    for x, output, scores in zip(case.inputs, (o for o in outputs if o >= 0), relevance, strict=True):
        weight = weights(case.magnitude(x), scores)
        yield Gap(
            size=max(float(-scores.min()), 0.0),
            scale=weight.scale,
            rounding=weight.rounding,
            magnitude=weight.magnitude,
            vacuous=case.is_dead(x),
            observed=NegativeScores(x, vector(scores), float(output)),
        )
