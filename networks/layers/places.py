"""Places along the axes of an image or a signal, carried through kernels."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from ..errors import AxiomcheckError
from .origin import Places, Shape
from .windows import Geometry

T = TypeVar("T")
Axis = Places | int


@dataclass(frozen=True)
class Kept:
    """What is kept of a kernel's axes (an index where one is gone), and the origins of the places behind it."""

    kernel: tuple[slice | int, ...]
    axes: tuple[Axis, ...]

    def of(self, sizes: Sequence[T]) -> tuple[T, ...]:
        """Return the sizes along the axes that are left."""
        return tuple(size for size, axis in zip(sizes, self.axes, strict=True) if isinstance(axis, tuple))


def of_windows(axes: Sequence[Axis], old: Shape, geometry: Geometry, behind: Shape) -> Kept:
    """Return what is kept of windows, of which there were ``old`` along each axis, with padding ``behind`` the last."""
    kept = [_window(*along) for along in zip(axes, old, *geometry[:4], behind, strict=True)]
    return _kept(kept)


def of_transpose(axes: Sequence[Axis], old: Shape, geometry: Geometry, more: Shape) -> Kept:
    """Return what is kept of a transposed convolution, which had ``old`` places along each axis, ``more`` behind."""
    kept = [_spread(*along) for along in zip(axes, old, *geometry[:4], more, strict=True)]
    return _kept(kept)


def _kept(kept: list[tuple[slice | int, Axis]]) -> Kept:
    if all(isinstance(axis, int) for _, axis in kept):
        raise AxiomcheckError("no axis is left to go along")
    return Kept(tuple(offset for offset, _ in kept), tuple(axis for _, axis in kept))


def _window(  # noqa: PLR0917
    axis: Axis, old: int, kernel: int, stride: int, padding: int, dilation: int, behind: int
) -> tuple[slice | int, Axis]:
    if isinstance(axis, int):
        place = min(old - 1, (axis + padding) // stride)
        return _inside(axis + padding - place * stride, kernel, dilation), place
    count = _at_least_one((len(axis) + padding + behind - dilation * (kernel - 1) - 1) // stride + 1)
    return slice(None), tuple(_old_window(i, axis, old, stride, padding) for i in range(count))


def _old_window(i: int, axis: Places, old: int, stride: int, padding: int) -> int:
    """Return the window that began where window ``i`` begins now, -1 if there was none."""
    first = min(max(i * stride - padding, 0), len(axis) - 1)
    start = axis[first] - (first - (i * stride - padding)) + padding
    place, rest = divmod(start, stride)
    return place if rest == 0 and 0 <= place < old and axis[first] >= 0 else -1


def _spread(  # noqa: PLR0917
    axis: Axis, old: int, kernel: int, stride: int, padding: int, dilation: int, more: int
) -> tuple[slice | int, Axis]:
    if isinstance(axis, int):
        offset = -(-max(padding - axis * stride, 0) // dilation)
        return _inside(offset * dilation, kernel, dilation), axis * stride - padding + offset * dilation
    count = _at_least_one((len(axis) - 1) * stride - 2 * padding + dilation * (kernel - 1) + 1 + more)
    places = []
    for j in range(count):
        i = min((j + padding) // stride, len(axis) - 1)
        place = j + (axis[i] - i) * stride if axis[i] >= 0 else -1
        places.append(place if 0 <= place < old else -1)
    return slice(None), tuple(places)


def _at_least_one(count: int) -> int:
    if count < 1:
        raise AxiomcheckError("no place is left behind the kernel")
    return count


def _inside(offset: int, kernel: int, dilation: int) -> int:
    place, between = divmod(offset, dilation)
    if between or not 0 <= place < kernel:
        raise AxiomcheckError("the kernel passes over the place that is left")
    return place
