"""Shapley values, by sampling orders."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from ..claims import CLAIMS
from ..loading.options import Options
from ..protocol import explainer
from ..validation import validated
from .perturbation import mix, outputs_at


@explainer(claims=CLAIMS["shapley-sampling"])
@dataclass(frozen=True, repr=False)
class ShapleySampling(Options):
    """R_i = the mean over some orders π of v(those before i in π, and i) - v(those before i in π).

    Source: Castro et al. 2009; Štrumbelj & Kononenko 2010. v as for ``shapley``. The ``orders`` are drawn from
    ``seed``, the same for all inputs, each with its reverse; the scores sum to f(x) - f(x̃) for any number of them.

    >>> ShapleySampling(orders=100)
    ShapleySampling(orders=100)
    """

    orders: int = 20
    seed: int = 0

    @validated
    def __call__(self, model: nn.Module, inputs: Tensor, target: Tensor, *, baseline: Tensor) -> Tensor:
        """Return the relevance; shapes as in ``Explainer``, the unit is that of f."""
        size = inputs[0].numel()
        ranks = self._ranks(size)
        present = ranks[:, None] < torch.arange(size + 1)[:, None]
        points = mix(inputs, baseline, present.flatten(0, 1).to(inputs.device))
        outputs = outputs_at(model, points, target).reshape(-1, self.orders, size + 1)
        gains = (outputs[..., 1:] - outputs[..., :-1]).gather(2, ranks.to(inputs.device).expand(len(inputs), -1, -1))
        return gains.mean(1).reshape(inputs.shape)

    def _ranks(self, size: int) -> Tensor:
        """Return the place of each variable in each order, (orders, d)."""
        generator = torch.Generator().manual_seed(self.seed)
        drawn = [torch.randperm(size, generator=generator) for _ in range((self.orders + 1) // 2)]
        return torch.stack([turned for order in drawn for turned in (order, size - 1 - order)])[: self.orders]
