"""The layers as plain values, one kind a file."""

from .activation import Activation
from .adaptiveavgpool import AdaptiveAvgPool
from .attention import Attention
from .avgpool import AvgPool
from .batchnorm import BatchNorm
from .block import Block, as_block
from .catalogue import LAYERS, layer_kinds
from .concat import Concat
from .conv import Conv
from .convolution import Convolution
from .convtranspose import ConvTranspose
from .dropout import Dropout
from .flatten import Flatten
from .gelu import GELU
from .groupnorm import GroupNorm, InstanceNorm
from .hardtanh import Hardtanh
from .item import Item
from .layer import Branch, Layer
from .leakyrelu import LeakyReLU
from .linear import Linear, Matrix
from .maxpool import MaxPool
from .norm import LayerNorm, RMSNorm
from .origin import Shape
from .pool import Pool
from .positional import PositionalEncoding
from .prelu import PReLU
from .product import Product
from .relu import ReLU
from .relu6 import ReLU6
from .residual import Residual
from .sequence import after
from .sigmoid import Sigmoid
from .silu import SiLU
from .smooth import SmoothActivation
from .softmax import Softmax
from .softplus import Softplus
from .tanh import Tanh
from .values import Array, Vector, frozen
from .weighted import Weighted, as_weighted

__all__ = [
    "GELU",
    "LAYERS",
    "Activation",
    "AdaptiveAvgPool",
    "Array",
    "Attention",
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
    "GroupNorm",
    "Hardtanh",
    "InstanceNorm",
    "Item",
    "Layer",
    "LayerNorm",
    "LeakyReLU",
    "Linear",
    "Matrix",
    "MaxPool",
    "PReLU",
    "Pool",
    "PositionalEncoding",
    "Product",
    "RMSNorm",
    "ReLU",
    "ReLU6",
    "Residual",
    "Shape",
    "SiLU",
    "Sigmoid",
    "SmoothActivation",
    "Softmax",
    "Softplus",
    "Tanh",
    "Vector",
    "Weighted",
    "after",
    "as_block",
    "as_weighted",
    "frozen",
    "layer_kinds",
]
