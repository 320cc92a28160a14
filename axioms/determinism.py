"""Determinism: the same question gets the same answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..strategies.cases import one_network
from .arithmetic import weights
from .axiom import Explain, Gap, axiom
from .observation import Difference, Points, vector
from .subject import SubjectCase


@dataclass(frozen=True)
class RepeatDifference(Difference):
    """The scores of one call, and ``other`` ones; how they came about; and all inputs (B, d) of the call."""

    how: str
    batch: Points
    says: ClassVar[str] = "at x = {x} the scores are {relevance} in one call, and {other} {how}"
    labels: ClassVar[Mapping[str, str]] = {"relevance": "one call", "other": "another"}

    @property
    def event(self) -> str:
        """How the two came about."""
        return self.how

    @property
    def inputs(self) -> Points:
        """All inputs of the call."""
        return self.batch


@axiom(
    cites="Paszke et al. 2019 (PyTorch, notes on reproducibility)",
    draws=one_network,
    observes=RepeatDifference,
    verb="is deterministic",
    group="contract",
)
def determinism(explain: Explain, case: SubjectCase) -> Iterator[Gap]:
    """Two calls agree whatever the global random state is, and one more leaves the result of the first alone."""
    first, second, first_again = explain.repeat(case.subject, np.array(case.inputs))
    repeats = {"in the next": second, "in the same result after a call on another input": first_again}
    how, other = max(repeats.items(), key=lambda repeat: float(np.abs(first - repeat[1]).max()))
    differences = np.abs(first - other).max(1)
    worst = int(differences.argmax())
    weight = weights(max(map(case.magnitude, case.inputs)), first, other)
    yield Gap(
        size=float(differences[worst]),
        scale=weight.scale,
        rounding=weight.rounding,
        magnitude=weight.magnitude,
        vacuous=all(map(case.is_dead, case.inputs)),
        observed=RepeatDifference(case.inputs[worst], vector(first[worst]), vector(other[worst]), how, case.inputs),
    )
