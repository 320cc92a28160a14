"""Transposed convolutions over one to three dimensions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import prod
from typing import Any, ClassVar

import numpy as np

from ..errors import AxiomcheckError
from ..steps import Affine
from .channels import pick
from .convolution import Convolution, dense, size_text
from .flatten import Flatten
from .item import CONVTRANSPOSE, Item
from .layer import Branch, Layer, require_fit
from .origin import Origin, Places, Shape
from .places import of_transpose
from .values import Array, frozen
from .windows import windows


@dataclass(frozen=True)
class ConvTranspose(Convolution):
    """A transposed convolution: ``weight`` (in, out / groups, *kernel).

    ``output_padding`` are places behind the last ones, below the stride; one that is not said is 0.
    """

    family_item: ClassVar[Item] = CONVTRANSPOSE
    output_padding: Shape = ()
    is_transposed: ClassVar[bool] = True
    cost: ClassVar[int] = 3
    name: ClassVar[str] = "ConvTranspose"
    function: ClassVar[str] = "conv_transpose"

    def __post_init__(self) -> None:
        if not self.output_padding:
            object.__setattr__(self, "output_padding", (0,) * len(self.stride))
        super().__post_init__()
        if any(not 0 <= p < s for p, s in zip(self.output_padding, self.stride, strict=True)):
            raise AxiomcheckError(
                f"Expected an output padding below the stride but got {self.output_padding} and stride={self.stride}"
            )

    @property
    def _sizes(self) -> Mapping[str, Shape]:
        return {**super()._sizes, "output_padding": self.output_padding}

    @property
    def extent(self) -> int:
        """The sizes of its geometry."""
        return super().extent + sum(self.output_padding)

    @property
    def surcharge(self) -> int:
        """One for each of dilation and output padding."""
        return super().surcharge + any(self.output_padding)

    @property
    def options(self) -> tuple[str, ...]:
        """What is unusual about its geometry."""
        return (*super().options, *(("output padding",) if any(self.output_padding) else ()))

    @property
    def _padding_arguments(self) -> list[str]:
        more = [f"output_padding={size_text(self.output_padding)}"] if any(self.output_padding) else []
        return super()._padding_arguments + more

    @property
    def _padding_call(self) -> str:
        more = f", output_padding={self.output_padding}" if any(self.output_padding) else ""
        return super()._padding_call + more

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
        reach = self.geometry.reach
        sizes = zip(self._spatial(shape), reach, self.stride, self.padding, self.output_padding, strict=True)
        after = tuple((n - 1) * s - 2 * p + k + more for n, k, s, p, more in sizes)
        require_fit(min(after) > 0, self, shape, "its padding takes everything away")
        return (self.out_channels, *after)

    def affine(self, shape: Shape) -> Affine:
        """Return the dense map."""
        after = self.shape_after(shape)[1:]
        covered = windows(after, shape[1:], self.geometry)
        weight = np.moveaxis(self.array.reshape(self.groups, -1, *self.array.shape[1:]), 2, 1)
        weight = weight.reshape(self.out_channels, -1, *self.kernel)
        return dense(self, weight, covered, (len(covered), prod(after)), transposed=True)

    def pointwise(self, weight: Array, bias: Array) -> "ConvTranspose":
        """Return the transposed convolution of kernel 1."""
        return ConvTranspose.of(weight.T.reshape(*weight.T.shape, *[1] * len(self.stride)), bias)

    def restrict_inputs(self, origin: Origin) -> tuple[Layer, Origin]:
        """Return it for other channels and places: along an axis that is gone, one slice of the kernel is left."""
        old = self.shape_after(origin.old)
        if self.groups > 1 and not origin.is_same:
            raise AxiomcheckError("a transposed convolution in groups stays as it is")
        kept = of_transpose(origin.axes[1:], old[1:], self.geometry, self.output_padding)
        weight = self.array[list(origin.channels)][(slice(None), slice(None), *kept.kernel)]
        weight[[i < 0 for i in origin.channels]] = 0
        sizes: Any = {name: kept.of(size) for name, size in self._sizes.items()}
        new = replace(self, weight=frozen(weight), **sizes)
        return new, Origin(old, (tuple(range(old[0])), *kept.axes))

    def restrict_outputs(self, kept: Places) -> Layer:
        """Return some of its channels."""
        if self.groups > 1:
            raise AxiomcheckError("a transposed convolution in groups stays as it is")
        return replace(self, weight=tuple(pick(row, kept) for row in self.weight), bias=pick(self.bias, kept))

    def plainer(self) -> Iterator[Layer]:
        """Yield it with smaller kernels, usual strides, no padding and no output padding."""
        none = (0,) * len(self.stride)
        plain = replace(self, output_padding=none)
        yield from super(ConvTranspose, plain).plainer()
        if any(self.output_padding):
            yield plain
            yield from super().plainer()

    @classmethod
    def skeletons(cls) -> Iterator[tuple[Branch, Shape]]:
        """Yield it with a kernel of one place."""
        yield ((cls.of([[[1.0]]]), Flatten()), (1, 1))
