"""Max pools."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from typing import ClassVar

import numpy as np

from ..steps import Max, Step
from .flatten import Flatten
from .item import MAXPOOL, Item
from .layer import Branch
from .linear import Linear
from .origin import Shape
from .pool import Pool
from .values import Array, frozen


@dataclass(frozen=True)
class MaxPool(Pool):
    """The largest of each window; where some are equally large, the gradient is a convention."""

    family_item: ClassVar[Item] = MAXPOOL
    name: ClassVar[str] = "MaxPool"
    function: ClassVar[str] = "max_pool"
    is_same_when_flat: ClassVar[bool] = False

    def steps(self, shape: Shape) -> tuple[Step, ...]:
        """Return the one step of maxima."""
        return (Max(tuple(self.window_places(shape)), prod(shape)),)

    def flatten(self, shape: Shape) -> Branch:
        """Return the first unit of each window: no Linear computes a maximum, and this one is near."""
        groups = self.window_places(shape)
        weight: Array = np.zeros((len(groups), prod(shape)))
        weight[range(len(groups)), [group[0] for group in groups]] = 1.0
        return (Linear(frozen(weight), (0.0,) * len(weight)),)

    @classmethod
    def skeletons(cls) -> Iterator[tuple[Branch, Shape]]:
        """Yield also the smallest whose windows overlap: one place between padding, where nothing bends."""
        yield from super().skeletons()
        yield ((cls((3,), (1,), (1,)), Flatten()), (1, 1))
