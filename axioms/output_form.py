"""Output form: what comes back is a score for every input variable."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..strategies.cases import one_network
from .axiom import Explain, Gap, axiom
from .observation import Observation, Points
from .subject import SubjectCase


@dataclass(frozen=True)
class Form(Observation):
    """What is wrong with the form of what came back, in words, and the inputs (B, d) of the call."""

    form: str
    batch: Points
    says: ClassVar[str] = "{form}"

    @property
    def event(self) -> str:
        """What is wrong with the form."""
        return self.form

    @property
    def inputs(self) -> Points:
        """All inputs of the call."""
        return self.batch


@axiom(
    cites="Kokhlikyan et al. 2020 (Captum: attributions have the shape and the type of the inputs)",
    draws=one_network,
    observes=Form,
    verb="returns scores in the form of the inputs",
    group="contract",
)
def output_form(explain: Explain, case: SubjectCase) -> Iterator[Gap]:
    """Scores come back as a Tensor of the inputs' shape, dtype and device, and all of them are finite."""
    form = explain.observe(case.subject, np.array(case.inputs)).form
    yield Gap(
        size=float(bool(form)),
        scale=0.0,
        observed=Form(form, case.inputs),
    )
