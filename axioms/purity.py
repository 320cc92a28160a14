"""Purity: the model, the inputs and what is global are left as they were."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..strategies.cases import one_network
from .axiom import Explain, Gap, axiom
from .call_record import Trouble
from .observation import Observation, Points
from .subject import SubjectCase

AFTER: dict[Trouble, str] = {
    "": "",
    "target": "after an exception, for a target that the model does not have: ",
    "forward": "after an exception in the model: ",
    "second forward": "after an exception in the model's second call: ",
    "backward": "after an exception on the way back: ",
}
MOST = 3
"""How many changes are named."""


@dataclass(frozen=True)
class Changes(Observation):
    """What a call changed, in words, and its inputs (B, d)."""

    changes: str
    batch: Points
    says: ClassVar[str] = "{changes}"

    @property
    def event(self) -> str:
        """The changes."""
        return self.changes

    @property
    def inputs(self) -> Points:
        """All inputs of the call."""
        return self.batch


@axiom(
    cites="Kokhlikyan et al. 2020 (Captum removes its hooks after use)",
    draws=one_network,
    observes=Changes,
    verb="leaves all as it was",
    group="contract",
)
def purity(explain: Explain, case: SubjectCase) -> Iterator[Gap]:
    """Nothing in the model, the tensors handed in and what is global is changed by a call, also by one that raises."""
    inputs = np.array(case.inputs)
    changes = {
        after: explain.observe(case.subject, inputs, trouble=trouble).changes for trouble, after in AFTER.items()
    }
    after = "" if changes[""] else max(changes, key=lambda after: len(changes[after]))
    yield Gap(
        size=float(any(changes.values())),
        scale=0.0,
        observed=Changes(after + _listed(changes[after]), case.inputs),
    )


def _listed(changes: tuple[str, ...]) -> str:
    more = len(changes) - MOST
    return "; ".join([*changes[:MOST], *([f"{more} more change{'s' if more > 1 else ''}"] if more > 0 else [])])
