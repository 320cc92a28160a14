"""Shapley values, exact."""

from math import comb

import torch
from torch import Tensor, nn

from ..claims import CLAIMS
from ..protocol import Unsupported, explainer
from ..validation import validated
from .perturbation import mix, outputs_at

MOST = 16
"""The number of variables up to which all coalitions are asked."""


@explainer(claims=CLAIMS["shapley"])
@validated
def shapley(model: nn.Module, inputs: Tensor, target: Tensor, *, baseline: Tensor) -> Tensor:
    """Return R_i = Σ_{S ∌ i} |S|! (d - 1 - |S|)! / d! · (v(S ∪ i) - v(S)), v(S) = f(x_S, x̃ elsewhere).

    Source: Shapley 1953; Sundararajan & Najmi 2020 (baseline Shapley). Every one of the 2^d coalitions is asked; more
    than 16 variables are ``Unsupported``. Shapes as in ``Explainer``; it has the unit of f.

    >>> model = nn.Sequential(nn.Unflatten(1, (1, 2)), nn.MaxPool1d(2), nn.Flatten())
    >>> shapley(model, torch.tensor([[4.0, 2.0]]), torch.tensor([0]), baseline=torch.zeros(1, 2))
    tensor([[3., 1.]])
    """
    size = inputs[0].numel()
    if size > MOST:
        raise Unsupported(f"exact Shapley values of {size} variables ask 2^{size} points; {MOST} are the most")
    present = torch.arange(2**size)[:, None] >> torch.arange(size) & 1 == 1
    outputs = outputs_at(model, mix(inputs, baseline, present.to(inputs.device)), target)
    return (outputs @ _weights(present).to(outputs)).reshape(inputs.shape)


def _weights(present: Tensor) -> Tensor:
    """Return (2^d, d): what v(S) counts for variable i, positive if i is in S."""
    size = present.shape[1]
    counts, inside = present.sum(1, keepdim=True), [0.0] + [1 / (size * comb(size - 1, k)) for k in range(size)]
    weights = torch.tensor([*inside, 0.0], dtype=torch.float64)
    return torch.where(present, weights[counts], -weights[counts + 1])
