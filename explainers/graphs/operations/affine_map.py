"""Affine maps: what rules of relevance propagation see of a layer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor

from ..vjp import vjp

Backward = Callable[[Tensor, Tensor, torch.Size], Tensor]
"""From a message, a weight and the shape of what enters a layer to Wᵀ m."""


class Affine(NamedTuple):
    """The parameters of an affine layer, as its function takes them."""

    weight: Tensor
    bias: Tensor


@dataclass(frozen=True, eq=False)
class AffineMap:
    """z = W a + b, where ``function(a, weight, bias)`` is linear in (weight, bias), and in (a, bias).

    ``backward`` is the way back where it has a form of its own, which saves the way forward that autograd needs.
    """

    function: Callable[[Tensor, Tensor, Tensor | None], Tensor]
    parameters: Affine
    backward: Backward | None = None

    def __call__(self, a: Tensor) -> Tensor:
        """Return the pre-activations."""
        return self.function(a, *self.parameters)

    def transpose(self, a: Tensor, weight: Tensor, message: Tensor) -> Tensor:
        """Return Wᵀ m, shape of ``a``, for other weights than its own."""
        if self.backward is not None:
            return self.backward(message, weight, a.shape)
        (product,) = vjp(lambda entering: self.function(entering, weight, None), [a], message)
        assert product is not None
        return product


Share = Callable[[AffineMap, Tensor, Tensor], Tensor]
"""From a layer, what enters it and the relevance of what leaves it, to the relevance of what enters it."""
