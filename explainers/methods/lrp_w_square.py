"""The w² rule."""

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
class LRPWSquare(Options):
    """R_i = Σ_j w_ij² / Σ_i w_ij² · R_j, in the layers that read the input; LRP-z⁺ above them.

    Source: Montavon et al. 2017: the nearest root of a layer whose inputs are any real numbers. With ``everywhere``
    each affine layer shares so. The inputs' values have no part in it, and nothing is lost; a padding is no input.

    >>> LRPWSquare(everywhere=True)
    LRPWSquare(everywhere=True)
    """

    everywhere: bool = False

    @property
    def __axiomcheck__(self) -> dict[str, object]:
        """What it says of itself."""
        return {"claims": CLAIMS["lrp-w-square, everywhere" if self.everywhere else "lrp-w-square"]}

    @validated
    def __call__(self, model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
        """Return the relevance; shapes as in ``Explainer``, the unit is that of f."""
        return propagate_below(model, inputs, target, squares, positive if not self.everywhere else squares)


def squares(a: Tensor, layer: Affine) -> list[Part]:
    """Return contributions of w² from each input, whatever its value."""
    return [Part(torch.ones_like(a), layer.weight**2, None)]
