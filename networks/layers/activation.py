"""Activation: what all functions of each unit by itself have in common."""

from typing import ClassVar

import numpy as np

from ..steps import Affine, Rectify, Step
from .item import LEAKY, Item
from .layer import Branch, Layer
from .origin import Origin, Places, Shape
from .values import Array


class Activation(Layer):
    """A function of each unit by itself."""

    is_activation: ClassVar[bool] = True

    def shape_after(self, shape: Shape) -> Shape:
        """Return the same shape."""
        return shape

    def restrict_inputs(self, origin: Origin) -> tuple[Layer, Origin]:
        """Return the same layer: each unit goes by itself."""
        return self, origin

    def restrict_outputs(self, kept: Places) -> Layer:
        """Return the same layer, which reads fewer units."""
        return self

    def flatten(self, shape: Shape) -> Branch:
        """Return the layer itself."""
        return (self,)

    @property
    def is_unitwise(self) -> bool:
        """Whether it treats all units alike: all but those with numbers for each channel do."""
        return True


class LeakyActivation(Activation):
    """A ReLU's kin, piecewise linear too."""

    family_item: ClassVar[Item] = LEAKY


def leaky_steps(slopes: Array) -> tuple[Step, ...]:
    """Return slope · z + (1 - slope) · relu(z), with a slope for each unit (n,)."""
    size, zeros = len(slopes), np.zeros
    twice = Affine.of_floats(np.hstack([np.eye(size)] * 2), zeros(2 * size))
    joined = Affine.of_floats(np.vstack([np.diag(slopes), np.diag(1 - slopes)]), zeros(size))
    return twice, Rectify.all(size).embedded(size, 0), joined


def clipped_steps(size: int, low: float, high: float) -> tuple[Step, ...]:
    """Return low + relu(z - low) - relu(z - high), of so many units."""
    identity = np.eye(size)
    shifted = Affine.of_floats(np.hstack([identity] * 2), np.repeat([-low, -high], size))
    joined = Affine.of_floats(np.vstack([identity, -identity]), np.full(size, low))
    return shifted, Rectify.all(size, copies=2), joined
