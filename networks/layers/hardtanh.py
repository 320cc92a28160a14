"""The identity between two bounds."""

from dataclasses import dataclass
from math import prod
from typing import ClassVar

from ..errors import AxiomcheckError
from ..steps import Step
from .activation import LeakyActivation, clipped_steps
from .origin import Shape


@dataclass(frozen=True)
class Hardtanh(LeakyActivation):
    """``a = min(max(z, low), high)``."""

    low: float = -1.0
    high: float = 1.0
    kind: ClassVar[str] = "hardtanh"
    is_homogeneous: ClassVar[bool] = False
    cost: ClassVar[int] = 3

    def __post_init__(self) -> None:
        if not self.low < self.high:
            raise AxiomcheckError(f"Expected low < high but got low={self.low}, high={self.high}")

    def steps(self, shape: Shape) -> tuple[Step, ...]:
        """Return low + relu(z - low) - relu(z - high)."""
        return clipped_steps(prod(shape), self.low, self.high)

    def constructor(self, shape: Shape) -> str:
        """Return ``nn.Hardtanh(low, high)``."""
        return f"nn.Hardtanh({self.low}, {self.high})"
