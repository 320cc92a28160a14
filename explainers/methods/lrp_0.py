"""LRP-0."""

from dataclasses import dataclass

from torch import Tensor, nn

from ..claims import CLAIMS
from ..loading.options import Options
from ..validation import validated
from .lrp import Bias, Part, propagate


@dataclass(frozen=True, repr=False)
class LRP0(Options):
    """R_i = Σ_j a_i w_ij / (Σ_i a_i w_ij + b_j) · R_j, the bias kept in the denominator, or ``"dropped"``.

    Source: Bach et al. 2015. A pre-activation of exactly 0 ends its relevance. Off those it is gradient × input, if the
    bias is kept and no ReLU6 or Hardtanh is beyond its bounds.

    >>> LRP0(bias="dropped")
    LRP0(bias='dropped')
    """

    bias: Bias = "kept"

    @property
    def __axiomcheck__(self) -> dict[str, object]:
        """What it says of itself."""
        return {"claims": CLAIMS["lrp-0" if self.bias == "kept" else "lrp-0, bias dropped"]}

    @validated
    def __call__(self, model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
        """Return the relevance; shapes as in ``Explainer``, the unit is that of f."""
        return propagate(model, inputs, target, lambda a, layer: [Part(a, *layer)], bias=self.bias)
