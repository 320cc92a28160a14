"""LRP-0."""

from dataclasses import dataclass

from torch import Tensor, nn

from .lrp import Part, propagate


@dataclass(frozen=True)
class LRP0:
    """R_i = Σ_j a_i w_ij / (Σ_i a_i w_ij + b_j) · R_j, the bias kept in the denominator.

    Source: Bach et al. 2015. A pre-activation of exactly 0 ends its relevance. Off those it is gradient × input.

    >>> LRP0()
    LRP0()
    """

    def __call__(self, model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
        """Return the relevance; shapes as in ``Explainer``, the unit is that of f."""
        return propagate(model, inputs, target, lambda a, layer: [Part(a, *layer)])
