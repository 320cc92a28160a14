"""Convolutions over one to three dimensions."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from math import prod
from typing import Any, ClassVar

import numpy as np

from ..errors import AxiomcheckError, DoesNotApply
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
from .windows import MODES, Geometry, places_after, windows


@dataclass(frozen=True)
class Conv(Convolution):
    """A convolution: ``weight`` (out, in / groups, *kernel).

    ``mode`` is what stands in its padding; ``same`` means as much padding as keeps the places: then ``padding`` is what
    stands before them, and behind them stands one more where that is needed.
    """

    family_item: ClassVar[Item] = CONV
    mode: str = "zeros"
    same: bool = False
    cost: ClassVar[int] = 2
    name: ClassVar[str] = "Conv"
    function: ClassVar[str] = "conv"

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.mode not in MODES:
            raise AxiomcheckError(f"Expected a padding mode of {', '.join(MODES)} but got mode={self.mode!r}")
        if self.same and max(self.stride) > 1:
            raise AxiomcheckError(f"Expected no stride with padding that keeps the places but got stride={self.stride}")
        if self.same:
            reach = Geometry(self.kernel, self.stride, self.padding, self.dilation).reach
            object.__setattr__(self, "padding", tuple((k - 1) // 2 for k in reach))

    @cached_property
    def geometry(self) -> Geometry:
        """How its kernel goes over the places."""
        return Geometry(self.kernel, self.stride, self.padding, self.dilation, self.mode)

    @cached_property
    def behind(self) -> Shape:
        """The padding behind the last place."""
        reach = self.geometry.reach
        return tuple(k - 1 - p if self.same else p for k, p in zip(reach, self.padding, strict=True))

    @property
    def is_padded(self) -> bool:
        """Whether it reads zeros that are no inputs."""
        return self.mode == "zeros" and any(self.behind)

    @property
    def surcharge(self) -> int:
        """One for each of dilation, a mode of padding, and ``same``."""
        return super().surcharge + (self.mode != "zeros") + self.same

    @property
    def options(self) -> tuple[str, ...]:
        """What is unusual about its geometry."""
        mode = (f"{self.mode} padding",) if self.mode != "zeros" and any(self.behind) else ()
        return (*super().options, *mode, *(("same padding",) if self.same else ()))

    @property
    def _padding_arguments(self) -> list[str]:
        padding = ['padding="same"'] if self.same else super()._padding_arguments
        return padding + ([f'padding_mode="{self.mode}"'] if self.mode != "zeros" else [])

    @property
    def _padding_call(self) -> str:
        if self.mode != "zeros":
            return "padding=0"
        return 'padding="same"' if self.same else super()._padding_call

    @property
    def _padded_input(self) -> str:
        if self.mode == "zeros":
            return "{}"
        sides = [p for pair in zip(self.padding, self.behind, strict=True) for p in reversed(pair)]
        return f'F.pad({{}}, {tuple(reversed(sides))}, mode="{self.mode}")'

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
        spatial = self._spatial(shape)
        after = places_after(spatial, self.geometry, self.behind)
        require_fit(min(after) > 0, self, shape, f"a kernel of {size_text(self.kernel)} is too large")
        if self.mode in ("reflect", "circular"):
            room = [n - (self.mode == "reflect") for n in spatial]
            fits = all(max(sides) <= most for *sides, most in zip(self.padding, self.behind, room, strict=True))
            require_fit(fits, self, shape, f"a {self.mode} padding needs more places")
        return (self.out_channels, *after)

    def affine(self, shape: Shape) -> Affine:
        """Return the dense map."""
        covered = windows(shape[1:], self.shape_after(shape)[1:], self.geometry)
        return dense(self, self.array, covered, (prod(shape[1:]), len(covered)), transposed=False)

    def reads_twice(self, shape: Shape) -> bool:
        """Whether its padding repeats what a window covers already."""
        covered = windows(shape[1:], self.shape_after(shape)[1:], self.geometry)
        inside = (row[row >= 0].tolist() for row in covered)
        return self.mode != "zeros" and any(len(set(places)) < len(places) for places in inside)

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
        kept = of_windows(origin.axes[1:], old[1:], layer.geometry, layer.behind)
        weight = layer.array[(slice(None), slice(None), *kept.kernel)]
        sizes: Any = {name: kept.of(size) for name, size in layer._sizes.items()}  # noqa: SLF001 - its own
        new = replace(layer, weight=frozen(weight), **sizes)
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
        if self.same:
            yield replace(self, same=False)
            yield replace(self, same=False, padding=(0,) * len(self.stride))
        if self.mode != "zeros":
            yield replace(self, mode="zeros")

    @classmethod
    def skeletons(cls) -> Iterator[tuple[Branch, Shape]]:
        """Yield it with a kernel of one place, alone and under a ReLU, with a stride, a wider kernel and a padding."""
        one, flat = cls.of([[[1.0]]]), Flatten()
        yield from (((one, flat), (1, 1)), ((one, ReLU(), flat), (1, 1)), ((cls.of([[[1.0]]], stride=2), flat), (1, 1)))
        yield ((cls.of([[[1.0, 1.0]]]), flat), (1, 2))
        yield ((cls.of([[[1.0, 1.0, 1.0]]], padding=1), flat), (1, 1))
