"""Layers adapted to what they read, when units below them are gone, new, or in another order."""

from collections.abc import Sequence
from dataclasses import replace
from functools import singledispatch
from math import prod

from ..errors import AxiomcheckError
from ..layers import (
    Activation,
    AdaptiveAvgPool,
    BatchNorm,
    Block,
    Branch,
    Concat,
    Conv,
    ConvTranspose,
    Flatten,
    Layer,
    Linear,
    PReLU,
    Residual,
    frozen,
)
from ..layers.pooling import Pool
from .channels import of_norm, of_slopes, picked, ungrouped
from .origin import Origin, Places
from .output_restriction import giving
from .places import of_transpose, of_windows


def reading(layers: Branch, origin: Origin) -> tuple[Branch, Origin]:
    """Return ``layers`` adapted to inputs of ``origin``, and the origin of what they make of them."""
    adapted: list[Layer] = []
    for layer in layers:
        new, origin = adapted_to(layer, origin)
        adapted.append(new)
    return tuple(adapted), origin


@singledispatch
def adapted_to(layer: Layer, origin: Origin) -> tuple[Layer, Origin]:  # noqa: ARG001 - others do
    """Return one layer adapted to inputs of ``origin``, and the origin of its outputs."""
    raise AxiomcheckError(f"nothing is known of what {layer.kind} reads")


@adapted_to.register
def _(layer: Activation, origin: Origin) -> tuple[Layer, Origin]:
    return layer, origin


@adapted_to.register
def _(layer: PReLU, origin: Origin) -> tuple[Layer, Origin]:
    return of_slopes(layer, origin.channels), origin


@adapted_to.register
def _(layer: BatchNorm, origin: Origin) -> tuple[Layer, Origin]:
    return of_norm(layer, origin.channels), origin


@adapted_to.register
def _(layer: Flatten, origin: Origin) -> tuple[Layer, Origin]:
    return layer, origin.flattened


@adapted_to.register
def _(layer: Linear, origin: Origin) -> tuple[Layer, Origin]:
    weight = tuple(tuple(row[i] if i >= 0 else 0.0 for i in origin.channels) for row in layer.weight)
    return Linear(weight, layer.bias), Origin.same((layer.out_features,))


@adapted_to.register
def _(layer: Conv, origin: Origin) -> tuple[Layer, Origin]:
    old = layer.shape_after(origin.old)
    channels = Origin.same(old[:1]).channels
    if origin.channels != Origin.same(origin.old[:1]).channels:
        layer, channels = _with_inputs(layer, origin.channels)
    kept = of_windows(origin.axes[1:], old[1:], layer.kernel, layer.stride, layer.padding)
    weight = layer.array[(slice(None), slice(None), *kept.kernel)]
    new = Conv(frozen(weight), layer.bias, kept.of(layer.stride), kept.of(layer.padding), layer.groups)
    return new, Origin(old, (channels, *kept.axes))


def _with_inputs(layer: Conv, channels: Places) -> tuple[Conv, Places]:
    """Return a convolution of some of its channels; where each has its own output, these go along."""
    if layer.groups == layer.in_channels == layer.out_channels and min(channels) >= 0:
        weight, bias = picked(layer.weight, channels), picked(layer.bias, channels)
        return replace(layer, weight=weight, bias=bias, groups=len(channels)), channels
    columns = ungrouped(layer).array[:, list(channels)]
    columns[:, [i < 0 for i in channels]] = 0
    return replace(layer, weight=frozen(columns), groups=1), tuple(range(layer.out_channels))


@adapted_to.register
def _(layer: ConvTranspose, origin: Origin) -> tuple[Layer, Origin]:
    old = layer.shape_after(origin.old)
    if layer.groups > 1 and not origin.is_same:
        raise AxiomcheckError("a transposed convolution in groups stays as it is")
    kept = of_transpose(origin.axes[1:], old[1:], layer.kernel, layer.stride, layer.padding)
    weight = layer.array[list(origin.channels)][(slice(None), slice(None), *kept.kernel)]
    weight[[i < 0 for i in origin.channels]] = 0
    new = ConvTranspose(frozen(weight), layer.bias, kept.of(layer.stride), kept.of(layer.padding), layer.groups)
    return new, Origin(old, (tuple(range(old[0])), *kept.axes))


@adapted_to.register
def _(layer: Pool, origin: Origin) -> tuple[Layer, Origin]:
    old = layer.shape_after(origin.old)
    kept = of_windows(origin.axes[1:], old[1:], layer.kernel, layer.stride, (0,) * len(layer.kernel))
    new = replace(layer, kernel=kept.of(layer.kernel), stride=kept.of(layer.stride))
    return new, Origin(old, (origin.channels, *kept.axes))


@adapted_to.register
def _(layer: AdaptiveAvgPool, origin: Origin) -> tuple[Layer, Origin]:
    axes = [
        tuple(range(size)) if isinstance(axis, tuple) else axis * size // old
        for axis, size, old in zip(origin.axes[1:], layer.size, origin.old[1:], strict=True)
    ]
    size = tuple(len(axis) for axis in axes if isinstance(axis, tuple))
    return AdaptiveAvgPool(size), Origin(layer.shape_after(origin.old), (origin.channels, *axes))


@adapted_to.register
def _(layer: Block, origin: Origin) -> tuple[Layer, Origin]:
    return joined(layer, [reading(branch, origin) for branch in layer.branches])


def joined(block: Block, branches: Sequence[tuple[Branch, Origin]]) -> tuple[Layer, Origin]:
    """Return the block with other branches, made to fit each other, and the origin of what it joins."""
    origins = [origin for _, origin in branches]
    if isinstance(block, Concat):
        return Concat(tuple(branch for branch, _ in branches)), _behind_each_other(origins)
    least = min(origins, key=lambda origin: prod(origin.shape))
    return Residual(tuple(_limited(branch, origin, least) for branch, origin in branches)), least


def _limited(branch: Branch, origin: Origin, wanted: Origin) -> Branch:
    if origin == wanted:
        return branch
    if origin.axes[1:] != wanted.axes[1:] or not set(wanted.channels) <= set(origin.channels):
        raise AxiomcheckError("the branches of a sum have come to differ")
    return giving(branch, tuple(origin.channels.index(channel) for channel in wanted.channels))


def _behind_each_other(origins: Sequence[Origin]) -> Origin:
    channels: list[int] = []
    count = 0
    for origin in origins:
        channels += [channel + count if channel >= 0 else -1 for channel in origin.channels]
        count += origin.old[0]
    return origins[0].with_channels(tuple(channels), count)
