"""Dropout in evaluation mode, where it does nothing."""

from dataclasses import dataclass
from typing import ClassVar

from ..steps import Step
from .activation import Activation
from .item import MLP, Item
from .layer import Branch, Layer
from .origin import Shape
from .values import Array


@dataclass(frozen=True)
class Dropout(Activation):
    """``a = z``: in evaluation nothing is dropped."""

    rate: float = 0.5
    kind: ClassVar[str] = "dropout"
    family_item: ClassVar[Item] = MLP
    is_homogeneous: ClassVar[bool] = True
    keeps_signs: ClassVar[bool] = True

    def steps(self, shape: Shape) -> tuple[Step, ...]:
        """Return no step."""
        return ()

    def constructor(self, shape: Shape) -> str:
        """Return ``nn.Dropout(rate)``."""
        return f"nn.Dropout({self.rate})"

    def flatten(self, shape: Shape) -> Branch:
        """Return nothing."""
        return ()

    def shift(self, by: Array, shape: Shape) -> tuple[Layer, Array | None]:
        """Return the layer, and the same shift of its outputs."""
        return self, by
