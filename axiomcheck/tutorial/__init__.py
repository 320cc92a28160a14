"""The tutorial *Validating Explanations* (Samek, Montavon & Müller), slide by slide, each claim found by search."""

from collections.abc import Callable

from .depth import explosion, shattered, sums
from .invariance import implementations, two_maxima
from .methods import equivalence, lrp, roots, selection
from .motion import continuity
from .properties import blind_spot, properties
from .slide import Slide

SLIDES: tuple[Callable[[], Slide], ...] = (
    *(lrp, roots, equivalence, selection, properties, sums),
    *(explosion, continuity, shattered, two_maxima, implementations, blind_spot),
)
"""In the order of the slides."""

__all__ = ["SLIDES", "Slide"]
