"""Average pools."""

from dataclasses import dataclass
from math import prod
from typing import ClassVar

from ..steps import Step
from .averages import averages
from .item import AVGPOOL, Item
from .layer import Branch
from .linear import Linear
from .origin import Shape
from .pool import Pool


@dataclass(frozen=True)
class AvgPool(Pool):
    """The average of each window: exact in floats where the window holds a power of two."""

    family_item: ClassVar[Item] = AVGPOOL
    name: ClassVar[str] = "AvgPool"
    function: ClassVar[str] = "avg_pool"

    def steps(self, shape: Shape) -> tuple[Step, ...]:
        """Return the one affine step."""
        return (averages(self.window_places(shape), prod(shape)),)

    def flatten(self, shape: Shape) -> Branch:
        """Return it as a Linear."""
        return (Linear.of(averages(self.window_places(shape), prod(shape))),)
