"""Item: what a family may be made of, and how people speak of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """``description`` says what it is; ``noun`` is what a family is without, ``clause`` what breaks an axiom.

    They read as in "without max pools" and "once there is a max pool". What ``is_curved`` is no ReLU and not
    homogeneous: a family with it has any biases and any output.
    """

    name: str
    description: str
    noun: str = ""
    clause: str = ""
    is_curved: bool = False


MLP = Item("mlp", "chains of Linear and ReLU; in every family")
CONV = Item(
    "conv",
    "convolutions over one and two dimensions: stride, padding, groups",
    "convolutions",
    "there is a convolution",
)
CONVTRANSPOSE = Item(
    "convtranspose", "transposed convolutions", "transposed convolutions", "there is a transposed convolution"
)
MAXPOOL = Item("maxpool", "max pools, with windows apart and overlapping", "max pools", "there is a max pool")
AVGPOOL = Item("avgpool", "average and adaptive average pools", "average pools", "there is an average pool")
BATCHNORM = Item(
    "batchnorm",
    "batch normalisation in evaluation mode",
    "batch normalisation",
    "there is a batch normalisation",
)
RESIDUAL = Item("residual", "residual sums", "residual sums", "there is a residual sum")
CONCAT = Item("concat", "concatenations along the channels", "concatenations", "there is a concatenation")
SOFTMAX = Item("softmax", "a softmax at the end", "a softmax", "there is a softmax", is_curved=True)
LEAKY = Item(
    "leaky",
    "LeakyReLU, PReLU, ReLU6, Hardtanh",
    "leaky or bounded activations",
    "an activation is leaky or bounded",
)
