"""Which axioms a model of one's own admits, and which draw asks each; the others say what would have to be known."""

from collections.abc import Callable

from .case import ModelCase
from .draws import ModelDraws

DRAWS: dict[str, Callable[[ModelDraws, bytes], ModelCase]] = {
    "conservation": ModelDraws.inputs_case,
    "continuity": ModelDraws.path_case,
    "implementation_invariance": ModelDraws.twin_case,
    "sensitivity": ModelDraws.single_case,
    "batch_consistency": ModelDraws.inputs_case,
    "determinism": ModelDraws.inputs_case,
    "context": ModelDraws.inputs_case,
    "purity": ModelDraws.inputs_case,
    "same_function": ModelDraws.inputs_case,
    "output_form": ModelDraws.inputs_case,
}
"""How the cases of an axiom are drawn, by its name."""
LACKS = {
    "selectivity": "no variable is known on which the model does not depend",
    "null_player": "no variable is known on which the model does not depend",
    "symmetry": "no two variables are known in which the model is symmetric",
    "demand_monotonicity": "no variable is known in which the model never falls",
    "positivity": "positive scores are promised in families of random networks, not on this model",
    "linearity": "no sum of outputs is made of a model of one's own yet; ask about random networks",
    "target_only": "no outputs of a model of one's own are scaled yet; ask about random networks",
    "homogeneity": "no multiple is made of a model of one's own yet; ask about random networks",
    "shift_invariance": "no shifted one is made of a model of one's own yet; ask about random networks",
}
"""Why there is no case of an axiom, by its name."""
OTHERWISE = "its cases are drawn from random networks alone"


def lacks(axiom: str) -> str:
    """Return why a model of one's own has no case of an axiom, or nothing.

    >>> lacks("continuity"), lacks("symmetry")
    ('', 'no two variables are known in which the model is symmetric')
    """
    return "" if axiom in DRAWS else LACKS.get(axiom, OTHERWISE)


def draw(draws: ModelDraws, axiom: str, block: bytes) -> ModelCase:
    """Return the case of an axiom that a block stands for."""
    return DRAWS[axiom](draws, block)
