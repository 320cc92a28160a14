"""The softplus."""

from dataclasses import dataclass
from typing import ClassVar

from ..steps.functions import SOFTPLUS, Function
from .item import Item
from .origin import Shape
from .smooth import SmoothActivation


@dataclass(frozen=True)
class Softplus(SmoothActivation):
    """``a = log(1 + exp(z))``.

    From its ``threshold`` on, PyTorch's is the identity: with its own of 20 the function jumps by 2e-9 there. At 40 and
    beyond it does not differ from the identity by more than floats do, so that what is computed is the function.
    """

    kind: ClassVar[str] = "softplus"
    family_item: ClassVar[Item] = Item("softplus", "softplus", "a softplus", "there is a softplus", is_curved=True)
    is_nonnegative: ClassVar[bool] = True
    call: ClassVar[str] = "F.softplus({}, threshold=40)"

    @property
    def function(self) -> Function:
        """The function."""
        return SOFTPLUS

    def constructor(self, shape: Shape) -> str:
        """Return ``nn.Softplus(threshold=40)``."""
        return "nn.Softplus(threshold=40)"
