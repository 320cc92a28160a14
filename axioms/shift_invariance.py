"""Shift invariance: where the zero of an input is does not matter."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..networks import Family, Vector
from ..networks.derivations import Shifted
from ..strategies.related import shifted_inputs
from .arithmetic import weights
from .axiom import Explain, Gap, Rejected, axiom, generic
from .observation import Difference, vector
from .subject import SubjectCase


@dataclass(frozen=True)
class ShiftedDifference(Difference):
    """The scores of f, and ``other`` ones of g, which is said in words, at the input ``moved`` (d,)."""

    moved: Vector
    shifted: str
    says: ClassVar[str] = "at x = {x} the scores of f are {relevance}, those of g(x) = {shifted} at {moved} are {other}"
    labels: ClassVar[Mapping[str, str]] = {"relevance": "of f at x", "other": "of g, moved"}


def _no_biases(family: Family) -> str:
    return "a shift of the input moves biases, and there are none" if family.bias == "none" else ""


@axiom(
    cites="Kindermans et al. 2017 (input invariance)",
    draws=shifted_inputs,
    observes=ShiftedDifference,
    verb="is shift-invariant",
    group="further",
    lacks=_no_biases,
)
def shift_invariance(explain: Explain, case: SubjectCase) -> Iterator[Gap]:
    """If g(x) = f(x + s), g gets at x - s, from the baseline less s, what f gets at x."""
    derived = case.derivation
    if not isinstance(derived, Shifted):
        raise Rejected("no bias takes a shift of the input in")
    case = generic(case, explain)
    subject, shifted = case.subjects
    moved = [derived.moved(x) for x in case.inputs]
    one = explain(subject, np.array(case.inputs))
    other = explain(shifted, np.array(moved), baseline=np.array(derived.moved(case.baseline)))
    for x, at, first, second in zip(case.inputs, moved, one, other, strict=True):
        weight = weights(case.magnitude(x), first, second)
        yield Gap(
            size=float(np.abs(first - second).max()),
            scale=weight.scale,
            rounding=weight.rounding,
            magnitude=weight.magnitude,
            vacuous=case.is_dead(x),
            observed=ShiftedDifference(x, vector(first), vector(second), at, derived.formula),
        )
