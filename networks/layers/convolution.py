"""Convolutions over one or two dimensions, and their transposes."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from typing import Any, ClassVar, Self

import numpy as np

from ..errors import AxiomcheckError
from ..steps import Affine, Step
from .layer import Array, Layer, Shape, Vector, frozen, require_fit
from .windows import places_after, windows


@dataclass(frozen=True)
class Convolution(Layer):
    """What both have: a ``weight`` of nested tuples, a ``bias`` (out,), and a geometry of one entry a dimension."""

    weight: Any
    bias: Vector
    stride: Shape
    padding: Shape
    groups: int = 1
    numeric: ClassVar[tuple[str, ...]] = ("weight", "bias")
    name: ClassVar[str]

    def __post_init__(self) -> None:
        object.__setattr__(self, "weight", frozen(self.weight))
        object.__setattr__(self, "bias", frozen(self.bias))
        array = _array(self.weight)
        if array.ndim not in (3, 4) or len(self.stride) != array.ndim - 2 or len(self.padding) != array.ndim - 2:
            raise AxiomcheckError(
                f"Expected a kernel, a stride and a padding of one or two dimensions but got {array.shape[2:]}, "
                f"stride={self.stride}, padding={self.padding}"
            )
        if self.groups < 1 or self.in_channels % self.groups or self.out_channels % self.groups:
            raise AxiomcheckError(f"Expected groups that divide the channels but got groups={self.groups}")
        if len(self.bias) != self.out_channels or min(self.stride) < 1 or min(self.padding) < 0:
            raise AxiomcheckError(
                f"Expected a bias for each of {self.out_channels} channels, strides of at least 1 and paddings of at "
                f"least 0 but got bias={self.bias}, stride={self.stride}, padding={self.padding}"
            )

    @classmethod
    def of(cls, weight: Any, bias: Any = None, stride: int = 1, padding: int = 0, groups: int = 1) -> Self:
        """Return the layer of an array or nested lists, the same stride and padding in every dimension."""
        array = _array(weight)
        dimensions = max(array.ndim - 2, 0)
        out = array.shape[1] * groups if cls is ConvTranspose and dimensions else len(array)
        bias = (0.0,) * out if bias is None else bias
        return cls(frozen(array), frozen(bias), (stride,) * dimensions, (padding,) * dimensions, groups)

    @property
    def array(self) -> Array:
        """The weight as a float64 array."""
        return np.array(self.weight, dtype=np.float64)

    @property
    def kernel(self) -> Shape:
        """Its size along each dimension."""
        return np.array(self.weight).shape[2:]

    @property
    def kind(self) -> str:  # type: ignore[override]
        """``conv2d`` and the like."""
        return f"{self.name.lower()}{len(self.stride)}d"

    @property
    def in_channels(self) -> int:
        """The number of channels it reads."""
        raise NotImplementedError

    @property
    def out_channels(self) -> int:
        """The number of channels it has."""
        raise NotImplementedError

    @property
    def has_bias(self) -> bool:
        """Whether any bias differs from 0; a layer without is built with ``bias=False``."""
        return any(self.bias)

    @property
    def state(self) -> Mapping[str, Any]:
        """Weight as PyTorch has it, and bias (out,) if there is one."""
        return {"weight": self.weight} | ({"bias": self.bias} if self.has_bias else {})

    def constructor(self, shape: Shape) -> str:
        """Return ``nn.Conv2d(in, out, kernel, …)``, what is usual left out."""
        said = [f"{self.in_channels}, {self.out_channels}, {written(self.kernel)}"]
        said += [f"stride={written(self.stride)}"] if max(self.stride) > 1 else []
        said += [f"padding={written(self.padding)}"] if any(self.padding) else []
        said += [f"groups={self.groups}"] if self.groups > 1 else []
        said += [] if self.has_bias else ["bias=False"]
        return f"nn.{self.name}{len(self.stride)}d({', '.join(said)})"

    def _spatial(self, shape: Shape) -> Shape:
        dimensions = len(self.stride)
        wanted = f"it reads {self.in_channels} channels in {dimensions} dimensions"
        fits = len(shape) == dimensions + 1 and shape[0] == self.in_channels
        require_fit(fits, self, shape, wanted)
        return shape[1:]


@dataclass(frozen=True)
class Conv(Convolution):
    """A convolution: ``weight`` (out, in / groups, *kernel)."""

    item: ClassVar[str] = "conv"
    cost: ClassVar[int] = 2
    name: ClassVar[str] = "Conv"

    @property
    def in_channels(self) -> int:
        """The number of channels it reads."""
        return len(self.weight[0]) * self.groups

    @property
    def out_channels(self) -> int:
        """The number of channels it has."""
        return len(self.weight)

    def shape_after(self, shape: Shape) -> Shape:
        """Return (out, *places) for (in, *spatial)."""
        after = places_after(self._spatial(shape), self.kernel, self.stride, self.padding)
        require_fit(min(after) > 0, self, shape, f"a kernel of {written(self.kernel)} is too large")
        return (self.out_channels, *after)

    def steps(self, shape: Shape) -> tuple[Step, ...]:
        """Return the one affine step, dense."""
        covered = windows(shape[1:], self.kernel, self.stride, self.padding)
        return (_dense(self, self.array, covered, (prod(shape[1:]), len(covered)), transposed=False),)


@dataclass(frozen=True)
class ConvTranspose(Convolution):
    """A transposed convolution: ``weight`` (in, out / groups, *kernel)."""

    item: ClassVar[str] = "convtranspose"
    cost: ClassVar[int] = 3
    name: ClassVar[str] = "ConvTranspose"

    @property
    def in_channels(self) -> int:
        """The number of channels it reads."""
        return len(self.weight)

    @property
    def out_channels(self) -> int:
        """The number of channels it has."""
        return len(self.weight[0]) * self.groups

    def shape_after(self, shape: Shape) -> Shape:
        """Return (out, *places) for (in, *spatial)."""
        sizes = zip(self._spatial(shape), self.kernel, self.stride, self.padding, strict=True)
        after = tuple((n - 1) * s - 2 * p + k for n, k, s, p in sizes)
        require_fit(min(after) > 0, self, shape, "its padding takes everything away")
        return (self.out_channels, *after)

    def steps(self, shape: Shape) -> tuple[Step, ...]:
        """Return the one affine step, dense."""
        after = self.shape_after(shape)[1:]
        covered = windows(after, self.kernel, self.stride, self.padding)
        weight = np.moveaxis(self.array.reshape(self.groups, -1, *self.array.shape[1:]), 2, 1)
        weight = weight.reshape(self.out_channels, -1, *self.kernel)
        return (_dense(self, weight, covered, (len(covered), prod(after)), transposed=True),)


def _array(weight: Any) -> Array:
    try:
        return np.array(weight, dtype=np.float64)
    except ValueError as error:
        raise AxiomcheckError(f"Expected a weight of equally long rows but got weight={weight!r}") from error


def _dense(layer: Convolution, weight: Array, covered: Array, sizes: Shape, *, transposed: bool) -> Affine:
    """Return the affine step of ``weight`` (out, in / groups, *kernel); ``sizes`` are places before and after."""
    before, after = sizes
    dense = np.zeros((layer.in_channels, before, layer.out_channels, after))
    window, position = np.nonzero(covered >= 0)
    place = covered[window, position]
    rows, columns = (window, place) if transposed else (place, window)
    flat = weight.reshape(*weight.shape[:2], -1)
    out_of_group = layer.out_channels // layer.groups
    for out in range(layer.out_channels):
        for i in range(weight.shape[1]):
            source = (out // out_of_group) * weight.shape[1] + i
            np.add.at(dense[source, :, out], (rows, columns), flat[out, i, position])
    matrix = dense.reshape(layer.in_channels * before, layer.out_channels * after)
    return Affine.of_floats(matrix, np.repeat(np.array(layer.bias), after))


def written(sizes: Shape) -> str:
    """Return a geometry as code has it: one number where all are the same."""
    return str(sizes[0]) if len(set(sizes)) == 1 else str(sizes)
