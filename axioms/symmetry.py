"""Symmetry: variables that f cannot tell apart are not told apart."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..networks.facts import Symmetric
from ..strategies.symmetric import symmetric_variables
from .arithmetic import weights
from .axiom import Explain, Gap, Rejected, axiom, generic, require_domain
from .observation import Scores, vector
from .subject import SubjectCase


@dataclass(frozen=True)
class SymmetricScores(Scores):
    """The scores, and the two variables in which f is symmetric."""

    symmetric: tuple[int, int]
    says: ClassVar[str] = (
        "at x = {x} the scores are {relevance}, though {variables} are equal and f is symmetric in them"
    )

    def words(self) -> dict[str, object]:
        """Name the variables."""
        i, j = self.symmetric
        return super().words() | {"variables": f"x{i + 1} and x{j + 1}"}


@axiom(
    cites="Shapley 1953; Sundararajan et al. 2017 (symmetry-preserving)",
    draws=symmetric_variables,
    observes=SymmetricScores,
    verb="respects symmetry",
    group="further",
    of_variables=True,
)
def symmetry(explain: Explain, case: SubjectCase) -> Iterator[Gap]:
    """Two equal variables in which f is symmetric get the same relevance, wherever no gradient is a convention."""
    pair = case.fact(Symmetric)
    if pair is None:
        raise Rejected("f is not known to be symmetric in any two variables")
    i, j = pair.about
    case = generic(case, explain)
    require_domain(case, explain)
    relevance = explain(case.subjects[-1], np.array(case.inputs))
    for x, scores in zip(case.inputs, relevance, strict=True):
        weight = weights(case.magnitude(x), scores)
        yield Gap(
            size=float(abs(scores[i] - scores[j])),
            scale=weight.scale,
            rounding=weight.rounding,
            magnitude=weight.magnitude,
            vacuous=case.is_dead(x),
            observed=SymmetricScores(x, vector(scores), (i, j)),
        )
