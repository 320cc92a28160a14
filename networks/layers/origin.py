"""Origin: where the units of a smaller shape stood in the larger one that it came from."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from ..errors import AxiomcheckError

Shape = tuple[int, ...]
Places = tuple[int, ...]


@dataclass(frozen=True)
class Origin:
    """For each axis of the ``old`` shape, the old place of every new one: -1 where there was none.

    An axis that is gone is one number: the place along it that was kept.

    >>> Origin((2, 3), ((0, 1), (1, 2))).flat
    (1, 2, 4, 5)
    """

    old: Shape
    axes: tuple[Places | int, ...]

    @classmethod
    def same(cls, shape: Shape) -> "Origin":
        """Return the origin of a shape that has not changed."""
        return cls(shape, tuple(tuple(range(size)) for size in shape))

    @classmethod
    def overlap(cls, old: Shape, new: Shape) -> "Origin":
        """Return the origin of a shape that lost its last places, or got new ones."""
        if len(old) != len(new):
            raise AxiomcheckError(f"Expected a shape of as many axes as {old} but got {new}")
        places = [tuple(i if i < m else -1 for i in range(n)) for m, n in zip(old, new, strict=True)]
        return cls(old, tuple(places))

    @property
    def shape(self) -> Shape:
        """The new shape."""
        return tuple(len(axis) for axis in self.axes if isinstance(axis, tuple))

    @property
    def channels(self) -> Places:
        """The old channel of every new one, or the old unit of a vector."""
        first = self.axes[0]
        if isinstance(first, int):
            raise AxiomcheckError("Expected channels but they are gone")
        return first

    @property
    def is_same(self) -> bool:
        """Whether nothing has changed."""
        return self == Origin.same(self.old)

    @property
    def flat(self) -> Places:
        """The old flat place of every new one."""
        along = [axis if isinstance(axis, tuple) else (axis,) for axis in self.axes]
        return tuple(_ravel(place, self.old) for place in product(*along))

    @property
    def flattened(self) -> "Origin":
        """The origin once all units stand in one row."""
        return Origin((prod(self.old),), (self.flat,))

    def with_channels(self, channels: Places, old: int) -> "Origin":
        """Return the origin with other channels, of ``old`` ones."""
        return Origin((old, *self.old[1:]), (channels, *self.axes[1:]))


def without(size: int, gone: int) -> Places:
    """Return all places of an axis but one."""
    return tuple(place for place in range(size) if place != gone)


def _ravel(place: Sequence[int], shape: Shape) -> int:
    if min(place) < 0:
        return -1
    flat = 0
    for i, size in zip(place, shape, strict=True):
        flat = flat * size + i
    return flat
