"""LRP-ε."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from .lrp import Part, propagate


@dataclass(frozen=True)
class LRPEpsilon:
    """R_i = Σ_j a_i w_ij / (z_j + ε·sign(z_j)) · R_j, with z_j = Σ_i a_i w_ij + b_j and sign(0) = 1.

    Source: Bach et al. 2015. ``epsilon`` has the unit of the pre-activations.

    >>> LRPEpsilon(epsilon=0.5)
    LRPEpsilon(epsilon=0.5)
    """

    epsilon: float = 0.1

    def __call__(self, model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
        """Return the relevance; shapes as in ``Explainer``, the unit is that of f."""
        return propagate(model, inputs, target, lambda a, layer: [Part(a, *layer)], self._stabilised)

    def _stabilised(self, z: Tensor) -> Tensor:
        return z + self.epsilon * torch.where(z < 0, -1.0, 1.0).to(z)
