"""LRP-γ."""

from dataclasses import dataclass

from torch import Tensor, nn

from ..claims import CLAIMS, NOTHING
from ..graphs.graph import read
from ..graphs.operations import Affine, Share
from ..loading.options import Options
from ..validation import validated
from .lrp import Bias, Part, relevance, sharing


@dataclass(frozen=True, repr=False)
class LRPGamma(Options):
    """R_i = Σ_j a_i (w_ij + γ w_ij⁺) / (Σ_i a_i (w_ij + γ w_ij⁺) + b_j + γ b_j⁺) · R_j.

    Source: Montavon et al. 2019. ``gamma`` has no unit; 0 is LRP-0. A ``"dropped"`` bias has no share in the
    denominator. The weights of a sum or an average are all alike, so that γ changes nothing there.

    >>> LRPGamma(gamma=1.0)
    LRPGamma(gamma=1.0)
    """

    gamma: float = 0.25
    bias: Bias = "kept"

    @property
    def __axiomcheck__(self) -> dict[str, object]:
        """What it says of itself."""
        name = "lrp-gamma" if self.bias == "kept" else "lrp-gamma, bias dropped"
        return {"claims": CLAIMS[name] if self.gamma > 0 else NOTHING}

    @validated
    def __call__(self, model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
        """Return the relevance; shapes as in ``Explainer``, the unit is that of f."""
        share = self.share
        return relevance(*read(model, inputs), target, lambda _: share)

    @property
    def share(self) -> Share:
        """The share that a layer gives back, for one of its own in composites."""
        return sharing(self._favouring_positive, bias=self.bias)

    def _favouring_positive(self, a: Tensor, layer: Affine) -> list[Part]:
        weight, bias = (w + self.gamma * w.clamp(min=0) for w in layer)
        return [Part(a, weight, bias)]
