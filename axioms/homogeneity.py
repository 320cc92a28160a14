"""Homogeneity: c times the function gets c times the relevance."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..networks.derivations import Scaled
from ..strategies.related import scaled_functions
from .arithmetic import weights
from .axiom import Explain, Gap, Rejected, axiom, generic
from .observation import Difference, vector
from .subject import SubjectCase


@dataclass(frozen=True)
class ScaledDifference(Difference):
    """The scores of f, and ``other`` ones of ``factor`` f."""

    factor: float
    says: ClassVar[str] = "at x = {x} the scores of f are {relevance}, those of {factor} f are {other}"
    labels: ClassVar[Mapping[str, str]] = {"relevance": "of f", "other": "of g"}


@axiom(
    cites="Sundararajan et al. 2017 (linearity, of one function); Bach et al. 2015",
    draws=scaled_functions,
    observes=ScaledDifference,
    verb="is homogeneous",
    group="further",
)
def homogeneity(explain: Explain, case: SubjectCase) -> Iterator[Gap]:
    """R(c f) = c R(f) for c > 0: the unit that the output is measured in does not matter."""
    derived = case.derivation
    if not isinstance(derived, Scaled):
        raise Rejected("there is no multiple of the function")
    case = generic(case, explain)
    inputs = np.array(case.inputs)
    one, other = (explain(subject, inputs) for subject in case.subjects)
    for x, first, second in zip(case.inputs, one, other, strict=True):
        wanted = derived.factor * first
        weight = weights(case.magnitude(x), wanted, second)
        yield Gap(
            size=float(np.abs(second - wanted).max()),
            scale=weight.scale,
            rounding=weight.rounding,
            magnitude=weight.magnitude,
            vacuous=case.is_dead(x),
            observed=ScaledDifference(x, vector(first), vector(second), derived.factor),
        )
