"""Linearity: a sum of functions gets the sum of their relevance."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..networks import Family, Vector
from ..networks.derivations import Combined
from ..strategies.related import combined_outputs
from .arithmetic import weights
from .axiom import Explain, Gap, Rejected, axiom, generic
from .observation import Difference, vector
from .subject import SubjectCase


@dataclass(frozen=True)
class CombinedDifference(Difference):
    """The scores of f, the ``second`` ones, of h, and ``other`` ones of their combination, which is said in words."""

    second: Vector
    combination: str
    says: ClassVar[str] = (
        "at x = {x} the scores of f are {relevance}, those of h are {second}, and those of {combination} are {other}"
    )
    labels: ClassVar[Mapping[str, str]] = {"relevance": "of f", "second": "of h", "other": "of g"}


def _one_output(family: Family) -> str:
    return "there is one output, and no other to add" if family.outputs == "1" else ""


@axiom(
    cites="Shapley 1953 (additivity); Sundararajan et al. 2017",
    draws=combined_outputs,
    observes=CombinedDifference,
    verb="is linear",
    group="further",
    lacks=_one_output,
)
def linearity(explain: Explain, case: SubjectCase) -> Iterator[Gap]:
    """R(a f + b h) = a R(f) + b R(h), for two outputs of one network and another one that adds them up."""
    derived = case.derivation
    if not isinstance(derived, Combined):
        raise Rejected("the network has one output, and no other to add")
    case = generic(case, explain)
    inputs, (subject, combined) = np.array(case.inputs), case.subjects
    one, two = explain(subject, inputs), explain(subject, inputs, target=derived.second)
    other = explain(combined, inputs, target=0)
    second_case = case.at(case.inputs, target=derived.second)
    for x, first, second, both in zip(case.inputs, one, two, other, strict=True):
        parts = np.abs(derived.a * first), np.abs(derived.b * second), np.abs(both)
        weight = weights(case.magnitude(x), *parts)
        yield Gap(
            size=float(np.abs(both - derived.a * first - derived.b * second).max()),
            scale=weight.scale,
            rounding=weight.rounding,
            magnitude=weight.magnitude,
            vacuous=case.is_dead(x) and second_case.is_dead(x),
            observed=CombinedDifference(x, vector(first), vector(both), vector(second), derived.formula),
        )
