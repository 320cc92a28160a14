"""Batch normalisation in evaluation mode, and dropout, which does nothing there."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt, prod
from typing import Any, ClassVar

import numpy as np

from ..errors import AxiomcheckError
from ..steps import Affine, Step
from .activations import Activation
from .layer import Array, Layer, Shape, Vector, require_fit

EPS = 2.0**-10


@dataclass(frozen=True)
class BatchNorm(Layer):
    """``a = (z - mean) / √(variance + eps) · weight + bias``, each (channels,), with the statistics of training.

    ``variance + eps`` is the square of a dyadic rational, so that the layer is exact.
    """

    mean: Vector
    variance: Vector
    weight: Vector
    bias: Vector
    eps: float = EPS
    kind: ClassVar[str] = "batchnorm"
    item: ClassVar[str] = "batchnorm"
    numeric: ClassVar[tuple[str, ...]] = ("mean", "weight", "bias")
    cost: ClassVar[int] = 3

    def __post_init__(self) -> None:
        if len({len(self.mean), len(self.variance), len(self.weight), len(self.bias)}) != 1:
            raise AxiomcheckError("Expected as many means as variances, weights and biases of a batch normalisation")
        if any(root is None for root in map(self._root, self.variance)):
            raise AxiomcheckError(
                f"Expected variance + eps to be squares of dyadic rationals but got {self.variance} + {self.eps}"
            )

    @classmethod
    def of(cls, mean: Vector, deviation: Vector, weight: Vector, bias: Vector) -> "BatchNorm":
        """Return the layer that divides by ``deviation``, each a power of two for exact quotients."""
        return cls(mean, tuple(d * d - EPS for d in deviation), weight, bias)

    @property
    def scales(self) -> Array:
        """What each channel is multiplied by: weight / √(variance + eps)."""
        roots = np.array([float(self._root(v) or 0) for v in self.variance])
        return np.asarray(np.array(self.weight) / roots)

    @property
    def shifts(self) -> Array:
        """What is added to each channel after that."""
        return np.asarray(np.array(self.bias) - np.array(self.mean) * self.scales)

    def _root(self, variance: float) -> Fraction | None:
        square = Fraction(variance) + Fraction(self.eps)
        n, d = isqrt(max(square.numerator, 0)), isqrt(square.denominator)
        return Fraction(n, d) if n > 0 and (n * n, d * d) == (square.numerator, square.denominator) else None

    def shape_after(self, shape: Shape) -> Shape:
        """Return the same shape."""
        require_fit(shape[0] == len(self.mean), self, shape, f"it reads {len(self.mean)} channels")
        return shape

    def steps(self, shape: Shape) -> tuple[Step, ...]:
        """Return the one affine step."""
        places = prod(shape[1:])
        return (Affine.of_floats(np.diag(np.repeat(self.scales, places)), np.repeat(self.shifts, places)),)

    def constructor(self, shape: Shape) -> str:
        """Return ``nn.BatchNorm2d(channels, eps=…)``."""
        return f"nn.BatchNorm{max(len(shape) - 1, 1)}d({len(self.mean)}, eps={self.eps!r})"

    @property
    def state(self) -> Mapping[str, Any]:
        """Parameters and running statistics."""
        return {
            "weight": self.weight,
            "bias": self.bias,
            "running_mean": self.mean,
            "running_var": self.variance,
        }


@dataclass(frozen=True)
class Dropout(Activation):
    """``a = z``: in evaluation nothing is dropped."""

    rate: float = 0.5
    kind: ClassVar[str] = "dropout"

    def steps(self, shape: Shape) -> tuple[Step, ...]:
        """Return no step."""
        return ()

    def constructor(self, shape: Shape) -> str:
        """Return ``nn.Dropout(rate)``."""
        return f"nn.Dropout({self.rate})"
