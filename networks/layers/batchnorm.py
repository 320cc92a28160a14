"""Batch normalisation in evaluation mode."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import isqrt, prod
from typing import Any, ClassVar

import numpy as np

from ..errors import AxiomcheckError
from ..steps import Affine, Step
from .channels import per_channel, pick
from .item import BATCHNORM, Item
from .layer import Branch, Layer, require_fit
from .linear import Linear
from .origin import Origin, Places, Shape
from .values import Array, Vector, frozen

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
    family_item: ClassVar[Item] = BATCHNORM
    is_homogeneous: ClassVar[bool] = True
    normalises: ClassVar[bool] = True
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

    @property
    def biases(self) -> Sequence[float]:
        """What is added to each channel."""
        return [float(shift) for shift in self.shifts]

    @property
    def extent(self) -> int:
        """How many channels have a deviation other than 1."""
        return sum(variance + self.eps != 1 for variance in self.variance)

    @property
    def is_shareable(self) -> bool:
        """Whether equal ones may be one object: not where one reads vectors and another images."""
        return False

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
        return (self._affine(shape),)

    def _affine(self, shape: Shape) -> Affine:
        places = prod(shape[1:])
        return Affine.of_floats(np.diag(np.repeat(self.scales, places)), np.repeat(self.shifts, places))

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

    def restrict_inputs(self, origin: Origin) -> tuple[Layer, Origin]:
        """Return it with the statistics of the channels that are left."""
        return self.restrict_outputs(origin.channels), origin

    def restrict_outputs(self, kept: Places) -> Layer:
        """Return the normalisation of some of its channels."""
        mean, variance, weight, bias = (pick(v, kept) for v in (self.mean, self.variance, self.weight, self.bias))
        return replace(self, mean=mean, variance=variance, weight=weight, bias=bias)

    def flatten(self, shape: Shape) -> Branch:
        """Return it as a Linear."""
        return (Linear.of(self._affine(shape)),)

    def scale(self, factor: float) -> Layer | None:
        """Return it with weights and biases ``factor`` times as large."""
        weight, bias = (frozen(factor * np.array(numbers)) for numbers in (self.weight, self.bias))
        return replace(self, weight=weight, bias=bias)

    def shift(self, by: Array, shape: Shape) -> tuple[Layer, Array | None]:
        """Return it with the shift in its biases."""
        return replace(self, bias=frozen(np.array(self.bias) + self.scales * per_channel(by, shape))), None

    def with_positive_weights(self) -> Layer:
        """Return it with the size of each weight."""
        return replace(self, weight=frozen(np.abs(np.array(self.weight))))

    def plainer(self) -> Iterator[Layer]:
        """Yield it with deviations of 1."""
        yield BatchNorm.of(self.mean, (1.0,) * len(self.mean), self.weight, self.bias)

    @classmethod
    def skeletons(cls) -> Iterator[tuple[Branch, Shape]]:
        """Yield it alone, and behind a Linear."""
        norm = cls.of((0.0,), (1.0,), (1.0,), (0.0,))
        yield from (((norm,), (1,)), ((Linear.ones(1, 1), norm), (1,)))
