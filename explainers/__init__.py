"""The explainers: what is judged. Loading this package loads no library; ``locate`` loads what is asked for."""

from .catalogue import CATALOGUE
from .locate import Located, locate
from .protocol import Declaration, Explainer, Unsupported, declaration, explainer

__all__ = [
    "CATALOGUE",
    "Declaration",
    "Explainer",
    "Located",
    "Unsupported",
    "declaration",
    "explainer",
    "locate",
]
