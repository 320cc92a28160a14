"""Windows: which places of a grid a kernel covers."""

from functools import lru_cache
from itertools import product

import numpy as np

from .origin import Shape
from .values import Array


def places_after(spatial: Shape, kernel: Shape, stride: Shape, padding: Shape) -> Shape:
    """Return how many windows fit along each dimension; not positive where the kernel is too large."""
    sizes = zip(spatial, kernel, stride, padding, strict=True)
    return tuple((n + 2 * p - k) // s + 1 for n, k, s, p in sizes)


@lru_cache(maxsize=4096)
def windows(spatial: Shape, kernel: Shape, stride: Shape, padding: Shape) -> Array:
    """Return the flat places (windows, kernel) that each window covers, -1 where it covers padding."""
    starts = product(*(range(n) for n in places_after(spatial, kernel, stride, padding)))
    rows = [[_place(start, offset, spatial, stride, padding) for offset in _offsets(kernel)] for start in starts]
    return np.array(rows)


def _offsets(kernel: Shape) -> list[Shape]:
    return list(product(*map(range, kernel)))


def _place(start: Shape, offset: Shape, spatial: Shape, stride: Shape, padding: Shape) -> int:
    place = 0
    for i, o, n, s, p in zip(start, offset, spatial, stride, padding, strict=True):
        along = i * s + o - p
        if not 0 <= along < n:
            return -1
        place = place * n + along
    return place
