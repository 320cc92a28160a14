"""The flat rule."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from ..claims import CLAIMS
from ..graphs.operations import Affine
from ..loading.options import Options
from ..validation import validated
from .lrp import Part
from .lrp_below import propagate_below
from .lrp_z_plus import positive


@dataclass(frozen=True, repr=False)
class LRPFlat(Options):
    """R_i = Σ_j 1 / Σ_i 1 · R_j over what neuron j reads, in the layers that read the input; LRP-z⁺ above them.

    Source: Lapuschkin et al. 2019. With ``everywhere`` each affine layer shares so. The inputs' values have no part in
    it, and nothing is lost; a padding is no input.

    >>> LRPFlat(everywhere=True)
    LRPFlat(everywhere=True)
    """

    everywhere: bool = False

    @property
    def __axiomcheck__(self) -> dict[str, object]:
        """What it says of itself."""
        return {"claims": CLAIMS["lrp-flat, everywhere" if self.everywhere else "lrp-flat"]}

    @validated
    def __call__(self, model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
        """Return the relevance; shapes as in ``Explainer``, the unit is that of f."""
        return propagate_below(model, inputs, target, flat, positive if not self.everywhere else flat)


def flat(a: Tensor, layer: Affine) -> list[Part]:
    """Return contributions of 1 from each input, whatever its value."""
    return [Part(torch.ones_like(a), torch.ones_like(layer.weight), None)]
