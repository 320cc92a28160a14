"""What theory says of explainers, axioms and families: data, with proofs and sources.

What holds has a proof, what fails a counterexample by hand; what stands in neither is left open. What fails in a family
fails in every wider one, what holds in a family holds in every narrower one.
"""

from .of_captum import CAPTUM
from .of_functions import FUNCTIONS
from .of_gradients import GRADIENTS
from .of_lrp import LRP
from .of_rules import RULES
from .statement import Statement, by_sample, narrowest, on_perceptrons, one_each, widest

STATEMENTS: tuple[Statement, ...] = (*FUNCTIONS, *GRADIENTS, *LRP, *RULES, *CAPTUM)

HOLDS = [cell for statement in STATEMENTS for cell in statement.cells(statement.holds)]
FAILS = [cell for statement in STATEMENTS for cell in statement.cells(statement.fails)]

__all__ = [
    "FAILS",
    "HOLDS",
    "STATEMENTS",
    "Statement",
    "by_sample",
    "narrowest",
    "on_perceptrons",
    "one_each",
    "widest",
]
