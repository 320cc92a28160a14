"""Target only: scores are of the output that is asked about, whatever else the model puts out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..networks import Family
from ..networks.derivations import OthersScaled
from ..strategies.related import scaled_others
from .arithmetic import weights
from .axiom import Explain, Gap, Rejected, axiom, generic
from .observation import Difference, vector
from .subject import SubjectCase


@dataclass(frozen=True)
class OthersDifference(Difference):
    """The scores of f, and ``other`` ones once the outputs beside it are ``factor`` times what they were."""

    factor: float
    says: ClassVar[str] = (
        "at x = {x} the scores of f are {relevance}, "
        "and {other} once the other outputs are {factor} times what they were"
    )
    labels: ClassVar[Mapping[str, str]] = {"relevance": "of f", "other": "of f, beside others"}


def _one_output(family: Family) -> str:
    return "there is one output, and no other beside it" if family.outputs == "1" else ""


@axiom(
    cites="Kokhlikyan et al. 2020 (Captum: the target is the output for which scores are computed)",
    draws=scaled_others,
    observes=OthersDifference,
    verb="explains the target alone",
    group="contract",
    lacks=_one_output,
)
def target_only(explain: Explain, case: SubjectCase) -> Iterator[Gap]:
    """Other outputs do not matter: with their weights scaled, the target has the scores that it had."""
    derived = case.derivation
    if not isinstance(derived, OthersScaled):
        raise Rejected("there are no other outputs that could be scaled")
    case = generic(case, explain)
    inputs = np.array(case.inputs)
    one, other = (explain(subject, inputs) for subject in case.subjects)
    for x, first, second in zip(case.inputs, one, other, strict=True):
        weight = weights(case.magnitude(x), first, second)
        yield Gap(
            size=float(np.abs(second - first).max()),
            scale=weight.scale,
            rounding=weight.rounding,
            magnitude=weight.magnitude,
            vacuous=case.is_dead(x),
            observed=OthersDifference(x, vector(first), vector(second), derived.factor),
        )
