"""Average pools."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from math import prod
from typing import ClassVar

from ..errors import DoesNotApply
from ..steps import Affine, Step
from .averages import averages
from .item import AVGPOOL, Item
from .layer import Branch, Layer
from .linear import Linear
from .origin import Shape
from .pool import Pool
from .values import Array


@dataclass(frozen=True)
class AvgPool(Pool):
    """The average of each window: exact in floats where the window holds a power of two.

    Zeros of a padding are averaged with the rest if ``count_include_pad``; what a ``ceil_mode`` adds never is.
    """

    count_include_pad: bool = True
    family_item: ClassVar[Item] = AVGPOOL
    name: ClassVar[str] = "AvgPool"
    function: ClassVar[str] = "avg_pool"

    @property
    def _flags(self) -> list[str]:
        return super()._flags + ([] if self.count_include_pad else ["count_include_pad=False"])

    @property
    def surcharge(self) -> int:
        """One for each of padding, ceil mode, and padding that does not count."""
        return super().surcharge + (not self.count_include_pad)

    @property
    def options(self) -> tuple[str, ...]:
        """What is unusual about its windows."""
        excluded = any(self.padding) and not self.count_include_pad
        return (*super().options, *(("padding not counted",) if excluded else ()))

    def steps(self, shape: Shape) -> tuple[Step, ...]:
        """Return the one affine step."""
        return (self._affine(shape),)

    def flatten(self, shape: Shape) -> Branch:
        """Return it as a Linear."""
        return (Linear.of(self._affine(shape)),)

    def _affine(self, shape: Shape) -> Affine:
        divisors = self._divisors(shape) * shape[0] if self.count_include_pad else None
        return averages(self.window_places(shape), prod(shape), divisors)

    def _divisors(self, shape: Shape) -> list[int]:
        """Return how many places of inputs and of padding each window of a channel holds."""
        sizes = zip(shape[1:], self.shape_after(shape)[1:], self.kernel, self.stride, self.padding, strict=True)
        along = [[min(i * s + k, n + 2 * p) - i * s for i in range(count)] for n, count, k, s, p in sizes]
        return [prod(held) for held in product(*along)]

    def shift(self, by: Array, shape: Shape) -> tuple[Layer, Array | None]:
        """Return the pool, and the same shift of each channel behind it; raise where zeros are averaged with it."""
        if any(self.padding) and self.count_include_pad:
            raise DoesNotApply("a padding is not shifted")
        return super().shift(by, shape)

    def plainer(self) -> Iterator[Layer]:
        """Yield it with smaller windows, usual strides, without padding, and with padding that counts."""
        yield from super().plainer()
        if not self.count_include_pad:
            yield from super(AvgPool, replace(self, count_include_pad=True)).plainer()
