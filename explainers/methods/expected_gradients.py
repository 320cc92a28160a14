"""Expected gradients."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from ..claims import CLAIMS
from ..loading.options import Options
from ..protocol import explainer
from ..validation import validated
from .integrated_gradients import IntegratedGradients


@explainer(conserves=None, claims=CLAIMS["expected-gradients"])
@dataclass(frozen=True, repr=False)
class ExpectedGradients(Options):
    """R_i = the mean of the integrated gradients of x from references x̃ + σ n_k, n_k normal.

    Source: Erion et al. 2021, the integral over the way exact where that of ``IntegratedGradients`` is. The scores sum
    to f(x) less the mean of f over the references. Those are ``samples``, drawn from ``seed``, the same for all inputs;
    ``sigma`` has the unit of x.

    >>> ExpectedGradients(sigma=0.5)
    ExpectedGradients(sigma=0.5)
    """

    sigma: float = 1.0
    samples: int = 20
    seed: int = 0

    @validated
    def __call__(self, model: nn.Module, inputs: Tensor, target: Tensor, *, baseline: Tensor) -> Tensor:
        """Return the relevance; shapes as in ``Explainer``, the unit is that of f."""
        generator = torch.Generator().manual_seed(self.seed)
        noise = torch.randn(self.samples, *inputs.shape[1:], generator=generator, dtype=torch.float64).to(inputs)
        starts = (baseline.detach()[:, None] + self.sigma * noise).flatten(0, 1)
        repeated, targets = (of.repeat_interleave(self.samples, 0) for of in (inputs.detach(), target))
        scores = IntegratedGradients()(model, repeated, targets, baseline=starts)
        return scores.reshape(-1, *noise.shape).mean(1)
