"""LRP-z⁺."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from .claims import LOGITS
from .lrp import Bias, Part, propagate
from .operations import Affine
from .options import Options
from .protocol import explainer


@explainer(claims={"positivity": LOGITS})
@dataclass(frozen=True, repr=False)
class LRPZPlus(Options):
    """R_i = Σ_j (a_i w_ij)⁺ / (Σ_i (a_i w_ij)⁺ + b_j⁺) · R_j, the positive bias kept or ``"dropped"``.

    Source: Montavon et al. 2017, for activations of any sign as αβ(1, 0) of Bach et al. 2015.

    >>> LRPZPlus()
    LRPZPlus()
    """

    bias: Bias = "kept"

    def __call__(self, model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
        """Return the relevance; shapes as in ``Explainer``, the unit is that of f."""
        return propagate(model, inputs, target, positive, bias=self.bias)


def positive(a: Tensor, layer: Affine) -> list[Part]:
    """Return the positive contributions: positive activations at positive weights, negative at negative ones."""
    bias = layer.bias.clamp(min=0)
    return [
        Part(a.clamp(min=0), layer.weight.clamp(min=0), bias),
        Part(a.clamp(max=0), layer.weight.clamp(max=0), torch.zeros_like(bias)),
    ]
