"""Rewrites of pools as convolutions."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import prod
from typing import ClassVar

import numpy as np

from ..layers import Array, AvgPool, Conv, Layer, MaxPool, Pool, ReLU, Shape, frozen
from ..network import Network
from .rewrite import Rewrite, is_power_of_two
from .sites import place, places, require


@dataclass(frozen=True)
class PoolRewrite(Rewrite):
    """A rewrite of one pool; ``pool`` counts those of its kind from 0, those inside branches in their place."""

    pool: int
    where: ClassVar[str] = "pool"
    pools: ClassVar[type[Pool]]

    @classmethod
    def count(cls, network: Network) -> int:
        """Return the number of pools of its kind."""
        return len(places(network, cls.pools))


@dataclass(frozen=True)
class AverageAsConv(PoolRewrite):
    """The average of k numbers is their sum with weights 1/k: a convolution of each channel by itself.

    k is a power of two, or 1/k would be rounded.
    """

    name: ClassVar[str] = "average-as-conv"
    pools: ClassVar[type[Pool]] = AvgPool

    def apply(self, network: Network) -> Network:
        """Return the network with the convolution in place of the pool."""
        site, pool = place(network, self.pool, AvgPool, "average pool")
        size = prod(pool.kernel)
        require(is_power_of_two(float(size)), f"average pool {self.pool} has windows of {size}, no power of two")
        counted = pool.is_even or (pool.count_include_pad and not pool.ceil_mode)
        require(counted, f"average pool {self.pool} has windows of several sizes")
        return site.replace(
            _by_channel(site.shape[0], np.full((1, 1, *pool.kernel), 1 / size), pool.stride, pool.padding)
        )


@dataclass(frozen=True)
class MaxPoolAsRelu(PoolRewrite):
    """max(a, b) = relu(a - b) + relu(b) - relu(-b), and a window's maximum is that of two windows that cover it.

    Along each dimension the windows double until they reach, overlapping if they must, the size of the pool. A window
    that reaches beyond an edge holds the place at the edge: where that is repeated outside, its maximum is the same.
    """

    name: ClassVar[str] = "max-pool-as-relu"
    pools: ClassVar[type[Pool]] = MaxPool

    def apply(self, network: Network) -> Network:
        """Return the network with convolutions and ReLUs in place of the pool."""
        site, pool = place(network, self.pool, MaxPool, "max-pool")
        require(max(pool.kernel) > 1, f"max-pool {self.pool} has windows of one place, which have no other")
        channels = site.shape[0]
        repeated = _repeated(channels, pool.padding, pool.behind(site.shape[1:]))
        shifts = list(_shifts(pool.kernel))
        strides = [(1,) * len(pool.kernel)] * (len(shifts) - 1) + [pool.stride]
        pairs = [_larger(channels, shift, stride) for shift, stride in zip(shifts, strides, strict=True)]
        return site.replace(*repeated, *(layer for pair in pairs for layer in pair))


def _repeated(channels: int, before: Shape, behind: Shape) -> tuple[Layer, ...]:
    """Return what repeats the outermost places of each channel, so often before the first and behind the last.

    A convolution pads both sides alike; what is too much on one, its kernel, which is 1 at one place, leaves out.
    """
    both = tuple(max(sides) for sides in zip(before, behind, strict=True))
    if not any(both):
        return ()
    lost = [(2 * size - b - max(e, 0), size - b) for size, b, e in zip(both, before, behind, strict=True)]
    kernel = np.zeros((1, 1, *(more + 1 for more, _ in lost)))
    kernel[(0, 0, *(place for _, place in lost))] = 1.0
    return (replace(_by_channel(channels, kernel, (1,) * len(both), both), mode="replicate"),)


def _shifts(kernel: Shape) -> Iterator[Shape]:
    """Yield how far apart the windows are whose maximum is taken, one step after another."""
    for dimension, size in enumerate(kernel):
        reached = 1
        while reached < size:
            shift = min(reached, size - reached)
            yield tuple(shift if d == dimension else 0 for d in range(len(kernel)))
            reached += shift


def _larger(channels: int, shift: Shape, stride: Shape) -> tuple[Layer, ...]:
    """Return the maximum, in each channel, of every place and the one ``shift`` further on."""
    difference, there = np.zeros((2, *(s + 1 for s in shift)))
    there[shift] = 1.0
    difference[(0,) * len(shift)] = 1.0
    pairs = np.stack([difference - there, there, -there])[:, np.newaxis]
    joined = np.array([1.0, 1.0, -1.0]).reshape(1, 3, *[1] * len(shift))
    ones = (1,) * len(shift)
    return _by_channel(channels, pairs, stride), ReLU(), _by_channel(channels, joined, ones)


def _by_channel(channels: int, kernels: Array, stride: Shape, padding: Shape = ()) -> Conv:
    """Return the convolution that applies ``kernels`` (out, in, *kernel) to each channel, or group of them."""
    weight = np.concatenate([kernels] * channels)
    return Conv(frozen(weight), (0.0,) * len(weight), stride, padding or (0,) * len(stride), groups=channels)
