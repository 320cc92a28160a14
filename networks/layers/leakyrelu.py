"""The leaky ReLU."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from typing import ClassVar

import numpy as np

from ..steps import Step
from .activation import LeakyActivation, leaky_steps
from .layer import Branch
from .linear import Linear
from .origin import Shape


@dataclass(frozen=True)
class LeakyReLU(LeakyActivation):
    """``a = z`` for z > 0, else ``slope · z``."""

    slope: float = 0.25
    kind: ClassVar[str] = "leakyrelu"
    is_homogeneous: ClassVar[bool] = True
    cost: ClassVar[int] = 2

    def steps(self, shape: Shape) -> tuple[Step, ...]:
        """Return slope · z + (1 - slope) · relu(z)."""
        return leaky_steps(np.full(prod(shape), self.slope))

    def constructor(self, shape: Shape) -> str:
        """Return ``nn.LeakyReLU(slope)``."""
        return f"nn.LeakyReLU({self.slope})"

    @classmethod
    def skeletons(cls) -> Iterator[tuple[Branch, Shape]]:
        """Yield it alone, and behind a Linear."""
        yield from (((cls(),), (1,)), ((Linear.ones(1, 1), cls()), (1,)))
