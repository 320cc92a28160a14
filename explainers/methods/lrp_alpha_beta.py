"""LRP-αβ."""

from dataclasses import dataclass

from torch import Tensor, nn

from ..claims import CLAIMS, LOGITS, NOTHING, promise
from ..graphs.graph import read
from ..graphs.operations import Affine, AffineMap
from ..loading.options import Options
from ..validation import validated
from .lrp import Bias, Part, relevance, sharing
from .lrp_z_plus import positive


@dataclass(frozen=True, repr=False)
class LRPAlphaBeta(Options):
    """R_i = Σ_j (α (a_i w_ij)⁺ / (Σ_i (a_i w_ij)⁺ + b_j⁺) - β (a_i w_ij)⁻ / (Σ_i (a_i w_ij)⁻ + b_j⁻)) · R_j.

    Source: Bach et al. 2015, who ask for α - β = 1. αβ(1, 0) is LRP-z⁺. Neither option has a unit. A ``"dropped"`` bias
    has no share in the denominators.

    >>> LRPAlphaBeta(alpha=1.5, beta=0.5)
    LRPAlphaBeta(alpha=1.5, beta=0.5)
    """

    alpha: float = 2.0
    beta: float = 1.0
    bias: Bias = "kept"

    @property
    def __axiomcheck__(self) -> dict[str, object]:
        """What it says of itself: αβ(1, 0) is z⁺, and the scores are positive without negative contributions."""
        if (self.alpha, self.beta) == (1, 0):
            return {"claims": CLAIMS["lrp-z-plus" if self.bias == "kept" else "lrp-z-plus, bias dropped"]}
        return {"claims": promise(LOGITS, "positivity") if self.alpha >= 0 and self.beta == 0 else NOTHING}

    @validated
    def __call__(self, model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
        """Return the relevance; shapes as in ``Explainer``, the unit is that of f."""
        excited, inhibited = sharing(positive, bias=self.bias), sharing(_negative, bias=self.bias)

        def share(layer: AffineMap, a: Tensor, message: Tensor) -> Tensor:
            return self.alpha * excited(layer, a, message) - self.beta * inhibited(layer, a, message)

        return relevance(*read(model, inputs), target, lambda _: share)


def _negative(a: Tensor, layer: Affine) -> list[Part]:
    weight, bias = (w.clamp(max=0) for w in layer)
    if a.min() >= 0:
        return [Part(a, weight, bias)]
    return [Part(a.clamp(min=0), weight, bias), Part(a.clamp(max=0), layer.weight.clamp(min=0), None)]
