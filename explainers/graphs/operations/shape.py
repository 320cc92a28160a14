"""Numbers that depend on shapes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from torch import Tensor

from .affine_map import Share
from .operation import Linear, Messages, SignedChange


@dataclass(frozen=True, eq=False)
class Shape(Linear):
    """A number or numbers that depend on shapes alone; nothing is propagated through them."""

    function: Callable[..., Any]
    is_shape: ClassVar[bool] = True

    def __call__(self, *values: Any) -> Any:
        """Return the number or numbers."""
        return self.function(*values)

    def vjp(self, entering: Sequence[Any], message: Tensor) -> Messages:
        """Return nothing."""
        return [None] * len(entering)

    def relevance(self, entering: Sequence[Any], leaving: Any, message: Tensor, share: Share) -> Messages:
        """Return nothing."""
        return self.vjp(entering, message)

    def signed_change(self, changes: Sequence[Any], at_reference: Sequence[Any]) -> Any:
        """Return what it is at the reference: a number that others are shaped by, not a change."""
        return self(*at_reference)

    def signed_multipliers(self, change: SignedChange, message: Tensor) -> Messages:
        """Return nothing."""
        return self.vjp(change.entering, message)
