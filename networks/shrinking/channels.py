"""Some of a layer's channels, and the groups of a convolution written out."""

from dataclasses import replace
from typing import TypeVar

import numpy as np

from ..layers import BatchNorm, Conv, PReLU, frozen
from .origin import Places

T = TypeVar("T")


def picked(values: tuple[T, ...], places: Places) -> tuple[T, ...]:
    """Return the values at some places; the first one where there was none."""
    return tuple(values[max(place, 0)] for place in places)


def of_norm(layer: BatchNorm, channels: Places) -> BatchNorm:
    """Return the normalisation of some of its channels."""
    mean, variance, weight, bias = (picked(v, channels) for v in (layer.mean, layer.variance, layer.weight, layer.bias))
    return replace(layer, mean=mean, variance=variance, weight=weight, bias=bias)


def of_slopes(layer: PReLU, channels: Places) -> PReLU:
    """Return the activation of some of its channels."""
    return layer if len(layer.slope) == 1 else PReLU(picked(layer.slope, channels))


def ungrouped(layer: Conv) -> Conv:
    """Return the same convolution with one group: the weights between groups are 0."""
    width, outs = layer.in_channels // layer.groups, layer.out_channels // layer.groups
    weight = np.zeros((layer.out_channels, layer.in_channels, *layer.kernel))
    for group in range(layer.groups):
        rows = slice(group * outs, (group + 1) * outs)
        weight[rows, group * width : (group + 1) * width] = layer.array[rows]
    return replace(layer, weight=frozen(weight), groups=1)
