"""Integrated gradients, exact where the network is piecewise linear and known, else by quadrature."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from .gradients import input_gradient
from .graph import graph
from .pieces import ROWS, along, pieces
from .protocol import Unsupported


@dataclass(frozen=True)
class IntegratedGradients:
    """R_i = (x_i - x̃_i) ∫₀¹ ∂f/∂x_i (x̃ + t (x - x̃)) dt.

    Source: Sundararajan et al. 2017. A graph of affine layers, ReLU and its kin, max pools, sums and concatenations is
    integrated exactly, piece by piece between the kinks on the line (Sotoudeh & Thakur 2019); any other module by
    Gauss-Legendre quadrature with ``steps`` points.

    >>> IntegratedGradients(steps=100)
    IntegratedGradients(steps=100)
    """

    steps: int = 200

    def __call__(self, model: nn.Module, inputs: Tensor, target: Tensor, *, baseline: Tensor) -> Tensor:
        """Return the relevance; shapes as in ``Explainer``, the unit is that of f."""
        start, direction = baseline.detach(), (inputs - baseline).detach()
        try:
            nodes, weights = pieces(graph(model), start, direction)
        except Unsupported:
            nodes, weights = _gauss_legendre(self.steps, inputs)
        points, targets = along(start, direction, nodes), target.repeat_interleave(nodes.shape[1])
        gradients = _gradients(model, points, targets)
        shares = weights.reshape(-1, *[1] * (inputs.dim() - 1)) * gradients
        return direction * shares.reshape(*nodes.shape, *inputs.shape[1:]).sum(1)


def _gradients(model: nn.Module, points: Tensor, targets: Tensor) -> Tensor:
    if len(points) <= ROWS:
        return input_gradient(model, points, targets)
    portions = zip(torch.split(points, ROWS), torch.split(targets, ROWS), strict=True)
    return torch.cat([input_gradient(model, *portion) for portion in portions])


def _gauss_legendre(steps: int, like: Tensor) -> tuple[Tensor, Tensor]:
    nodes, weights = np.polynomial.legendre.leggauss(steps)
    return tuple(  # type: ignore[return-value]
        torch.as_tensor(values).to(like).expand(len(like), steps) for values in ((nodes + 1) / 2, weights / 2)
    )
