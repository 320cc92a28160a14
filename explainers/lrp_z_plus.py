"""LRP-z⁺."""

from dataclasses import dataclass

from torch import Tensor, nn

from .chain import Affine
from .lrp import Part, propagate


@dataclass(frozen=True)
class LRPZPlus:
    """R_i = Σ_j (a_i w_ij)⁺ / (Σ_i (a_i w_ij)⁺ + b_j⁺) · R_j: positive contributions, the positive bias kept.

    Source: Montavon et al. 2017, for activations of any sign as αβ(1, 0) of Bach et al. 2015.

    >>> LRPZPlus()
    LRPZPlus()
    """

    def __call__(self, model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
        """Return the relevance; shapes as in ``Explainer``, the unit is that of f."""
        return propagate(model, inputs, target, _positive)


def _positive(a: Tensor, layer: Affine) -> list[Part]:
    bias = layer.bias.clamp(min=0)
    return [
        Part(a.clamp(min=0), layer.weight.clamp(min=0), bias),
        Part(a.clamp(max=0), layer.weight.clamp(max=0), bias.new_zeros(())),
    ]
