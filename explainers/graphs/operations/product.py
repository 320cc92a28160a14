"""Products of values that depend on the input."""

from collections.abc import Callable
from dataclasses import dataclass

from torch import Tensor

from .impassable import Impassable


@dataclass(frozen=True, eq=False)
class Product(Impassable):
    """A product of two values, of their entries or of matrices, by its ``name``."""

    name: str
    function: Callable[[Tensor, Tensor], Tensor]

    def __call__(self, one: Tensor, other: Tensor) -> Tensor:
        """Return the product."""
        return self.function(one, other)

    def obstacle(self, method: str, *, at_end: bool = False) -> str:
        """Return that it is not piecewise linear."""
        return f"{method} cannot propagate through a {self.name} of values that depend on the input"
