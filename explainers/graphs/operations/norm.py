"""Normalisations by statistics of the input itself."""

from collections.abc import Callable
from dataclasses import dataclass

from torch import Tensor

from .impassable import Impassable


@dataclass(frozen=True, eq=False)
class Norm(Impassable):
    """A layer normalisation or the like, by its ``name``."""

    name: str
    function: Callable[[Tensor], Tensor]

    def __call__(self, z: Tensor) -> Tensor:
        """Return what is normalised."""
        return self.function(z)

    def obstacle(self, method: str, *, at_end: bool = False) -> str:
        """Return that it is not piecewise linear."""
        return f"{method} cannot propagate through {self.name}, which is not piecewise linear"
