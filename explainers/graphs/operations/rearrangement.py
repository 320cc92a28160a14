"""What only moves entries."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import torch
from torch import Tensor

from ..vjp import vjp
from .affine_map import Share
from .operation import Linear, Messages, SignedChange


@dataclass(frozen=True, eq=False)
class Rearrangement(Linear):
    """Every entry of the result is an entry of what enters: reshaped, permuted, cut out, put side by side.

    A view may lie in the memory of what enters, so that what is done in place to one is done to the other.
    """

    function: Callable[..., Tensor]
    is_view: bool = False
    moves_entries: ClassVar[bool] = True

    def __call__(self, *values: Any) -> Tensor:
        """Return the entries in their new places."""
        return self.function(*values)

    def relevance(self, entering: Sequence[Any], leaving: Any, message: Tensor, share: Share) -> Messages:
        """Return it to where the entries came from."""
        return self.vjp(entering, message)

    def signed_change(self, changes: Sequence[Any], at_reference: Sequence[Any]) -> Tensor:
        """Return the changes in their new places; that of a constant put beside them is 0."""
        signs = ([part[sign] if isinstance(part, Tensor) else part for part in changes] for sign in (0, 1))
        none = [torch.zeros_like(part[0]) if isinstance(part, Tensor) else part for part in changes]
        return torch.stack([self(*parts) - self(*none) for parts in signs])

    def signed_multipliers(self, change: SignedChange, message: Tensor) -> Messages:
        """Return both to where the entries came from."""
        both = zip(*(vjp(self, change.entering, part) for part in message), strict=True)
        return [None if up is None or down is None else torch.stack([up, down]) for up, down in both]
