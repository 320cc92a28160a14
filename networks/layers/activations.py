"""ReLU, its piecewise-linear kin, and the softmax."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from typing import Any, ClassVar

import numpy as np

from .. import steps
from ..errors import AxiomcheckError
from ..steps import Affine, Rectify, Step
from .layer import Array, Layer, Shape, Vector, require_fit


class Activation(Layer):
    """A function of each unit by itself."""

    def shape_after(self, shape: Shape) -> Shape:
        """Return the same shape."""
        return shape


@dataclass(frozen=True)
class ReLU(Activation):
    """``a = max(z, 0)``."""

    kind: ClassVar[str] = "relu"

    def steps(self, shape: Shape) -> tuple[Step, ...]:
        """Return the ReLU of every unit."""
        return (Rectify.all(prod(shape)),)

    def constructor(self, shape: Shape) -> str:
        """Return ``nn.ReLU()``."""
        return "nn.ReLU()"


@dataclass(frozen=True)
class LeakyReLU(Activation):
    """``a = z`` for z > 0, else ``slope · z``."""

    slope: float = 0.25
    kind: ClassVar[str] = "leakyrelu"
    item: ClassVar[str] = "leaky"
    cost: ClassVar[int] = 2

    def steps(self, shape: Shape) -> tuple[Step, ...]:
        """Return slope · z + (1 - slope) · relu(z)."""
        return _leaky(np.full(prod(shape), self.slope))

    def constructor(self, shape: Shape) -> str:
        """Return ``nn.LeakyReLU(slope)``."""
        return f"nn.LeakyReLU({self.slope})"


@dataclass(frozen=True)
class PReLU(Activation):
    """``a = z`` for z > 0, else ``slope · z``, with a learnt ``slope`` (1,) or one for each channel."""

    slope: Vector = (0.25,)
    kind: ClassVar[str] = "prelu"
    item: ClassVar[str] = "leaky"
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
        return _leaky(np.repeat(slopes, prod(shape[1:])))

    def constructor(self, shape: Shape) -> str:
        """Return ``nn.PReLU(slopes)``."""
        return f"nn.PReLU({'' if len(self.slope) == 1 else len(self.slope)})"

    @property
    def state(self) -> Mapping[str, Any]:
        """The slopes."""
        return {"weight": self.slope}


@dataclass(frozen=True)
class Hardtanh(Activation):
    """``a = min(max(z, low), high)``."""

    low: float = -1.0
    high: float = 1.0
    kind: ClassVar[str] = "hardtanh"
    item: ClassVar[str] = "leaky"
    cost: ClassVar[int] = 3

    def __post_init__(self) -> None:
        if not self.low < self.high:
            raise AxiomcheckError(f"Expected low < high but got low={self.low}, high={self.high}")

    def steps(self, shape: Shape) -> tuple[Step, ...]:
        """Return low + relu(z - low) - relu(z - high)."""
        return _clipped(prod(shape), self.low, self.high)

    def constructor(self, shape: Shape) -> str:
        """Return ``nn.Hardtanh(low, high)``."""
        return f"nn.Hardtanh({self.low}, {self.high})"


@dataclass(frozen=True)
class ReLU6(Activation):
    """``a = min(max(z, 0), 6)``."""

    kind: ClassVar[str] = "relu6"
    item: ClassVar[str] = "leaky"
    cost: ClassVar[int] = 3

    def steps(self, shape: Shape) -> tuple[Step, ...]:
        """Return relu(z) - relu(z - 6)."""
        return _clipped(prod(shape), 0.0, 6.0)

    def constructor(self, shape: Shape) -> str:
        """Return ``nn.ReLU6()``."""
        return "nn.ReLU6()"


@dataclass(frozen=True)
class Softmax(Activation):
    """``a_i = exp(z_i) / Σ_j exp(z_j)``, at the end of a network."""

    kind: ClassVar[str] = "softmax"
    item: ClassVar[str] = "softmax"
    cost: ClassVar[int] = 3

    def shape_after(self, shape: Shape) -> Shape:
        """Return the same shape, of one dimension."""
        require_fit(len(shape) == 1, self, shape, "it reads outputs (K,)")
        return shape

    def steps(self, shape: Shape) -> tuple[Step, ...]:
        """Return the softmax, which is computed in floats."""
        return (steps.Softmax(prod(shape)),)

    def constructor(self, shape: Shape) -> str:
        """Return ``nn.Softmax(dim=1)``."""
        return "nn.Softmax(dim=1)"


def _leaky(slopes: Array) -> tuple[Step, ...]:
    size, zeros = len(slopes), np.zeros
    twice = Affine.of_floats(np.hstack([np.eye(size)] * 2), zeros(2 * size))
    joined = Affine.of_floats(np.vstack([np.diag(slopes), np.diag(1 - slopes)]), zeros(size))
    return twice, Rectify.all(size).embedded(size, 0), joined


def _clipped(size: int, low: float, high: float) -> tuple[Step, ...]:
    identity = np.eye(size)
    shifted = Affine.of_floats(np.hstack([identity] * 2), np.repeat([-low, -high], size))
    joined = Affine.of_floats(np.vstack([identity, -identity]), np.full(size, low))
    return shifted, Rectify.all(size, copies=2), joined
