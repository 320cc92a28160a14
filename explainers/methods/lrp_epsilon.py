"""LRP-ε."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from ..claims import CLAIMS, NOTHING
from ..graphs.graph import read
from ..graphs.operations import Share
from ..loading.options import Options
from ..validation import validated
from .lrp import Bias, Part, exactly, relevance, sharing


@dataclass(frozen=True, repr=False)
class LRPEpsilon(Options):
    """R_i = Σ_j a_i w_ij / (z_j + ε·sign(z_j)) · R_j, with z_j = Σ_i a_i w_ij + b_j and sign(0) = 1; ε = 0 is LRP-0.

    Source: Bach et al. 2015. ``epsilon`` has the unit of the pre-activations; a ``"dropped"`` bias has no share in z.

    >>> LRPEpsilon(epsilon=0.5)
    LRPEpsilon(epsilon=0.5)
    """

    epsilon: float = 0.1
    bias: Bias = "kept"

    @property
    def __axiomcheck__(self) -> dict[str, object]:
        """What it says of itself."""
        return {"claims": CLAIMS["lrp-epsilon"] if self.epsilon > 0 and self.bias == "kept" else NOTHING}

    @validated
    def __call__(self, model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
        """Return the relevance; shapes as in ``Explainer``, the unit is that of f."""
        share = self.share
        return relevance(*read(model, inputs), target, lambda _: share)

    @property
    def share(self) -> Share:
        """The share that a layer gives back, for one of its own in composites."""
        return sharing(lambda a, layer: [Part(a, *layer)], self._stabilised, self.bias)

    def _stabilised(self, z: Tensor) -> Tensor:
        if not self.epsilon:
            return exactly(z)
        return torch.add(z, torch.copysign(torch.ones_like(z), z), alpha=self.epsilon)  # nothing adds up to -0.0
