"""Groups of a convolution, written out."""

from dataclasses import replace

import numpy as np

from ..layers import Conv, frozen


def ungrouped(layer: Conv) -> Conv:
    """Return the same convolution with one group: the weights between groups are 0."""
    width, outs = layer.in_channels // layer.groups, layer.out_channels // layer.groups
    weight = np.zeros((layer.out_channels, layer.in_channels, *layer.kernel))
    for group in range(layer.groups):
        rows = slice(group * outs, (group + 1) * outs)
        weight[rows, group * width : (group + 1) * width] = layer.array[rows]
    return replace(layer, weight=frozen(weight), groups=1)
