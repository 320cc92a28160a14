"""Context: how a call is made does not matter."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..networks import Array
from ..strategies.cases import one_network
from .arithmetic import weights
from .axiom import Explain, Gap, axiom
from .determinism import RepeatDifference
from .observation import vector
from .subject import SubjectCase


@dataclass(frozen=True)
class ContextDifference(RepeatDifference):
    """The scores of a plain call, and ``other`` ones of a call that differs in ``how`` it is made."""

    says: ClassVar[str] = "at x = {x} the scores are {relevance} in a plain call, and {other} {how}"


@axiom(
    cites="Paszke et al. 2019 (PyTorch, autograd mechanics: gradient modes, memory formats, training mode)",
    draws=one_network,
    observes=ContextDifference,
    verb="does not mind how it is called",
    group="contract",
)
def context(explain: Explain, case: SubjectCase) -> Iterator[Gap]:
    """Memory layout, batch size, frozen parameters, gradient modes, training mode and threads change no score.

    Nor does a model that had other weights in the call before. Vacuous of training mode where the model has batch
    norms or dropout, and of gradient modes where the explainer raises without gradients, as it may.
    """
    points = np.array(case.inputs)
    plain = explain(case.subject, points)
    weight_of = max(map(case.magnitude, case.inputs))
    for how, scores in explain.in_contexts(case.subject, points):
        expected = _rows(plain, len(scores), first="expanded" in how)
        differences = np.abs(scores - expected).max(1)
        worst = int(differences.argmax())
        weight = weights(weight_of, scores, expected)
        x = case.inputs[0 if "expanded" in how else worst % len(points)]
        yield Gap(
            size=float(differences[worst]),
            scale=weight.scale,
            rounding=weight.rounding,
            magnitude=weight.magnitude,
            vacuous=all(map(case.is_dead, case.inputs)),
            observed=ContextDifference(x, vector(expected[worst]), vector(scores[worst]), how, case.inputs),
        )


def _rows(plain: Array, count: int, *, first: bool) -> Array:
    places = np.zeros(count, dtype=np.int64) if first else np.arange(count) % len(plain)
    return np.asarray(plain[places])
