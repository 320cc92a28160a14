"""Affine layers."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import is_
from typing import Any, ClassVar

import torch
from torch import Tensor
from torch.nn import functional

from .affine_map import AffineMap, Share
from .operation import Linear, Messages, SignedChange


@dataclass(frozen=True, eq=False)
class Layer(AffineMap, Linear):
    """An affine map of what enters it: dense layers, convolutions, batch norms, averages and sums."""

    has_weights: ClassVar[bool] = True

    @property
    def is_dense(self) -> bool:
        """Whether it is fully connected."""
        return self.function is functional.linear

    def vjp(self, entering: Sequence[Any], message: Tensor) -> Messages:
        """Return Wᵀ m by its own way back."""
        return [self.transpose(entering[0], self.parameters.weight, message)]

    def relevance(self, entering: Sequence[Any], leaving: Any, message: Tensor, share: Share) -> Messages:
        """Return what the rule gives back."""
        return [share(self._with_result(entering[0], leaving), entering[0], message)]

    def _with_result(self, a: Tensor, z: Tensor) -> AffineMap:
        """Return its map with ``z``, what it makes of ``a``, at hand: many rules ask for it again."""
        own = (a, *self.parameters)

        def function(*arguments: Any) -> Tensor:
            return z if all(map(is_, arguments, own)) else self.function(*arguments)

        return AffineMap(function, self.parameters, self.backward)

    def signed_change(self, changes: Sequence[Any], at_reference: Sequence[Any]) -> Tensor:
        """Return Δz⁺ = Σ_i (w_i Δx_i)⁺ and Δz⁻ = Σ_i (w_i Δx_i)⁻."""
        change, weight = changes[0].sum(0), self.parameters.weight
        (up, down), (excites, inhibits) = ((part.clamp(min=0), part.clamp(max=0)) for part in (change, weight))
        positive = self.function(up, excites, None) + self.function(down, inhibits, None)
        return torch.stack([positive, self.function(up, inhibits, None) + self.function(down, excites, None)])

    def signed_multipliers(self, change: SignedChange, message: Tensor) -> Messages:
        """Return the multipliers of what enters, one for both signs: that of the sign which w_ij Δx_i has."""
        moved, weight, (up, down) = change.entering_changes[0].sum(0), self.parameters.weight, message
        excites, inhibits = weight.clamp(min=0), weight.clamp(max=0)
        rising = self.transpose(moved, excites, up) + self.transpose(moved, inhibits, down)
        falling = self.transpose(moved, excites, down) + self.transpose(moved, inhibits, up)
        still = self.transpose(moved, weight, (up + down) / 2)
        multiplier = torch.where(moved > 0, rising, torch.where(moved < 0, falling, still))
        return [torch.stack([multiplier, multiplier])]
