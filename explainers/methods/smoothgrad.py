"""SmoothGrad."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from ..claims import CLAIMS
from ..loading.options import Options
from ..protocol import explainer
from ..validation import validated
from .input_gradient import input_gradient


@explainer(conserves=None, claims=CLAIMS["smoothgrad"])
@dataclass(frozen=True, repr=False)
class SmoothGrad(Options):
    """R_i = the mean of ∂f/∂x_i (x + σ n_k) over ``samples`` normal n_k, drawn from ``seed``, the same for all inputs.

    Source: Smilkov et al. 2017. ``sigma`` has the unit of x.

    >>> SmoothGrad(sigma=0.5)
    SmoothGrad(sigma=0.5)
    """

    sigma: float = 0.25
    samples: int = 50
    seed: int = 0

    @validated
    def __call__(self, model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
        """Return the relevance; shapes as in ``Explainer``, the unit is that of f/x."""
        generator = torch.Generator().manual_seed(self.seed)
        noise = torch.randn(self.samples, *inputs.shape[1:], generator=generator, dtype=torch.float64).to(inputs)
        points = (inputs.detach()[:, None] + self.sigma * noise).flatten(0, 1)
        gradients = input_gradient(model, points, target.repeat_interleave(self.samples))
        return gradients.reshape(-1, *noise.shape).mean(1)
