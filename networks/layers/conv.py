"""Convolutions over one or two dimensions."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import prod
from typing import ClassVar

import numpy as np

from ..errors import DoesNotApply
from ..steps import Affine
from .channels import per_channel, pick
from .convolution import Convolution, dense, size_text
from .flatten import Flatten
from .item import CONV, Item
from .layer import Branch, Layer, require_fit
from .origin import Origin, Places, Shape
from .places import of_windows
from .relu import ReLU
from .values import Array, frozen
from .windows import places_after, windows


@dataclass(frozen=True)
class Conv(Convolution):
    """A convolution: ``weight`` (out, in / groups, *kernel)."""

    family_item: ClassVar[Item] = CONV
    cost: ClassVar[int] = 2
    name: ClassVar[str] = "Conv"
    function: ClassVar[str] = "conv"

    @property
    def in_channels(self) -> int:
        """The number of channels it reads."""
        return len(self.weight[0]) * self.groups

    @property
    def out_channels(self) -> int:
        """The number of channels it has."""
        return len(self.weight)

    @property
    def window(self) -> Shape:
        """Its kernel."""
        return self.kernel

    def shape_after(self, shape: Shape) -> Shape:
        """Return (out, *places) for (in, *spatial)."""
        after = places_after(self._spatial(shape), self.kernel, self.stride, self.padding)
        require_fit(min(after) > 0, self, shape, f"a kernel of {size_text(self.kernel)} is too large")
        return (self.out_channels, *after)

    def affine(self, shape: Shape) -> Affine:
        """Return the dense map."""
        covered = windows(shape[1:], self.kernel, self.stride, self.padding)
        return dense(self, self.array, covered, (prod(shape[1:]), len(covered)), transposed=False)

    def pointwise(self, weight: Array, bias: Array) -> "Conv":
        """Return the convolution of kernel 1."""
        return Conv.of(weight.reshape(*weight.shape, *[1] * len(self.stride)), bias)

    def without_groups(self) -> "Conv":
        """Return the same convolution with one group: the weights between groups are 0."""
        width, outs = self.in_channels // self.groups, self.out_channels // self.groups
        weight = np.zeros((self.out_channels, self.in_channels, *self.kernel))
        for group in range(self.groups):
            rows = slice(group * outs, (group + 1) * outs)
            weight[rows, group * width : (group + 1) * width] = self.array[rows]
        return replace(self, weight=frozen(weight), groups=1)

    def restrict_inputs(self, origin: Origin) -> tuple[Layer, Origin]:
        """Return it for other channels and places: along an axis that is gone, one slice of the kernel is left."""
        old = self.shape_after(origin.old)
        layer, channels = self, Origin.same(old[:1]).channels
        if origin.channels != Origin.same(origin.old[:1]).channels:
            layer, channels = self._with_inputs(origin.channels)
        kept = of_windows(origin.axes[1:], old[1:], layer.kernel, layer.stride, layer.padding)
        weight = layer.array[(slice(None), slice(None), *kept.kernel)]
        new = Conv(frozen(weight), layer.bias, kept.of(layer.stride), kept.of(layer.padding), layer.groups)
        return new, Origin(old, (channels, *kept.axes))

    def _with_inputs(self, channels: Places) -> tuple["Conv", Places]:
        """Return a convolution of some of its channels; where each has its own output, these go along."""
        if self.groups == self.in_channels == self.out_channels and min(channels) >= 0:
            weight, bias = pick(self.weight, channels), pick(self.bias, channels)
            return replace(self, weight=weight, bias=bias, groups=len(channels)), channels
        columns = self.without_groups().array[:, list(channels)]
        columns[:, [i < 0 for i in channels]] = 0
        return replace(self, weight=frozen(columns), groups=1), tuple(range(self.out_channels))

    def restrict_outputs(self, kept: Places) -> Layer:
        """Return some of its channels, without groups."""
        layer = self.without_groups()
        return replace(layer, weight=pick(layer.weight, kept), bias=pick(layer.bias, kept))

    def shift(self, by: Array, shape: Shape) -> tuple[Layer, Array | None]:
        """Return it with the shift in its biases, if all places of a channel are shifted alike."""
        channels = per_channel(by, shape)
        if self.is_padded:
            raise DoesNotApply("a padding is not shifted")
        groups = np.repeat(np.arange(self.groups), self.out_channels // self.groups)
        read = channels.reshape(self.groups, -1)[groups]
        sums = self.array.reshape(*self.array.shape[:2], -1).sum(axis=2)
        return replace(self, bias=frozen(np.array(self.bias) + (sums * read).sum(axis=1))), None

    def plainer(self) -> Iterator[Layer]:
        """Yield it with smaller kernels, usual strides, no padding, no groups."""
        yield from super().plainer()
        if self.groups > 1:
            yield self.without_groups()

    @classmethod
    def skeletons(cls) -> Iterator[tuple[Branch, Shape]]:
        """Yield it with a kernel of one place, alone and under a ReLU, with a stride, a wider kernel and a padding."""
        one, flat = cls.of([[[1.0]]]), Flatten()
        yield from (((one, flat), (1, 1)), ((one, ReLU(), flat), (1, 1)), ((cls.of([[[1.0]]], stride=2), flat), (1, 1)))
        yield ((cls.of([[[1.0, 1.0]]]), flat), (1, 2))
        yield ((cls.of([[[1.0, 1.0, 1.0]]], padding=1), flat), (1, 1))
