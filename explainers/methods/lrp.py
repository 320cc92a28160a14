"""Layer-wise relevance propagation: what all rules share.

A rule says what a layer's contributions are: pairs of activations and weights, and a bias. Relevance then goes back in
the shares of the denominator that each contribution has, R_i = Σ_j (a_i w_ij / z_j) R_j. A batch norm, an average pool
and a sum are affine layers like others: of a sum z = a₁ + a₂ each rule sees two inputs of weight 1 and no bias; a
longer sum is several, as it is written.

Relevance passes ReLU and its kin unchanged (Bach et al. 2015), LeakyReLU, PReLU, ReLU6 and Hardtanh too; of a max pool
the winner takes it all (Lapuschkin et al. 2016); it stays with its entry where entries are only moved.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from typing import Any, Literal, NamedTuple

import torch
from torch import Tensor, nn

from ..graphs.backward import backward
from ..graphs.graph import Graph, read, require_logits
from ..graphs.operations import Affine, AffineMap, Share
from .input_gradient import places


class Part(NamedTuple):
    """One part of the contributions to a layer: activations (B, …), weight and bias as its function takes them."""

    activations: Tensor
    weight: Tensor
    bias: Tensor | None


Bias = Literal["kept", "dropped"]
Rule = Callable[[Tensor, Affine], Sequence[Part]]
Stabiliser = Callable[[Tensor], Tensor]


def exactly(denominator: Tensor) -> Tensor:
    """Divide by the denominator itself; where it is 0 there is nothing to share, and relevance ends."""
    return torch.where(denominator == 0, torch.inf, denominator)


def propagate(  # noqa: PLR0917
    model: nn.Module, inputs: Tensor, target: Tensor, rule: Rule, stabilise: Stabiliser = exactly, bias: Bias = "kept"
) -> Tensor:
    """Return the relevance (B, *shape) of ``inputs`` for the output ``target`` (B,), by one rule for all layers."""
    share = sharing(rule, stabilise, bias)
    return relevance(*read(model, inputs), target, lambda _: share)


def relevance(nodes: Graph, values: Sequence[Any], target: Tensor, choose: Callable[[int], Share]) -> Tensor:
    """Return the relevance (B, *shape) of the first of the ``values`` of a graph.

    ``choose`` names the share of each node, which counts for those that are affine layers.
    """
    require_logits(nodes, "LRP")

    def step(number: int, entering: Sequence[Any], message: Tensor) -> Iterable[Tensor | None]:
        return nodes[number].operation.relevance(entering, values[number + 1], message, choose(number))

    return backward(nodes, values, at_target(values[-1], target), step)


def at_target(outputs: Tensor, target: Tensor) -> Tensor:
    """Return the outputs (B, K) with 0 for all but the one that ``target`` (B,) names."""
    index = places(outputs, target)
    return torch.zeros_like(outputs).scatter(1, index, outputs.gather(1, index))


def sharing(rule: Rule, stabilise: Stabiliser = exactly, bias: Bias = "kept") -> Share:
    """Return the share R_i = a_i Σ_j w_ij R_j / z_j, summed over the parts that ``rule`` gives, z over all of them.

    Without its ``bias`` a layer's denominator holds what the inputs contribute, and no more.
    """

    def share(layer: AffineMap, a: Tensor, message: Tensor) -> Tensor:
        parts = rule(a, layer.parameters)
        if bias == "dropped":
            parts = [part._replace(bias=None) for part in parts]
        denominator = reduce(torch.add, (layer.function(*part) for part in parts))
        ratio = message / stabilise(denominator)
        return reduce(torch.add, (a * layer.transpose(a, weight, ratio) for a, weight, _ in parts))

    return share
