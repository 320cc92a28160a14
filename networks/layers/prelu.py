"""The leaky ReLU with learnt slopes."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from typing import Any, ClassVar

import numpy as np

from ..steps import Step
from .activation import LeakyActivation, leaky_steps
from .channels import pick
from .layer import Branch, Layer, require_fit
from .origin import Origin, Places, Shape
from .values import Vector


@dataclass(frozen=True)
class PReLU(LeakyActivation):
    """``a = z`` for z > 0, else ``slope · z``, with a learnt ``slope`` (1,) or one for each channel."""

    slope: Vector = (0.25,)
    kind: ClassVar[str] = "prelu"
    is_homogeneous: ClassVar[bool] = True
    numeric: ClassVar[tuple[str, ...]] = ("slope",)
    cost: ClassVar[int] = 3

    def shape_after(self, shape: Shape) -> Shape:
        """Return the same shape."""
        fits = len(self.slope) in (1, shape[0])
        require_fit(fits, self, shape, f"it has slopes for {len(self.slope)} channels")
        return shape

    def steps(self, shape: Shape) -> tuple[Step, ...]:
        """Return slope · z + (1 - slope) · relu(z)."""
        slopes = np.array(self.slope if len(self.slope) > 1 else self.slope * shape[0])
        return leaky_steps(np.repeat(slopes, prod(shape[1:])))

    def constructor(self, shape: Shape) -> str:
        """Return ``nn.PReLU(slopes)``."""
        return f"nn.PReLU({'' if len(self.slope) == 1 else len(self.slope)})"

    def restrict_inputs(self, origin: Origin) -> tuple[Layer, Origin]:
        """Return it with the slopes of the channels that are left."""
        return self.restrict_outputs(origin.channels), origin

    def restrict_outputs(self, kept: Places) -> Layer:
        """Return it with the slopes of some channels."""
        return self if self.is_unitwise else PReLU(pick(self.slope, kept))

    def flatten(self, shape: Shape) -> Branch:
        """Return it with the slope of its channel for each unit."""
        return (self if self.is_unitwise else PReLU(tuple(np.repeat(self.slope, prod(shape[1:])).tolist())),)

    @property
    def is_unitwise(self) -> bool:
        """Whether there is one slope for all units."""
        return len(self.slope) == 1

    @property
    def state(self) -> Mapping[str, Any]:
        """The slopes."""
        return {"weight": self.slope}
