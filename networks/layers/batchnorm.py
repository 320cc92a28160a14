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
PYTORCH_EPS = 1e-5
"""What PyTorch takes if nothing is said."""


@dataclass(frozen=True)
class BatchNorm(Layer):
    """``a = (z - mean) / √(variance + eps) · weight + bias``, each (channels,), with the statistics of training.

    ``variance + eps``, as float64 adds them and PyTorch does, is the square of a dyadic rational, so that the layer is
    exact, also with an ``eps`` that no float is a multiple of. Without ``weight`` and ``bias``, ``affine=False``, they
    are 1 and 0.
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
        learnt = {len(self.weight), len(self.bias)}
        if len({len(self.mean), len(self.variance)} | (learnt - {0} if self.weight == self.bias else learnt)) != 1:
            raise AxiomcheckError("Expected as many means as variances, weights and biases of a batch normalisation")
        if any(root is None for root in map(self._root, self.variance)):
            raise AxiomcheckError(
                f"Expected variance + eps to be squares of dyadic rationals but got {self.variance} + {self.eps}"
            )

    @classmethod
    def of(
        cls, mean: Vector, deviation: Vector, weight: Vector = (), bias: Vector = (), eps: float = EPS
    ) -> "BatchNorm":
        """Return the layer that divides by ``deviation``, each a power of two for exact quotients.

        The variance d² - eps is rounded by at most half a unit of its last place, which is at most half of that of the
        floats below d²; so its sum with eps is rounded to d², a power of two, whose last digit is even.
        """
        return cls(mean, tuple(d * d - eps for d in deviation), weight, bias, eps)

    @property
    def is_affine(self) -> bool:
        """Whether it has weights and biases of its own."""
        return bool(self.weight)

    @property
    def _weights(self) -> Vector:
        return self.weight or (1.0,) * len(self.mean)

    @property
    def _biases(self) -> Vector:
        return self.bias or (0.0,) * len(self.mean)

    @property
    def surcharge(self) -> int:
        """One for another eps, and one where it has no weights."""
        return (self.eps != EPS) + (not self.is_affine)

    @property
    def options(self) -> tuple[str, ...]:
        """What is unusual about it."""
        chosen = {"eps 1e-5": self.eps == PYTORCH_EPS, "not affine": not self.is_affine}
        return tuple(name for name, is_chosen in chosen.items() if is_chosen)

    @property
    def scales(self) -> Array:
        """What each channel is multiplied by: weight / √(variance + eps)."""
        roots = np.array([float(self._root(v) or 0) for v in self.variance])
        return np.asarray(np.array(self._weights) / roots)

    @property
    def shifts(self) -> Array:
        """What is added to each channel after that."""
        return np.asarray(np.array(self._biases) - np.array(self.mean) * self.scales)

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
        square = Fraction(variance + self.eps)
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
        eps = [f"eps={self.eps!r}"] if self.eps != PYTORCH_EPS else []
        affine = [] if self.is_affine else ["affine=False"]
        return f"nn.BatchNorm{max(len(shape) - 1, 1)}d({', '.join([str(len(self.mean)), *eps, *affine])})"

    @property
    def state(self) -> Mapping[str, Any]:
        """Parameters and running statistics."""
        learnt = {"weight": self.weight, "bias": self.bias} if self.is_affine else {}
        return learnt | {"running_mean": self.mean, "running_var": self.variance}

    def restrict_inputs(self, origin: Origin) -> tuple[Layer, Origin]:
        """Return it with the statistics of the channels that are left."""
        return self.restrict_outputs(origin.channels), origin

    def restrict_outputs(self, kept: Places) -> Layer:
        """Return the normalisation of some of its channels."""
        mean, variance, weight, bias = (
            pick(v, kept) if v else v for v in (self.mean, self.variance, self.weight, self.bias)
        )
        return replace(self, mean=mean, variance=variance, weight=weight, bias=bias)

    def flatten(self, shape: Shape) -> Branch:
        """Return it as a Linear."""
        return (Linear.of(self._affine(shape)),)

    def scale(self, factor: float) -> Layer | None:
        """Return it with weights and biases ``factor`` times as large."""
        weight, bias = (frozen(factor * np.array(numbers)) for numbers in (self._weights, self._biases))
        return replace(self, weight=weight, bias=bias)

    def shift(self, by: Array, shape: Shape) -> tuple[Layer, Array | None]:
        """Return it with the shift in its biases."""
        bias = frozen(np.array(self._biases) + self.scales * per_channel(by, shape))
        return replace(self, weight=self._weights, bias=bias), None

    def with_positive_weights(self) -> Layer:
        """Return it with the size of each weight."""
        return replace(self, weight=frozen(np.abs(np.array(self.weight, dtype=np.float64))))

    def plainer(self) -> Iterator[Layer]:
        """Yield it with deviations of 1, or with its own and the plain eps; with weights of its own."""
        learnt = self._weights, self._biases
        yield BatchNorm.of(self.mean, (1.0,) * len(self.mean), *learnt)
        if self.surcharge:
            deviations = tuple(float(self._root(v) or 1) for v in self.variance)
            yield BatchNorm.of(self.mean, deviations, *learnt)
            yield BatchNorm.of(self.mean, deviations, self.weight, self.bias)
            yield BatchNorm.of(self.mean, (1.0,) * len(self.mean), *learnt, eps=self.eps)
            yield BatchNorm.of(self.mean, (1.0,) * len(self.mean), self.weight, self.bias, eps=self.eps)

    @classmethod
    def skeletons(cls) -> Iterator[tuple[Branch, Shape]]:
        """Yield it alone, and behind a Linear."""
        norm = cls.of((0.0,), (1.0,), (1.0,), (0.0,))
        yield from (((norm,), (1,)), ((Linear.ones(1, 1), norm), (1,)))
