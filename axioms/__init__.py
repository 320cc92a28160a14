"""The axioms: what must hold of an explanation."""

from .axiom import Axiom, Curve, Explain, Gap, Rejected
from .batch_consistency import batch_consistency
from .call_record import CallRecord, Trouble
from .conservation import conservation
from .context import context
from .continuity import continuity
from .demand_monotonicity import demand_monotonicity
from .determinism import determinism
from .homogeneity import homogeneity
from .implementation_invariance import implementation_invariance
from .linearity import linearity
from .null_player import null_player
from .observation import CallError, MethodDifference, Observation
from .output_form import output_form
from .positivity import positivity
from .purity import purity
from .same_function import same_function
from .selectivity import selectivity
from .sensitivity import sensitivity
from .shift_invariance import shift_invariance
from .symmetry import symmetry
from .target_only import target_only

AXIOMS: dict[str, Axiom] = {
    axiom.name: axiom
    for axiom in (
        conservation,
        continuity,
        implementation_invariance,
        selectivity,
        null_player,
        sensitivity,
        symmetry,
        linearity,
        homogeneity,
        positivity,
        shift_invariance,
        demand_monotonicity,
        target_only,
        batch_consistency,
        determinism,
        context,
        purity,
        same_function,
        output_form,
    )
}

OBSERVATIONS: dict[str, type[Observation]] = {
    kind.__name__: kind for kind in (*(axiom.observes for axiom in AXIOMS.values()), MethodDifference, CallError)
}
"""What there may be to say of a violation, by name."""

__all__ = [
    "AXIOMS",
    "OBSERVATIONS",
    "Axiom",
    "CallError",
    "CallRecord",
    "Curve",
    "Explain",
    "Gap",
    "MethodDifference",
    "Observation",
    "Rejected",
    "Trouble",
    "batch_consistency",
    "conservation",
    "context",
    "continuity",
    "demand_monotonicity",
    "determinism",
    "homogeneity",
    "implementation_invariance",
    "linearity",
    "null_player",
    "output_form",
    "positivity",
    "purity",
    "same_function",
    "selectivity",
    "sensitivity",
    "shift_invariance",
    "symmetry",
    "target_only",
]
