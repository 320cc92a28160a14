"""ReLU and its piecewise linear kin."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from ..quotient import quotient
from ..vjp import vjp
from .affine_map import Share
from .operation import Change, Messages, PiecewiseLinear, ReluRule, SignedChange
from .segments import ends, zeros


@dataclass(frozen=True, eq=False)
class Activation(PiecewiseLinear):
    """A function of each unit, piecewise linear with kinks at the given values."""

    function: Callable[[Tensor], Tensor]
    kinks: tuple[float, ...]

    def __call__(self, z: Tensor) -> Tensor:
        """Return the activations."""
        return self.function(z)

    def relevance(self, entering: Sequence[Any], leaving: Any, message: Tensor, share: Share) -> Messages:
        """Return it unchanged (Bach et al. 2015)."""
        return [message]

    def multipliers(self, change: Change, message: Tensor) -> Messages:
        """Return m Δa / Δz, or the derivative where there is no Δz."""
        (slope,) = self.vjp(change.entering, message)
        assert slope is not None
        difference = change.leaving - change.leaving_at_reference
        return [quotient(message * difference, change.entering[0] - change.entering_at_reference[0], slope)]

    def signed_change(self, changes: Sequence[Any], at_reference: Sequence[Any]) -> Tensor:
        """Return the Shapley values of Δz⁺ and Δz⁻: what each adds, on average over both orders."""
        reference, (up, down) = at_reference[0], changes[0]
        start, risen, fallen = self(reference), self(reference + up), self(reference + down)
        end = self(reference + up + down)
        return torch.stack([risen - start + end - fallen, fallen - start + end - risen]) / 2

    def signed_multipliers(self, change: SignedChange, message: Tensor) -> Messages:
        """Return Δa⁺ / Δz⁺ and Δa⁻ / Δz⁻, or the derivative where there is no such change."""
        slopes = [vjp(self, change.entering, part)[0] for part in message]
        slope = torch.stack([one for one in slopes if one is not None])
        return [quotient(message * change.leaving_change, change.entering_changes[0], slope)]

    def bends(self, entering: Tensor, rows: int) -> Tensor:
        """Return where a unit passes a kink."""
        left, right = ends(entering.flatten(1), rows)
        shares = [zeros(left - kink, right - kink) if kink else zeros(left, right) for kink in self.kinks]
        return torch.cat(shares, -1) if len(shares) > 1 else shares[0]


class ReLU(Activation):
    """max(z, 0), whose way back some methods change."""

    def modified_gradient(self, entering: Sequence[Any], message: Tensor, rule: ReluRule) -> Messages:
        """Return what the rule says."""
        return [rule(entering[0], message)]


RELU = ReLU(torch.relu, (0.0,))
