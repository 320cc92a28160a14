"""Transposed convolutions over one or two dimensions."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import prod
from typing import ClassVar

import numpy as np

from ..errors import AxiomcheckError
from ..steps import Affine
from .channels import pick
from .convolution import Convolution, dense
from .flatten import Flatten
from .item import CONVTRANSPOSE, Item
from .layer import Branch, Layer, require_fit
from .origin import Origin, Places, Shape
from .places import of_transpose
from .values import Array, frozen
from .windows import windows


@dataclass(frozen=True)
class ConvTranspose(Convolution):
    """A transposed convolution: ``weight`` (in, out / groups, *kernel)."""

    family_item: ClassVar[Item] = CONVTRANSPOSE
    is_transposed: ClassVar[bool] = True
    cost: ClassVar[int] = 3
    name: ClassVar[str] = "ConvTranspose"
    function: ClassVar[str] = "conv_transpose"

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

    def affine(self, shape: Shape) -> Affine:
        """Return the dense map."""
        after = self.shape_after(shape)[1:]
        covered = windows(after, self.kernel, self.stride, self.padding)
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
        kept = of_transpose(origin.axes[1:], old[1:], self.kernel, self.stride, self.padding)
        weight = self.array[list(origin.channels)][(slice(None), slice(None), *kept.kernel)]
        weight[[i < 0 for i in origin.channels]] = 0
        new = ConvTranspose(frozen(weight), self.bias, kept.of(self.stride), kept.of(self.padding), self.groups)
        return new, Origin(old, (tuple(range(old[0])), *kept.axes))

    def restrict_outputs(self, kept: Places) -> Layer:
        """Return some of its channels."""
        if self.groups > 1:
            raise AxiomcheckError("a transposed convolution in groups stays as it is")
        return replace(self, weight=tuple(pick(row, kept) for row in self.weight), bias=pick(self.bias, kept))

    @classmethod
    def skeletons(cls) -> Iterator[tuple[Branch, Shape]]:
        """Yield it with a kernel of one place."""
        yield ((cls.of([[[1.0]]]), Flatten()), (1, 1))
