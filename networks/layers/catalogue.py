"""The kinds of layers."""

from .adaptiveavgpool import AdaptiveAvgPool
from .attention import Attention
from .avgpool import AvgPool
from .batchnorm import BatchNorm
from .concat import Concat
from .conv import Conv
from .convtranspose import ConvTranspose
from .dropout import Dropout
from .flatten import Flatten
from .gelu import GELU
from .groupnorm import GroupNorm, InstanceNorm
from .hardtanh import Hardtanh
from .layer import Layer
from .leakyrelu import LeakyReLU
from .linear import Linear
from .maxpool import MaxPool
from .norm import LayerNorm, RMSNorm
from .positional import PositionalEncoding
from .prelu import PReLU
from .product import Product
from .relu import ReLU
from .relu6 import ReLU6
from .residual import Residual
from .sigmoid import Sigmoid
from .silu import SiLU
from .softmax import Softmax
from .softplus import Softplus
from .tanh import Tanh

LAYERS: tuple[type[Layer], ...] = (
    *(Linear, ReLU, Flatten, Dropout),
    *(Conv, ConvTranspose, MaxPool, AvgPool, AdaptiveAvgPool),
    *(BatchNorm, Residual, Concat, Softmax),
    *(LeakyReLU, PReLU, ReLU6, Hardtanh),
    *(GELU, SiLU, Sigmoid, Tanh, Softplus),
    *(LayerNorm, RMSNorm, GroupNorm, InstanceNorm, Attention, PositionalEncoding, Product),
)
"""All kinds. From it follow the items of families, what files may hold, what slots draw and shrinking tries first."""


def layer_kinds() -> dict[str, type[Layer]]:
    """Return the layers by all that their data may call them."""
    return {kind: layer for layer in LAYERS for kind in layer.kinds()}
