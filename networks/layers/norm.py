"""Normalisations of units by their own statistics."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import Any, ClassVar, Self

import numpy as np

from ..errors import AxiomcheckError
from ..steps import Affine, RootMeanSquare, Step
from .batchnorm import EPS, PYTORCH_EPS
from .channels import pick
from .item import Item
from .layer import Branch, Layer, require_fit
from .linear import Linear
from .origin import Origin, Places, Shape
from .values import Vector

SCALES, SHIFTS = (2.0, -0.5, 1.0, -3.0), (0.0, 1.0, -2.0, 0.5)
"""What norms that are drawn multiply by and add, again and again."""


def uneven(size: int) -> tuple[Vector, Vector]:
    """Return weights and biases (size,) of a norm that is drawn."""
    return tuple((SCALES * size)[:size]), tuple((SHIFTS * size)[:size])


@dataclass(frozen=True)
class Norm(Layer):
    """What divides units by a deviation of their own, and multiplies by ``weight`` (n,): a vector (n,), if not said."""

    weight: Vector
    bias: Vector = ()
    eps: float = PYTORCH_EPS
    is_homogeneous: ClassVar[bool] = False
    numeric: ClassVar[tuple[str, ...]] = ("weight", "bias")
    cost: ClassVar[int] = 4
    centres: ClassVar[bool]
    """Whether the mean is subtracted first, and a bias added at the end."""

    def __post_init__(self) -> None:
        if not self.eps > 0:
            raise AxiomcheckError(f"Expected an eps above 0 but got {self.eps}")
        if len(self.bias) != len(self.weight) * self.centres:
            raise AxiomcheckError("Expected as many biases as weights of a norm, and none of an RMSNorm")

    @classmethod
    def of(cls, size: int, eps: float = PYTORCH_EPS) -> Self:
        """Return the layer of so many units with weights of 1 and biases of 0."""
        return cls((1.0,) * size, (0.0,) * size * cls.centres, eps)

    def shape_after(self, shape: Shape) -> Shape:
        """Return the same shape, of one dimension."""
        require_fit(shape == (len(self.weight),), self, shape, f"it reads {len(self.weight)} units")
        return shape

    @property
    def groups(self) -> int:
        """How many groups of units, of one size, have statistics of their own."""
        return 1

    def steps(self, shape: Shape) -> tuple[Step, ...]:
        """Return each group less its mean, divided by its root mean square, and the weights."""
        units = prod(shape)
        size, places = units // self.groups, units // len(self.weight)
        one = size * np.eye(size, dtype=np.int64) - 1
        centred = Affine(np.kron(np.eye(self.groups, dtype=np.int64), one), np.zeros(units, dtype=np.int64), size)
        divided = [
            RootMeanSquare(size, before=at, after=units - at - size, eps=self.eps) for at in range(0, units, size)
        ]
        weight, bias = (np.repeat(each, places) for each in (self.weight, self.bias or (0.0,) * len(self.weight)))
        return (*((centred,) if self.centres else ()), *divided, Affine.of_floats(np.diag(weight), bias))

    def constructor(self, shape: Shape) -> str:
        """Return ``nn.LayerNorm(n)``."""
        eps = [f"eps={self.eps!r}"] if self.eps != PYTORCH_EPS or not self.centres else []
        return f"nn.{self._name(shape)}({', '.join([*self._arguments, *eps])})"

    def _name(self, shape: Shape) -> str:
        return type(self).__name__

    @property
    def _arguments(self) -> tuple[str, ...]:
        return (str(len(self.weight)),)

    @property
    def state(self) -> Mapping[str, Any]:
        """Weights, and biases if there are any."""
        return {"weight": self.weight} | ({"bias": self.bias} if self.centres else {})

    @property
    def biases(self) -> Sequence[float]:
        """What is added to each unit."""
        return self.bias

    @property
    def surcharge(self) -> int:
        """One for another eps."""
        return int(self.eps != PYTORCH_EPS)

    def restrict_inputs(self, origin: Origin) -> tuple[Layer, Origin]:
        """Return the normalisation of the units that are left."""
        bias = pick(self.bias, origin.channels) if self.bias else ()
        return replace(self, weight=pick(self.weight, origin.channels), bias=bias), origin

    def restrict_outputs(self, kept: Places) -> Layer:
        """Raise: each unit depends on all."""
        raise AxiomcheckError(f"{self.kind} gives all of its units")

    def flatten(self, shape: Shape) -> Branch:
        """Return the layer itself."""
        return (self,)

    def plainer(self) -> Iterator[Layer]:
        """Yield it with the eps of PyTorch."""
        if self.surcharge:
            yield replace(self, eps=PYTORCH_EPS)

    @classmethod
    def samples(cls, shape: Shape) -> Sequence[Layer]:
        """Return it with weights of 1, with others, and with an eps that counts; none of one unit or of images."""
        if len(shape) != 1 or shape[0] < 2:
            return ()
        size, (scales, shifts) = shape[0], uneven(shape[0])
        numbers = scales, shifts if cls.centres else ()
        return cls.of(size), cls(*numbers), cls.of(size, EPS), cls(*numbers, 0.5)

    @classmethod
    def skeletons(cls) -> Iterator[tuple[Branch, Shape]]:
        """Yield a difference of two normalised variables, and of two units of one."""
        last, one = Linear.ones(2, 1), Linear.ones(1, 2)
        yield from (((cls.of(2), last), (2,)), ((one, cls.of(2), last), (1,)))


@dataclass(frozen=True)
class LayerNorm(Norm):
    """``a = (z - mean(z)) / √(variance(z) + eps) · weight + bias`` (Ba et al. 2016)."""

    kind: ClassVar[str] = "layernorm"
    family_item: ClassVar[Item] = Item(
        "layernorm", "layer normalisation", "a layer normalisation", "there is a layer normalisation", is_curved=True
    )
    centres: ClassVar[bool] = True


@dataclass(frozen=True)
class RMSNorm(Norm):
    """``a = z / √(mean(z²) + eps) · weight`` (Zhang & Sennrich 2019), in PyTorch from 2.4 on."""

    kind: ClassVar[str] = "rmsnorm"
    family_item: ClassVar[Item] = Item(
        "rmsnorm", "RMS normalisation", "an RMS normalisation", "there is an RMS normalisation", is_curved=True
    )
    centres: ClassVar[bool] = False
