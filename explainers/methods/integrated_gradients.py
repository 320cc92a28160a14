"""Integrated gradients, exact where the network is piecewise linear and known, else by quadrature."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.functional import one_hot

from ..claims import CLAIMS
from ..graphs.graph import Graph, evaluate, read
from ..graphs.linear_regions import ROWS, along, regions
from ..graphs.quadrature import Lines, mean_gradient
from ..loading.options import Options
from ..protocol import Unsupported, explainer
from ..validation import validated
from .input_gradient import input_gradient, target_output


@explainer(claims=CLAIMS["integrated-gradients"])
@dataclass(frozen=True, repr=False)
class IntegratedGradients(Options):
    """R_i = (x_i - x̃_i) ∫₀¹ ∂f/∂x_i (x̃ + t (x - x̃)) dt.

    Source: Sundararajan et al. 2017. A graph of affine layers, ReLU and its kin, max pools, sums and concatenations is
    integrated exactly, piece by piece between the kinks on the line (Sotoudeh & Thakur 2019); behind a softmax at its
    end, that alone is integrated by a Gauss-Legendre rule that is exact to rounding. Other graphs, with a GELU say, are
    integrated by a quadrature that begins with ``steps`` points and refines until two rules agree to rounding, up to
    400 times as many. A model that cannot be read is integrated so too, by its outputs and gradients alone; one of
    more than 16,384 weights up to 10 times as many.

    >>> IntegratedGradients(steps=100)
    IntegratedGradients(steps=100)
    """

    steps: int = 200

    @validated
    def __call__(self, model: nn.Module, inputs: Tensor, target: Tensor, *, baseline: Tensor) -> Tensor:
        """Return the relevance; shapes as in ``Explainer``, the unit is that of f."""
        start, direction = baseline.detach(), (inputs - baseline).detach()
        try:
            graph, _ = read(model, torch.cat([start, inputs]))
        except Unsupported:
            outputs = _outputs_of(model, target)
            lines = Lines(outputs, lambda *at: outputs(*at)[:, None], _gradients_of(model, target), start, direction)
            return direction * mean_gradient(lines, points=self.steps, most=_most(model) * self.steps)
        try:
            nodes, weights, gradients = _by_pieces(graph, start, direction, target)
        except Unsupported:
            functions = _outputs_of(model, target), _values_of(graph), _gradients_of(model, target)
            lines = Lines(*functions, start, direction)
            return direction * mean_gradient(lines, points=self.steps, most=MOST * self.steps)
        return direction * _weighted_sum(nodes, weights, gradients)


MOST, MOST_OF_LARGE = 400, 10
"""How many times more points the quadrature may ask for than it begins with, and of a large model that is not read."""
LARGE = 2**14
"""More weights than which a model is large."""


def _most(model: nn.Module) -> int:
    return MOST_OF_LARGE if sum(weight.numel() for weight in model.parameters()) > LARGE else MOST


def _gradients_of(model: nn.Module, target: Tensor) -> Callable[[Tensor, Tensor], Tensor]:
    """Return the gradients (n, *shape) at points (n, *shape) of the targets (B,) of some rows (n,)."""
    return lambda points, rows: input_gradient(model, points, target[rows])


def _outputs_of(model: nn.Module, target: Tensor) -> Callable[[Tensor, Tensor], Tensor]:
    """Return the outputs (n,) there."""
    return lambda points, rows: target_output(model, points, target[rows]).detach()


def _values_of(graph: Graph) -> Callable[[Tensor, Tensor], Tensor]:
    """Return all values (n, k) of the graph there."""

    def values(points: Tensor, _: Tensor) -> Tensor:
        with torch.no_grad():
            found = evaluate(graph, points)
        own = [value for value in found if isinstance(value, Tensor) and value.shape[:1] == points.shape[:1]]
        return torch.cat([value.flatten(1).to(points) for value in own], 1)

    return values


def _weighted_sum(nodes: Tensor, weights: Tensor, gradients: Tensor) -> Tensor:
    """Return Σ_k w_k g_k (B, *shape) for weights (B, n) and gradients (B·n, *shape)."""
    shape = gradients.shape[1:]
    shares = weights.reshape(-1, *[1] * len(shape)) * gradients
    return shares.reshape(*nodes.shape, *shape).sum(1)


def _by_pieces(nodes: Graph, start: Tensor, direction: Tensor, target: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Return the middles (B, n) of the pieces, their lengths, and the mean gradient (B·n, *shape) on each."""
    end_slopes = nodes[-1].operation.end_slopes if nodes else None
    below = nodes[:-1] if end_slopes else nodes
    middles, lengths = regions(below, start, direction)
    points, targets = along(start, direction, middles), target.repeat_interleave(middles.shape[1])
    if end_slopes:
        left, right = (evaluate(below, along(start, direction, middles + s * lengths / 2))[-1] for s in (-1, 1))
        weights = end_slopes(left, right, targets)
    else:
        weights = one_hot(targets, evaluate(below, start[:1])[-1].shape[1]).to(start)
    return middles, lengths, _in_portions(lambda some, weight: _weighted(below, some, weight), points, weights)


def _weighted(nodes: Graph, points: Tensor, weights: Tensor) -> Tensor:
    """Return the gradient (B, *shape) of the outputs (B, K) of a graph, weighted by ``weights`` (B, K)."""
    leaf = points.detach().requires_grad_()
    (gradient,) = torch.autograd.grad(evaluate(nodes, leaf)[-1], leaf, weights)
    return gradient


def _in_portions(gradient: Callable[[Tensor, Tensor], Tensor], points: Tensor, weights: Tensor) -> Tensor:
    portions = zip(torch.split(points, ROWS), torch.split(weights, ROWS), strict=True)
    return torch.cat([gradient(*portion) for portion in portions])
