"""Windows: which places of a grid a kernel covers, where padding stands, and what padding is a copy of."""

from functools import lru_cache
from itertools import product
from typing import NamedTuple

import numpy as np

from .origin import Shape
from .values import Array

MODES = ("zeros", "reflect", "replicate", "circular")
"""What stands in padding, as PyTorch calls it."""


class Geometry(NamedTuple):
    """How a kernel goes over a grid, one entry a dimension; ``padding`` is what stands before the first place."""

    kernel: Shape
    stride: Shape
    padding: Shape
    dilation: Shape
    mode: str = "zeros"

    @property
    def reach(self) -> Shape:
        """How many places a window spans."""
        return tuple(d * (k - 1) + 1 for k, d in zip(self.kernel, self.dilation, strict=True))


def places_after(spatial: Shape, geometry: Geometry, behind: Shape | None = None) -> Shape:
    """Return how many windows fit along each dimension; not positive where the kernel is too large.

    ``behind`` is the padding behind the last place, if that is another.
    """
    ends = geometry.padding if behind is None else behind
    sizes = zip(spatial, geometry.reach, geometry.stride, geometry.padding, ends, strict=True)
    return tuple((n + before + end - k) // s + 1 for n, k, s, before, end in sizes)


@lru_cache(maxsize=4096)
def windows(spatial: Shape, count: Shape, geometry: Geometry) -> Array:
    """Return the flat places (windows, kernel) that each of ``count`` windows covers, -1 where it covers zeros."""
    sizes = (geometry.kernel, geometry.stride, geometry.padding, geometry.dilation)
    along = [_along(*axis, mode=geometry.mode) for axis in zip(spatial, count, *sizes, strict=True)]
    rows = [
        [
            _flat([axis[i][o] for axis, i, o in zip(along, window, offset, strict=True)], spatial)
            for offset in _all(along)
        ]
        for window in product(*map(range, count))
    ]
    return np.array(rows)


def _all(along: list[list[list[int]]]) -> list[Shape]:
    return list(product(*(range(len(axis[0])) for axis in along)))


def _along(n: int, count: int, kernel: int, stride: int, padding: int, dilation: int, *, mode: str) -> list[list[int]]:  # noqa: PLR0917
    """Return the place of each entry of each window along one axis."""
    return [[_inside(i * stride + o * dilation - padding, n, mode) for o in range(kernel)] for i in range(count)]


def _inside(place: int, n: int, mode: str) -> int:
    """Return the place that stands at ``place`` of an axis of ``n``: -1 for a zero."""
    if 0 <= place < n:
        return place
    if mode == "circular":
        return place % n
    if mode == "reflect":
        return abs(place) if place < 0 else 2 * (n - 1) - place
    return min(max(place, 0), n - 1) if mode == "replicate" else -1


def _flat(places: list[int], spatial: Shape) -> int:
    if min(places) < 0:
        return -1
    flat = 0
    for place, n in zip(places, spatial, strict=True):
        flat = flat * n + place
    return flat
