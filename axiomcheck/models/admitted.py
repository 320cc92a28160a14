"""Which axioms a model of one's own admits, and which draw asks each; the others say what would have to be known."""

from collections.abc import Callable

from .case import ModelCase
from .draws import ModelDraws
from .wiring_draws import combination_case, extra_case, multiple_case, others_case, shift_case

DRAWS: dict[str, Callable[[ModelDraws, bytes], ModelCase]] = {
    "conservation": ModelDraws.inputs_case,
    "continuity": ModelDraws.path_case,
    "implementation_invariance": ModelDraws.twin_case,
    "sensitivity": ModelDraws.single_case,
    "selectivity": extra_case,
    "null_player": extra_case,
    "linearity": combination_case,
    "homogeneity": multiple_case,
    "shift_invariance": shift_case,
    "target_only": others_case,
    "batch_consistency": ModelDraws.inputs_case,
    "determinism": ModelDraws.inputs_case,
    "context": ModelDraws.inputs_case,
    "purity": ModelDraws.inputs_case,
    "same_function": ModelDraws.inputs_case,
    "output_form": ModelDraws.inputs_case,
}
"""How the cases of an axiom are drawn, by its name."""
LACKS = {
    "symmetry": "no two variables are known in which the model is symmetric",
    "demand_monotonicity": "no variable is known in which the model never falls",
    "positivity": "positive scores are promised in families of random networks, not on this model",
}
"""Why there is no case of an axiom, by its name."""
ONE_OUTPUT = {
    "linearity": "the model has one output, and no other to add",
    "target_only": "the model has one output, and no other beside it",
}
"""Why a model of one output has no case of an axiom."""
OTHERWISE = "its cases are drawn from random networks alone"


def lacks(axiom: str, outputs: int) -> str:
    """Return why a model of one's own, of so many outputs, has no case of an axiom, or nothing.

    >>> lacks("continuity", 2), lacks("symmetry", 2)
    ('', 'no two variables are known in which the model is symmetric')
    """
    if axiom in ONE_OUTPUT and outputs < 2:
        return ONE_OUTPUT[axiom]
    return "" if axiom in DRAWS else LACKS.get(axiom, OTHERWISE)


def draw(draws: ModelDraws, axiom: str, block: bytes) -> ModelCase:
    """Return the case of an axiom that a block stands for."""
    return DRAWS[axiom](draws, block)
