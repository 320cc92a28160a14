"""Implementation invariance: what computes the function does not matter."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..strategies.cases import one_twin
from .arithmetic import weights
from .axiom import Explain, Gap, Rejected, axiom, generic, require_domain
from .observation import Difference, vector
from .subject import SubjectCase


@dataclass(frozen=True)
class TwinDifference(Difference):
    """The scores on a network, and ``other`` ones on a network of the same function."""

    says: ClassVar[str] = (
        "at x = {x} the scores are {relevance}, and {other} on a network that computes the same function"
    )
    labels: ClassVar[Mapping[str, str]] = {"relevance": "on f", "other": "on g"}


@axiom(
    cites="Sundararajan et al. 2017",
    draws=one_twin,
    observes=TwinDifference,
    verb="is invariant",
    group="tutorial",
)
def implementation_invariance(explain: Explain, case: SubjectCase) -> Iterator[Gap]:
    """Networks that compute the same function get the same relevance, wherever no gradient is a convention."""
    first, last = case.subjects[0], case.subjects[-1]
    if first == last:
        raise Rejected("no rewrite changes the network")
    case = generic(case, explain)
    require_domain(case, explain)
    inputs = np.array(case.inputs)
    one, other = (explain(subject, inputs) for subject in case.subjects)
    for x, first, second in zip(case.inputs, one, other, strict=True):
        weight = weights(case.magnitude(x), first, second)
        yield Gap(
            size=float(np.abs(first - second).max()),
            scale=weight.scale,
            rounding=weight.rounding,
            magnitude=weight.magnitude,
            vacuous=case.is_dead(x),
            observed=TwinDifference(x, vector(first), vector(second)),
        )
