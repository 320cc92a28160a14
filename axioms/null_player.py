"""Null player: what has no influence gets nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..networks.facts import Irrelevant
from ..strategies.null_players import null_players
from .arithmetic import weights
from .axiom import Explain, Gap, Rejected, axiom, generic
from .observation import Scores, names, vector
from .subject import SubjectCase


@dataclass(frozen=True)
class NullPlayerScores(Scores):
    """The scores, and the variables without influence."""

    irrelevant: tuple[int, ...]
    says: ClassVar[str] = "at x = {x} the scores are {relevance}, though f does not depend on {irrelevant}"

    def words(self) -> dict[str, object]:
        """Name the variables."""
        return super().words() | {"irrelevant": names(self.irrelevant)}


@axiom(
    cites="Shapley 1953; Friedman & Moulin 1999 (dummy); Sundararajan et al. 2017, sensitivity (b)",
    draws=null_players,
    observes=NullPlayerScores,
    verb="ignores null players",
    group="further",
    of_variables=True,
)
def null_player(explain: Explain, case: SubjectCase) -> Iterator[Gap]:
    """Variables that f does not depend on get no relevance, wherever no gradient is a convention."""
    irrelevant = case.variables(Irrelevant)
    if not irrelevant:
        raise Rejected("every variable matters")
    case = generic(case, explain)
    relevance = explain(case.subjects[-1], np.array(case.inputs))
    for x, scores in zip(case.inputs, relevance, strict=True):
        weight = weights(case.magnitude(x), scores)
        yield Gap(
            size=float(np.abs(scores[list(irrelevant)]).max()),
            scale=weight.scale,
            rounding=weight.rounding,
            magnitude=weight.magnitude,
            vacuous=case.is_dead(x),
            observed=NullPlayerScores(x, vector(scores), irrelevant),
        )
