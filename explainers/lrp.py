"""Layer-wise relevance propagation: what all rules share.

A rule says what a layer's contributions are: pairs of activations and weights, and a bias. Relevance then goes back in
the shares of the denominator that each contribution has, R_i = Σ_j (a_i w_ij / z_j) R_j, and passes a ReLU unchanged.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import torch
from torch import Tensor, nn

from .chain import Affine, chain


class Part(NamedTuple):
    """One part of the contributions to a layer: activations (B, in), weight (out, in), bias (out,)."""

    activations: Tensor
    weight: Tensor
    bias: Tensor


Rule = Callable[[Tensor, Affine], Sequence[Part]]
Stabiliser = Callable[[Tensor], Tensor]


def exactly(denominator: Tensor) -> Tensor:
    """Divide by the denominator itself; where it is 0 there is nothing to share, and relevance ends."""
    return torch.where(denominator == 0, torch.inf, denominator)


def propagate(model: nn.Module, inputs: Tensor, target: Tensor, rule: Rule, stabilise: Stabiliser = exactly) -> Tensor:
    """Return the relevance (B, d) of ``inputs`` (B, d) for the output ``target`` (B,), by one rule for all layers."""
    activations, steps = [inputs.detach()], chain(model)
    for step in steps:
        a = activations[-1]
        activations.append(a @ step.weight.T + step.bias if isinstance(step, Affine) else a.clamp(min=0))
    outputs = activations.pop()
    relevance = torch.zeros_like(outputs).scatter(1, target[:, None], outputs.gather(1, target[:, None]))
    for step, a in zip(reversed(steps), reversed(activations), strict=True):
        if isinstance(step, Affine):
            relevance = _shared(relevance, rule(a, step), stabilise)
    return relevance


def _shared(relevance: Tensor, parts: Sequence[Part], stabilise: Stabiliser) -> Tensor:
    denominator = sum((part.activations @ part.weight.T + part.bias for part in parts), torch.zeros(()))
    ratio = relevance / stabilise(denominator)
    return sum((part.activations * (ratio @ part.weight) for part in parts), torch.zeros(()))
