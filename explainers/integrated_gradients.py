"""Integrated gradients, exact where the network is piecewise linear and known, else by quadrature."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from .chain import Affine, Step, chain
from .gradients import input_gradient
from .protocol import Unsupported


@dataclass(frozen=True)
class IntegratedGradients:
    """R_i = (x_i - x̃_i) ∫₀¹ ∂f/∂x_i (x̃ + t (x - x̃)) dt.

    Source: Sundararajan et al. 2017. A chain of Linear and ReLU is integrated exactly, piece by piece between the kinks
    on the line (Sotoudeh & Thakur 2019); any other module by Gauss-Legendre quadrature with ``steps`` points.

    >>> IntegratedGradients(steps=100)
    IntegratedGradients(steps=100)
    """

    steps: int = 200

    def __call__(self, model: nn.Module, inputs: Tensor, target: Tensor, *, baseline: Tensor) -> Tensor:
        """Return the relevance; shapes as in ``Explainer``, the unit is that of f."""
        try:
            nodes, weights = _pieces(chain(model), baseline.detach(), (inputs - baseline).detach())
        except Unsupported:
            nodes, weights = _gauss_legendre(self.steps, inputs)
        count = nodes.shape[1]
        spread = [-1, count] + [1] * (inputs.dim() - 1)
        points = baseline[:, None] + nodes.reshape(spread) * (inputs - baseline)[:, None]
        gradients = input_gradient(model, points.flatten(0, 1), target.repeat_interleave(count))
        return (inputs - baseline) * (weights.reshape(spread) * gradients.reshape_as(points)).sum(1)


def _gauss_legendre(steps: int, like: Tensor) -> tuple[Tensor, Tensor]:
    nodes, weights = np.polynomial.legendre.leggauss(steps)
    return tuple(  # type: ignore[return-value]
        torch.as_tensor(values).to(like).expand(len(like), steps) for values in ((nodes + 1) / 2, weights / 2)
    )


def _pieces(steps: list[Step], start: Tensor, direction: Tensor) -> tuple[Tensor, Tensor]:
    """Return the middle (B, n) and the length (B, n) of every piece on which the chain is affine."""
    breaks = torch.tensor([0.0, 1.0]).to(start).expand(len(start), 2)
    for number, step in enumerate(steps):
        if not isinstance(step, Affine):
            breaks = _with_crossings(breaks, _run(steps[:number], start, direction, breaks))
    return (breaks[:, 1:] + breaks[:, :-1]) / 2, breaks[:, 1:] - breaks[:, :-1]


def _run(steps: list[Step], start: Tensor, direction: Tensor, ts: Tensor) -> Tensor:
    values = start[:, None] + ts[..., None] * direction[:, None]
    for step in steps:
        values = values @ step.weight.T + step.bias if isinstance(step, Affine) else values.clamp(min=0)
    return values


def _with_crossings(breaks: Tensor, values: Tensor) -> Tensor:
    """Add the parameters at which a unit changes sign between two breaks; rows with fewer repeat their first break."""
    left, right = values[:, :-1], values[:, 1:]
    crosses = left * right < 0
    share = torch.where(crosses, left / torch.where(crosses, left - right, 1), 0)
    new = breaks[:, :-1, None] + share * (breaks[:, 1:] - breaks[:, :-1])[..., None]
    kept = int(crosses.flatten(1).sum(1).max())
    new = torch.where(crosses, new, 0).flatten(1).sort(1, descending=True).values[:, :kept]
    return torch.cat([breaks, new], 1).sort(1).values
