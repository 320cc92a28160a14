"""LRP-γ."""

from dataclasses import dataclass

from torch import Tensor, nn

from .chain import Affine
from .lrp import Part, propagate


@dataclass(frozen=True)
class LRPGamma:
    """R_i = Σ_j a_i (w_ij + γ w_ij⁺) / (Σ_i a_i (w_ij + γ w_ij⁺) + b_j + γ b_j⁺) · R_j.

    Source: Montavon et al. 2019. ``gamma`` has no unit; 0 is LRP-0.

    >>> LRPGamma(gamma=1.0)
    LRPGamma(gamma=1.0)
    """

    gamma: float = 0.25

    def __call__(self, model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
        """Return the relevance; shapes as in ``Explainer``, the unit is that of f."""
        return propagate(model, inputs, target, self._favouring_positive)

    def _favouring_positive(self, a: Tensor, layer: Affine) -> list[Part]:
        weight, bias = (w + self.gamma * w.clamp(min=0) for w in layer)
        return [Part(a, weight, bias)]
