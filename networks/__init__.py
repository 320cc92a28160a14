"""The ground: networks, families, paths, twins and cases as plain values, without torch or Hypothesis."""

from .case import Case
from .errors import AxiomcheckError, DoesNotApply, UnknownName
from .family import Family
from .ingredients import lacks, without_ingredients
from .kinks import Kink
from .layers import (
    GELU,
    AdaptiveAvgPool,
    Array,
    AvgPool,
    BatchNorm,
    Block,
    Branch,
    Concat,
    Conv,
    ConvTranspose,
    Dropout,
    Flatten,
    Hardtanh,
    Layer,
    LayerNorm,
    LeakyReLU,
    Linear,
    MaxPool,
    PReLU,
    ReLU,
    ReLU6,
    Residual,
    RMSNorm,
    Shape,
    Sigmoid,
    SiLU,
    Softmax,
    Softplus,
    Tanh,
    Vector,
)
from .network import Network
from .path import Path
from .rewrites import REWRITES, Rewrite
from .shrinking import simpler_cases
from .style import Style
from .twin import Twin

__all__ = [
    "GELU",
    "REWRITES",
    "AdaptiveAvgPool",
    "Array",
    "AvgPool",
    "AxiomcheckError",
    "BatchNorm",
    "Block",
    "Branch",
    "Case",
    "Concat",
    "Conv",
    "ConvTranspose",
    "DoesNotApply",
    "Dropout",
    "Family",
    "Flatten",
    "Hardtanh",
    "Kink",
    "Layer",
    "LayerNorm",
    "LeakyReLU",
    "Linear",
    "MaxPool",
    "Network",
    "PReLU",
    "Path",
    "RMSNorm",
    "ReLU",
    "ReLU6",
    "Residual",
    "Rewrite",
    "Shape",
    "SiLU",
    "Sigmoid",
    "Softmax",
    "Softplus",
    "Style",
    "Tanh",
    "Twin",
    "UnknownName",
    "Vector",
    "lacks",
    "simpler_cases",
    "without_ingredients",
]
