"""The hyperbolic tangent."""

from dataclasses import dataclass
from typing import ClassVar

from ..steps.functions import TANH, Function
from .item import Item
from .smooth import SmoothActivation


@dataclass(frozen=True)
class Tanh(SmoothActivation):
    """``a = tanh(z)``."""

    kind: ClassVar[str] = "tanh"
    family_item: ClassVar[Item] = Item("tanh", "tanh", "a tanh", "there is a tanh", is_curved=True)
    call: ClassVar[str] = "torch.tanh({})"

    @property
    def function(self) -> Function:
        """The function."""
        return TANH
