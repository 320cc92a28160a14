"""The axioms: what must hold of an explanation."""

from .axiom import Axiom, Explain, Gap, Rejected
from .conservation import conservation
from .continuity import continuity
from .implementation_invariance import implementation_invariance
from .selectivity import selectivity

AXIOMS: dict[str, Axiom] = {
    axiom.name: axiom for axiom in (conservation, continuity, implementation_invariance, selectivity)
}

__all__ = [
    "AXIOMS",
    "Axiom",
    "Explain",
    "Gap",
    "Rejected",
    "conservation",
    "continuity",
    "implementation_invariance",
    "selectivity",
]
