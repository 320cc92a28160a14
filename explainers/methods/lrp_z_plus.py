"""LRP-z⁺."""

from dataclasses import dataclass

from torch import Tensor, nn

from ..claims import CLAIMS
from ..graphs.operations import Affine
from ..loading.options import Options
from ..validation import validated
from .lrp import Bias, Part, propagate


@dataclass(frozen=True, repr=False)
class LRPZPlus(Options):
    """R_i = Σ_j (a_i w_ij)⁺ / (Σ_i (a_i w_ij)⁺ + b_j⁺) · R_j, the positive bias kept or ``"dropped"``.

    Source: Montavon et al. 2017, for activations of any sign as αβ(1, 0) of Bach et al. 2015.

    >>> LRPZPlus()
    LRPZPlus()
    """

    bias: Bias = "kept"

    @property
    def __axiomcheck__(self) -> dict[str, object]:
        """What it says of itself."""
        return {"claims": CLAIMS["lrp-z-plus" if self.bias == "kept" else "lrp-z-plus, bias dropped"]}

    @validated
    def __call__(self, model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
        """Return the relevance; shapes as in ``Explainer``, the unit is that of f."""
        return propagate(model, inputs, target, positive, bias=self.bias)


def positive(a: Tensor, layer: Affine) -> list[Part]:
    """Return the positive contributions: positive activations at positive weights, negative at negative ones."""
    weight, bias = (w.clamp(min=0) for w in layer)
    if a.min() >= 0:
        return [Part(a, weight, bias)]
    return [Part(a.clamp(min=0), weight, bias), Part(a.clamp(max=0), layer.weight.clamp(max=0), None)]
