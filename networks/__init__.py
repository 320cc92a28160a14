"""The ground: networks, families, paths, twins and cases as plain values, without torch or Hypothesis."""

from .case import Case
from .errors import AxiomcheckError, DoesNotApply, UnknownName
from .family import Family
from .kinks import Kink
from .layers import Array, Layer, Linear, ReLU, Vector
from .network import Network
from .path import Path
from .rewrites import REWRITES, Rewrite
from .simpler import simpler_cases
from .twin import Twin

__all__ = [
    "REWRITES",
    "Array",
    "AxiomcheckError",
    "Case",
    "DoesNotApply",
    "Family",
    "Kink",
    "Layer",
    "Linear",
    "Network",
    "Path",
    "ReLU",
    "Rewrite",
    "Twin",
    "UnknownName",
    "Vector",
    "simpler_cases",
]
