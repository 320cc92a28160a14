"""The explainers: what is judged. Loading this package loads no library; ``locate`` loads what is asked for."""

from .loading.catalogue import CATALOGUE
from .loading.locate import Located, locate
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
