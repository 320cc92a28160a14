"""Shifting: what f computes around another point, by the biases of the layers that read the input."""

from dataclasses import replace

import numpy as np

from .errors import DoesNotApply
from .layers import Array, BatchNorm, Block, Branch, Conv, Dropout, Flatten, Layer, Linear, Shape, frozen
from .layers.pooling import Pool


def shifted(layers: Branch, shape: Shape, shift: Array) -> Branch:
    """Return layers that make of x what ``layers`` make of x + ``shift`` (d,), inputs of ``shape``.

    The first layer with a bias takes the shift in. ``DoesNotApply`` where none can: a padding does not shift, a
    convolution has one bias for all places, a ReLU comes first.
    """
    if not shift.any():
        return layers
    if not layers:
        raise DoesNotApply("nothing takes the shift in")
    first, *rest = layers
    if isinstance(first, Block):
        branches = tuple(shifted(branch, shape, shift) for branch in first.branches)
        return (replace(first, branches=branches), *rest)
    if isinstance(first, (Linear, Conv, BatchNorm)):
        return (_with_bias(first, shift.reshape(shape)), *rest)
    if isinstance(first, (Flatten, Dropout)):
        return (first, *shifted(tuple(rest), first.shape_after(shape), shift))
    if isinstance(first, Pool):
        behind = first.shape_after(shape)
        inner = _spread(_per_channel(shift.reshape(shape)), behind)
        return (first, *shifted(tuple(rest), behind, inner))
    raise DoesNotApply(f"{first.kind} takes no shift in")


def _with_bias(layer: Linear | Conv | BatchNorm, shift: Array) -> Layer:
    if isinstance(layer, Linear):
        return replace(layer, bias=frozen(np.array(layer.bias) + np.array(layer.weight) @ shift))
    channels = _per_channel(shift)
    if isinstance(layer, BatchNorm):
        return replace(layer, bias=frozen(np.array(layer.bias) + layer.scales * channels))
    if any(layer.padding):
        raise DoesNotApply("a padding is not shifted")
    groups = np.repeat(np.arange(layer.groups), layer.out_channels // layer.groups)
    read = channels.reshape(layer.groups, -1)[groups]
    sums = layer.array.reshape(*layer.array.shape[:2], -1).sum(axis=2)
    return replace(layer, bias=frozen(np.array(layer.bias) + (sums * read).sum(axis=1)))


def _per_channel(shift: Array) -> Array:
    flat = shift.reshape(len(shift), -1)
    if (flat != flat[:, :1]).any():
        raise DoesNotApply("the places of a channel are not shifted alike")
    return np.asarray(flat[:, 0])


def _spread(channels: Array, shape: Shape) -> Array:
    return np.repeat(channels, int(np.prod(shape[1:])))
