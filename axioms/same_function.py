"""Same function: the model gives an explainer the outputs that it gives everybody."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..explainers import Unsupported
from ..networks import Vector
from ..strategies.cases import one_network
from .axiom import Explain, Gap, axiom
from .observation import AtInput, Points, vector
from .subject import SubjectCase

LARGEST = 1e300
"""What stands for a number that is none."""


@dataclass(frozen=True)
class OutputDifference(AtInput):
    """The outputs (K,) that the explainer got at an input, the model's ``own``, and all inputs (B, d) of the call."""

    outputs: Vector
    own: Vector
    batch: Points
    says: ClassVar[str] = "while it is explained the model's outputs at x = {x} are {outputs}, where they are {own}"
    labels: ClassVar[Mapping[str, str]] = {"outputs": "outputs seen", "own": "the model's own"}

    @property
    def inputs(self) -> Points:
        """All inputs of the call."""
        return self.batch


@axiom(
    cites="Adebayo et al. 2018 (what an explanation is of: the model as it was trained)",
    draws=one_network,
    observes=OutputDifference,
    verb="explains the model as it is",
    group="contract",
)
def same_function(explain: Explain, case: SubjectCase) -> Iterator[Gap]:
    """Wherever an explainer asks the model about the inputs, it gets the model's own outputs."""
    inputs = np.array(case.inputs)
    outputs = explain.observe(case.subject, inputs, watch=True).outputs
    if not any(map(len, outputs)):
        raise Unsupported("it never calls the model on the inputs themselves")
    for x, own, answers in zip(case.inputs, case.subject.outputs(inputs), outputs, strict=True):
        if not len(answers):
            continue
        finite = np.nan_to_num(answers, nan=LARGEST, posinf=LARGEST, neginf=-LARGEST)
        differences = np.abs(finite - own).max(1)
        worst = int(differences.argmax())
        yield Gap(
            size=float(differences[worst]),
            scale=float(max(np.abs(finite[worst]).max(), np.abs(own).max())),
            rounding=case.magnitude(x),
            vacuous=not own.any(),
            observed=OutputDifference(x, vector(finite[worst]), vector(own), case.inputs),
        )
