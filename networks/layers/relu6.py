"""The ReLU with an upper bound."""

from dataclasses import dataclass
from math import prod
from typing import ClassVar

from ..steps import Step
from .activation import LeakyActivation, clipped_steps
from .origin import Shape


@dataclass(frozen=True)
class ReLU6(LeakyActivation):
    """``a = min(max(z, 0), 6)``."""

    kind: ClassVar[str] = "relu6"
    is_homogeneous: ClassVar[bool] = False
    is_nonnegative: ClassVar[bool] = True
    cost: ClassVar[int] = 3

    def steps(self, shape: Shape) -> tuple[Step, ...]:
        """Return relu(z) - relu(z - 6)."""
        return clipped_steps(prod(shape), 0.0, 6.0)

    def constructor(self, shape: Shape) -> str:
        """Return ``nn.ReLU6()``."""
        return "nn.ReLU6()"
