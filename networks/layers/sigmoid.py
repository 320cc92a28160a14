"""The logistic sigmoid."""

from dataclasses import dataclass
from typing import ClassVar

from ..steps.functions import SIGMOID, Function
from .item import Item
from .smooth import SmoothActivation


@dataclass(frozen=True)
class Sigmoid(SmoothActivation):
    """``a = σ(z) = 1 / (1 + exp(-z))``."""

    kind: ClassVar[str] = "sigmoid"
    family_item: ClassVar[Item] = Item("sigmoid", "sigmoids", "a sigmoid", "there is a sigmoid", is_curved=True)
    is_nonnegative: ClassVar[bool] = True
    call: ClassVar[str] = "torch.sigmoid({})"

    @property
    def function(self) -> Function:
        """The function."""
        return SIGMOID
