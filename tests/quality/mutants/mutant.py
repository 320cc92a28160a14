"""What a mutant is, and what all of them are made of."""

from collections.abc import Callable
from dataclasses import dataclass

import torch


@dataclass(frozen=True)
class Mutant:
    """A defect: who has it, the right explainer by name, and an axiom and a family in which only the right one stands.

    ``alone``: no other axiom sees it. ``layer``: the kind of layer that it is about, and its option.
    """

    explainer: Callable
    right: str
    axiom: str
    family: str
    alone: bool = False
    layer: tuple = ()


def output(model, inputs, target):
    """Return f(x) (B,)."""
    return model(inputs.clone()).gather(1, target[:, None])[:, 0]


def gradient(model, inputs, target):
    """Return ∂f/∂x (B, *shape)."""
    leaf = inputs.detach().requires_grad_()
    return torch.autograd.grad(output(model, leaf, target).sum(), leaf)[0]


def spread(values, like):
    """Return a number for each input (B,) as (B, 1, …), to be multiplied with ``like`` (B, *shape)."""
    return values.detach().reshape(-1, *[1] * (like.dim() - 1))
