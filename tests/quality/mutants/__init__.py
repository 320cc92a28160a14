"""Explainers with one planted defect each: a sign, a dropped term, a hook left behind.

Each stands beside the right explainer, which satisfies the axiom in the family in which the mutant is to be caught.
"""

from .mutant import Mutant
from .of_gradients import OF_GRADIENTS
from .of_layers import OF_LAYERS
from .of_lrp import OF_LRP
from .of_manners import OF_MANNERS
from .of_paths import OF_PATHS

MUTANTS: dict[str, Mutant] = OF_GRADIENTS | OF_PATHS | OF_LRP | OF_MANNERS

__all__ = ["MUTANTS", "OF_LAYERS", "Mutant"]
