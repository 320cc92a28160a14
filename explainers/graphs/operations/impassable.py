"""What methods for piecewise linear graphs cannot be propagated through, and why."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from torch import Tensor

from ...protocol import Unsupported
from ..vjp import vjp
from .affine_map import Share
from .operation import Change, Messages, Operation, ReluRule, SignedChange


class Impassable(Operation):
    """One through which only gradients go back: all else is refused in the sentence that ``obstacle`` says."""

    @property
    def is_linear(self) -> bool:
        """It is not."""
        return False

    @abstractmethod
    def obstacle(self, method: str, *, at_end: bool = False) -> str:
        """Return why ``method`` cannot go through."""

    def vjp(self, entering: Sequence[Any], message: Tensor) -> Messages:
        """Return what autograd says."""
        return vjp(self, entering, message)

    def modified_gradient(self, entering: Sequence[Any], message: Tensor, rule: ReluRule) -> Messages:
        """Return the gradient: it is no ReLU."""
        return self.vjp(entering, message)

    def relevance(self, entering: Sequence[Any], leaving: Any, message: Tensor, share: Share) -> NoReturn:
        """Raise."""
        raise Unsupported(self.obstacle("LRP"))

    def multipliers(self, change: Change, message: Tensor) -> NoReturn:
        """Raise."""
        raise Unsupported(self.obstacle("DeepLIFT"))

    def signed_change(self, changes: Sequence[Any], at_reference: Sequence[Any]) -> NoReturn:
        """Raise."""
        raise Unsupported(self.obstacle("DeepLIFT"))

    def signed_multipliers(self, change: SignedChange, message: Tensor) -> NoReturn:
        """Raise."""
        raise Unsupported(self.obstacle("DeepLIFT"))

    def bends(self, entering: Tensor, rows: int) -> NoReturn:
        """Raise."""
        raise Unsupported(self.obstacle("exact integration"))


@dataclass(frozen=True, eq=False)
class Unknown(Impassable):
    """What nothing can be propagated through, and why; it does not matter where it leads to no output."""

    reason: str

    @property
    def unreadable(self) -> str:
        """The reason."""
        return self.reason

    def obstacle(self, method: str, *, at_end: bool = False) -> str:
        """Return the reason."""
        return self.reason

    def __call__(self, *_: Any) -> NoReturn:
        """Raise."""
        raise Unsupported(self.reason)
