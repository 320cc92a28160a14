"""Operation: what each kind of operation says of itself. One that lacks a method cannot be made.

It is called with the values that enter it, (B, …) each, and returns what leaves it; nothing is changed in place. What
goes back through it are messages: of the shape of what leaves it, to one of the shape of each value that enters it, or
None for what is no tensor.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, NamedTuple

from torch import Tensor

from ..vjp import vjp
from .affine_map import Share

Messages = list[Tensor | None]
MeanSlopes = Callable[[Tensor, Tensor, Tensor], Tensor]
"""From the ends (m, K) of pieces and targets (m,) to the mean over each piece of ∂ output_target / ∂z (m, K)."""
ReluRule = Callable[[Tensor, Tensor], Tensor]
"""From what enters a ReLU and the message that arrives at it to the message that it sends on."""


class Change(NamedTuple):
    """What enters an operation and what leaves it, at the input and at the reference."""

    entering: Sequence[Any]
    leaving: Any
    entering_at_reference: Sequence[Any]
    leaving_at_reference: Any


class SignedChange(NamedTuple):
    """What enters an operation, and Δ⁺ and Δ⁻ (2, B, …) of each value that enters and of what leaves."""

    entering: Sequence[Any]
    entering_changes: Sequence[Any]
    leaving_change: Any


class Operation(ABC):
    """What a model is made of. Derive a kind from ``Linear``, ``PiecewiseLinear`` or ``Impassable``."""

    has_weights: ClassVar[bool] = False
    """Whether relevance is shared by a rule."""
    moves_entries: ClassVar[bool] = False
    """Whether every entry of the result is one of what enters."""
    is_shape: ClassVar[bool] = False
    """Whether its result depends on shapes alone."""

    @property
    def is_dense(self) -> bool:
        """Whether it has weights from all that enters to each unit."""
        return False

    @property
    def is_view(self) -> bool:
        """Whether its result may lie in the memory of what enters: what is done in place to one is done to both."""
        return False

    @property
    def end_slopes(self) -> MeanSlopes | None:
        """The mean slopes of one that can end a piecewise linear graph without being so, to integrate that alone."""
        return None

    @property
    def unreadable(self) -> str | None:
        """Why it is not known what it does; None if it is."""
        return None

    @property
    @abstractmethod
    def is_linear(self) -> bool:
        """Whether it bends nowhere."""

    @abstractmethod
    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Return what leaves it."""

    @abstractmethod
    def obstacle(self, method: str, *, at_end: bool = False) -> str | None:
        """Return why ``method``, which is about piecewise linear operations, cannot go through; None if it can."""

    @abstractmethod
    def vjp(self, entering: Sequence[Any], message: Tensor) -> Messages:
        """Return Jᵀ m, J the Jacobian."""

    @abstractmethod
    def modified_gradient(self, entering: Sequence[Any], message: Tensor, rule: ReluRule) -> Messages:
        """Return the same with another way through a ReLU."""

    @abstractmethod
    def relevance(self, entering: Sequence[Any], leaving: Any, message: Tensor, share: Share) -> Messages:
        """Return the relevance of what enters from that of what leaves (LRP); ``share`` is the rule of layers."""

    @abstractmethod
    def multipliers(self, change: Change, message: Tensor) -> Messages:
        """Return the multipliers of what enters from those of what leaves (DeepLIFT, rescale rule)."""

    @abstractmethod
    def signed_change(self, changes: Sequence[Any], at_reference: Sequence[Any]) -> Any:
        """Return Δ⁺ and Δ⁻ (2, B, …) of what leaves from those of what enters (DeepLIFT, reveal-cancel rule)."""

    @abstractmethod
    def signed_multipliers(self, change: SignedChange, message: Tensor) -> Messages:
        """Return the multipliers (2, B, …) of what enters, one for each sign, from those of what leaves."""

    @abstractmethod
    def bends(self, entering: Tensor, rows: int) -> Tensor:
        """Return the shares (rows, n - 1, m) of each piece at which it bends, between 0 and 1; 0 for none.

        ``entering`` (rows · n, …) are its values at n places along a line, for each row.
        """


class PiecewiseLinear(Operation):
    """One that is linear between its kinks."""

    @property
    def is_linear(self) -> bool:
        """It may bend."""
        return False

    def obstacle(self, method: str, *, at_end: bool = False) -> str | None:
        """Return None."""
        return None

    def vjp(self, entering: Sequence[Any], message: Tensor) -> Messages:
        """Return what autograd says."""
        return vjp(self, entering, message)

    def modified_gradient(self, entering: Sequence[Any], message: Tensor, rule: ReluRule) -> Messages:
        """Return the gradient: it is no ReLU."""
        return self.vjp(entering, message)


class Linear(PiecewiseLinear):
    """One that bends nowhere."""

    @property
    def is_linear(self) -> bool:
        """It is."""
        return True

    def multipliers(self, change: Change, message: Tensor) -> Messages:
        """Return the gradient."""
        return self.vjp(change.entering, message)

    def bends(self, entering: Tensor, rows: int) -> Tensor:
        """Return none."""
        return entering.new_zeros(rows, len(entering) // rows - 1, 0)
