"""A layer of one's own, all of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod
from typing import ClassVar

import numpy as np

from axiomcheck.networks.layers import Activation, Branch, Item, Layer, Shape
from axiomcheck.networks.steps import Affine, Rectify, Step


@dataclass(frozen=True)
class Softshrink(Activation):
    """``a = relu(z - threshold) - relu(-z - threshold)``: 0 around 0, and linear beyond."""

    threshold: float = 0.5
    kind: ClassVar[str] = "softshrink"
    family_item: ClassVar[Item] = Item(
        "softshrink", "soft thresholds", noun="soft thresholds", clause="there is a soft threshold"
    )
    is_homogeneous: ClassVar[bool] = False

    def steps(self, shape: Shape) -> tuple[Step, ...]:
        """Return both thresholds, the ReLUs, and their difference."""
        eye = np.eye(prod(shape))
        beyond = Affine.of_floats(np.hstack([eye, -eye]), np.full(2 * len(eye), -self.threshold))
        return beyond, Rectify.all(len(eye), copies=2), Affine.of_floats(np.vstack([eye, -eye]), np.zeros(len(eye)))

    def constructor(self, shape: Shape) -> str:
        """Return ``nn.Softshrink(threshold)``."""
        return f"nn.Softshrink({self.threshold})"

    @classmethod
    def samples(cls, shape: Shape) -> Sequence[Layer]:
        """Return two of them."""
        return cls(), cls(1.0)

    @classmethod
    def skeletons(cls) -> Iterator[tuple[Branch, Shape]]:
        """Yield it alone."""
        yield (cls(),), (1,)
