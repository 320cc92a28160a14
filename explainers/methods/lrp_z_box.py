"""The zᴮ rule."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from ..claims import CLAIMS, NOTHING
from ..graphs.operations import Affine
from ..loading.options import Options
from ..validation import validated
from .lrp import Part
from .lrp_below import propagate_below
from .lrp_z_plus import positive


@dataclass(frozen=True, repr=False)
class LRPZBox(Options):
    """R_i = Σ_j (x_i w_ij - l w_ij⁺ - h w_ij⁻) / Σ_i (x_i w_ij - l w_ij⁺ - h w_ij⁻) · R_j, with LRP-z⁺ above.

    Source: Montavon et al. 2017, for the layers that read an input within l ≤ x ≤ h. ``low`` and ``high`` have the unit
    of the input; beyond them the formula is computed as it stands.

    >>> LRPZBox(low=0.0, high=1.0)
    LRPZBox(low=0.0, high=1.0)
    """

    low: float = -128.0
    high: float = 128.0

    @property
    def __axiomcheck__(self) -> dict[str, object]:
        """What it says of itself, where the box holds all inputs that are drawn."""
        return {"claims": CLAIMS["lrp-z-box"] if self.low <= -128 and self.high >= 128 else NOTHING}

    @validated
    def __call__(self, model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
        """Return the relevance; shapes as in ``Explainer``, the unit is that of f."""
        return propagate_below(model, inputs, target, self.boxed, positive)

    def boxed(self, x: Tensor, layer: Affine) -> list[Part]:
        """Return what the input contributes beyond the corner of the box that a neuron likes least."""
        return [
            Part(x, layer.weight, None),
            Part(torch.full_like(x, -self.low), layer.weight.clamp(min=0), None),
            Part(torch.full_like(x, -self.high), layer.weight.clamp(max=0), None),
        ]
