"""Smooth activations."""

from collections.abc import Callable
from dataclasses import dataclass

from torch import Tensor

from .impassable import Impassable


@dataclass(frozen=True, eq=False)
class Curve(Impassable):
    """A smooth function of each unit, by its ``name``: GELU, SiLU, a sigmoid and the like."""

    name: str
    function: Callable[[Tensor], Tensor]

    def __call__(self, z: Tensor) -> Tensor:
        """Return the activations."""
        return self.function(z)

    def obstacle(self, method: str, *, at_end: bool = False) -> str:
        """Return that it is not piecewise linear."""
        return f"{method} cannot propagate through {self.name}, which is not piecewise linear"
