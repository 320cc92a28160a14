"""The axioms: what must hold of an explanation."""

from .axiom import Axiom, Curve, Explain, Gap, Rejected
from .batch_consistency import batch_consistency
from .conservation import conservation
from .continuity import continuity
from .demand_monotonicity import demand_monotonicity
from .determinism import determinism
from .homogeneity import homogeneity
from .implementation_invariance import implementation_invariance
from .linearity import linearity
from .null_player import null_player
from .observation import Observation, Trouble
from .output_form import output_form
from .positivity import positivity
from .purity import purity
from .same_function import same_function
from .selectivity import selectivity
from .sensitivity import sensitivity
from .shift_invariance import shift_invariance
from .symmetry import symmetry

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
        batch_consistency,
        determinism,
        purity,
        same_function,
        output_form,
    )
}

__all__ = [
    "AXIOMS",
    "Axiom",
    "Curve",
    "Explain",
    "Gap",
    "Observation",
    "Rejected",
    "Trouble",
    "batch_consistency",
    "conservation",
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
]
