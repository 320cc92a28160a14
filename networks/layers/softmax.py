"""The softmax, at the end of a network."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from typing import ClassVar

from .. import steps
from ..steps import Step
from .activation import Activation
from .item import SOFTMAX, Item
from .layer import Branch, require_fit
from .linear import Linear
from .origin import Shape


@dataclass(frozen=True)
class Softmax(Activation):
    """``a_i = exp(z_i) / Σ_j exp(z_j)``, at the end of a network."""

    kind: ClassVar[str] = "softmax"
    family_item: ClassVar[Item] = SOFTMAX
    is_homogeneous: ClassVar[bool] = False
    is_last: ClassVar[bool] = True
    cost: ClassVar[int] = 3

    def shape_after(self, shape: Shape) -> Shape:
        """Return the same shape, of one dimension."""
        require_fit(len(shape) == 1, self, shape, "it reads outputs (K,)")
        return shape

    def steps(self, shape: Shape) -> tuple[Step, ...]:
        """Return the softmax, which is computed in floats."""
        return (steps.Softmax(prod(shape)),)

    def constructor(self, shape: Shape) -> str:
        """Return ``nn.Softmax(dim=1)``."""
        return "nn.Softmax(dim=1)"

    @property
    def is_unitwise(self) -> bool:
        """Whether it treats each unit by itself: no."""
        return False

    @classmethod
    def skeletons(cls) -> Iterator[tuple[Branch, Shape]]:
        """Yield the probabilities of two sums."""
        yield from (((Linear.ones(size, 2), cls()), (size,)) for size in (1, 2))
