"""Smooth activations, and normalisations by statistics of the input itself."""

from collections.abc import Callable
from dataclasses import dataclass

from torch import Tensor

from .impassable import Impassable


@dataclass(frozen=True, eq=False)
class Curve(Impassable):
    """A smooth function by its ``name``: a GELU, a sigmoid, a layer normalisation and the like."""

    name: str
    function: Callable[[Tensor], Tensor]

    def __call__(self, z: Tensor) -> Tensor:
        """Return its values."""
        return self.function(z)

    def obstacle(self, method: str, *, at_end: bool = False) -> str:
        """Return that it is not piecewise linear."""
        return f"{method} cannot propagate through {self.name}, which is not piecewise linear"
