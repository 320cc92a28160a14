"""Pools: the largest, or the average, of each window."""

from dataclasses import dataclass
from math import lcm, prod
from typing import ClassVar

import numpy as np

from ..errors import AxiomcheckError
from ..steps import Affine, Max, Step
from .convolution import written
from .layer import Layer, Shape, require_fit
from .windows import places_after, windows


@dataclass(frozen=True)
class Pool(Layer):
    """What both have: ``kernel`` and ``stride``, one entry a dimension."""

    kernel: Shape
    stride: Shape
    name: ClassVar[str]

    def __post_init__(self) -> None:
        if len(self.kernel) not in (1, 2) or len(self.stride) != len(self.kernel):
            raise AxiomcheckError(
                f"Expected a kernel and a stride of one or two dimensions but got {self.kernel} and {self.stride}"
            )
        if min(self.kernel + self.stride) < 1:
            raise AxiomcheckError(f"Expected sizes of at least 1 but got kernel={self.kernel}, stride={self.stride}")

    @property
    def kind(self) -> str:  # type: ignore[override]
        """``maxpool2d`` and the like."""
        return f"{self.name.lower()}{len(self.kernel)}d"

    def shape_after(self, shape: Shape) -> Shape:
        """Return (channels, *places) for (channels, *spatial)."""
        dimensions = len(self.kernel)
        require_fit(len(shape) == dimensions + 1, self, shape, f"it reads channels in {dimensions} dimensions")
        after = places_after(shape[1:], self.kernel, self.stride, (0,) * dimensions)
        require_fit(min(after) > 0, self, shape, f"a kernel of {written(self.kernel)} is too large")
        return (shape[0], *after)

    def constructor(self, shape: Shape) -> str:
        """Return ``nn.MaxPool2d(kernel, stride=…)``."""
        stride = f", stride={written(self.stride)}" if self.stride != self.kernel else ""
        return f"nn.{self.name}{len(self.kernel)}d({written(self.kernel)}{stride})"

    def _covered(self, shape: Shape) -> list[tuple[int, ...]]:
        covered = windows(shape[1:], self.kernel, self.stride, (0,) * len(self.kernel))
        places = prod(shape[1:])
        return [tuple(window) for channel in range(shape[0]) for window in (covered + channel * places).tolist()]


@dataclass(frozen=True)
class MaxPool(Pool):
    """The largest of each window; where some are equally large, the gradient is a convention."""

    item: ClassVar[str] = "maxpool"
    cost: ClassVar[int] = 2
    name: ClassVar[str] = "MaxPool"

    def steps(self, shape: Shape) -> tuple[Step, ...]:
        """Return the one step of maxima."""
        return (Max(tuple(self._covered(shape)), prod(shape)),)


@dataclass(frozen=True)
class AvgPool(Pool):
    """The average of each window: exact in floats where the window holds a power of two."""

    item: ClassVar[str] = "avgpool"
    cost: ClassVar[int] = 2
    name: ClassVar[str] = "AvgPool"

    def steps(self, shape: Shape) -> tuple[Step, ...]:
        """Return the one affine step."""
        return (_average(self._covered(shape), prod(shape)),)


@dataclass(frozen=True)
class AdaptiveAvgPool(Layer):
    """Averages over windows that part the input into ``size`` places."""

    size: Shape
    item: ClassVar[str] = "avgpool"
    cost: ClassVar[int] = 2

    def __post_init__(self) -> None:
        if len(self.size) not in (1, 2) or min(self.size) < 1:
            raise AxiomcheckError(f"Expected one or two sizes of at least 1 but got size={self.size}")

    @property
    def kind(self) -> str:  # type: ignore[override]
        """``adaptiveavgpool2d`` and the like."""
        return f"adaptiveavgpool{len(self.size)}d"

    def shape_after(self, shape: Shape) -> Shape:
        """Return (channels, *size) for (channels, *spatial)."""
        fits = len(shape) == len(self.size) + 1
        require_fit(fits, self, shape, f"it reads channels in {len(self.size)} dimensions")
        return (shape[0], *self.size)

    def steps(self, shape: Shape) -> tuple[Step, ...]:
        """Return the one affine step: window i of n places in m is from ⌊i n / m⌋ to before ⌈(i + 1) n / m⌉."""
        along = [
            [range(i * n // m, -(-(i + 1) * n // m)) for i in range(m)]
            for n, m in zip(shape[1:], self.size, strict=True)
        ]
        places = np.arange(prod(shape)).reshape(shape)
        grids = np.ndindex(*self.size)
        cells = [tuple(along[k][i] for k, i in enumerate(at)) for at in grids]
        return (
            _average([tuple(places[c][np.ix_(*cell)].ravel()) for c in range(shape[0]) for cell in cells], prod(shape)),
        )

    def constructor(self, shape: Shape) -> str:
        """Return ``nn.AdaptiveAvgPool2d(size)``."""
        return f"nn.AdaptiveAvgPool{len(self.size)}d({written(self.size)})"


def _average(groups: list[tuple[int, ...]], reads: int) -> Affine:
    scale = lcm(*map(len, groups))
    weight = np.zeros((reads, len(groups)), dtype=np.int64)
    for unit, group in enumerate(groups):
        weight[list(group), unit] = scale // len(group)
    return Affine(weight, np.zeros(len(groups), dtype=np.int64), scale)
