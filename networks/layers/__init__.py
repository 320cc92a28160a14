"""The layers as plain values, one family of them a file."""

from .activations import Activation, Hardtanh, LeakyReLU, PReLU, ReLU, ReLU6, Softmax
from .blocks import Block, Branch, Concat, Flatten, Residual, after
from .convolution import Conv, Convolution, ConvTranspose
from .layer import Array, Layer, Shape, Vector, frozen
from .linear import Linear, Matrix
from .normalisation import BatchNorm, Dropout
from .pooling import AdaptiveAvgPool, AvgPool, MaxPool, Pool

__all__ = [
    "Activation",
    "AdaptiveAvgPool",
    "Array",
    "AvgPool",
    "BatchNorm",
    "Block",
    "Branch",
    "Concat",
    "Conv",
    "ConvTranspose",
    "Convolution",
    "Dropout",
    "Flatten",
    "Hardtanh",
    "Layer",
    "LeakyReLU",
    "Linear",
    "Matrix",
    "MaxPool",
    "PReLU",
    "Pool",
    "ReLU",
    "ReLU6",
    "Residual",
    "Shape",
    "Softmax",
    "Vector",
    "after",
    "frozen",
]
