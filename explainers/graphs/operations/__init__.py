"""What a model is made of: the few kinds of operation that explanations are propagated through, one a file."""

from .activation import RELU, Activation, ReLU
from .affine_map import Affine, AffineMap, Backward, Share
from .curve import Curve
from .impassable import Impassable, Unknown
from .layer import Layer
from .max_pool import MaxPool
from .operation import Change, Linear, MeanSlopes, Messages, Operation, PiecewiseLinear, ReluRule, SignedChange
from .product import Product
from .rearrangement import Rearrangement
from .shape import Shape
from .softmax import Softmax

__all__ = [
    "RELU",
    "Activation",
    "Affine",
    "AffineMap",
    "Backward",
    "Change",
    "Curve",
    "Impassable",
    "Layer",
    "Linear",
    "MaxPool",
    "MeanSlopes",
    "Messages",
    "Operation",
    "PiecewiseLinear",
    "Product",
    "ReLU",
    "Rearrangement",
    "ReluRule",
    "Shape",
    "Share",
    "SignedChange",
    "Softmax",
    "Unknown",
]
