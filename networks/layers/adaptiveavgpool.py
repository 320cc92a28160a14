"""Adaptive average pools: so many places, however many come in."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from ..errors import AxiomcheckError
from ..steps import Affine, Step
from .averages import averages
from .convolution import size_text
from .item import AVGPOOL, Item
from .layer import Branch, Layer, require_fit
from .linear import Linear
from .origin import Origin, Places, Shape

if TYPE_CHECKING:
    from ..style import Style


@dataclass(frozen=True)
class AdaptiveAvgPool(Layer):
    """Averages over windows that part the input into ``size`` places."""

    size: Shape
    family_item: ClassVar[Item] = AVGPOOL
    is_homogeneous: ClassVar[bool] = True
    keeps_signs: ClassVar[bool] = True
    style: ClassVar[str] = "pool"
    cost: ClassVar[int] = 2

    def __post_init__(self) -> None:
        if len(self.size) not in (1, 2, 3) or min(self.size) < 1:
            raise AxiomcheckError(f"Expected one to three sizes of at least 1 but got size={self.size}")

    @property
    def kind(self) -> str:
        """``adaptiveavgpool2d`` and the like."""
        return f"adaptiveavgpool{len(self.size)}d"

    @classmethod
    def kinds(cls) -> tuple[str, ...]:
        """Return its kinds over one to three dimensions."""
        return tuple(f"adaptiveavgpool{dimensions}d" for dimensions in (1, 2, 3))

    @property
    def extent(self) -> int:
        """How many places there are along its dimensions."""
        return sum(self.size)

    def shape_after(self, shape: Shape) -> Shape:
        """Return (channels, *size) for (channels, *spatial)."""
        fits = len(shape) == len(self.size) + 1
        require_fit(fits, self, shape, f"it reads channels in {len(self.size)} dimensions")
        return (shape[0], *self.size)

    def steps(self, shape: Shape) -> tuple[Step, ...]:
        """Return the one affine step: window i of n places in m is from ⌊i n / m⌋ to before ⌈(i + 1) n / m⌉."""
        return (self._affine(shape),)

    def _affine(self, shape: Shape) -> Affine:
        along = [
            [range(i * n // m, -(-(i + 1) * n // m)) for i in range(m)]
            for n, m in zip(shape[1:], self.size, strict=True)
        ]
        places = np.arange(prod(shape)).reshape(shape)
        grids = np.ndindex(*self.size)
        cells = [tuple(along[k][i] for k, i in enumerate(at)) for at in grids]
        groups = [tuple(places[c][np.ix_(*cell)].ravel()) for c in range(shape[0]) for cell in cells]
        return averages(groups, prod(shape))

    def constructor(self, shape: Shape) -> str:
        """Return ``nn.AdaptiveAvgPool2d(size)``."""
        return f"nn.AdaptiveAvgPool{len(self.size)}d({size_text(self.size)})"

    def functional(self, style: "Style", name: str) -> str | None:
        """Return ``F.adaptive_avg_pool2d({}, size)``."""
        return f"F.adaptive_avg_pool{len(self.size)}d({{}}, {self.size})" if style.pool == "functional" else None

    def restrict_inputs(self, origin: Origin) -> tuple[Layer, Origin]:
        """Return it along the axes that are left, with as many places as before."""
        axes = [
            tuple(range(size)) if isinstance(axis, tuple) else axis * size // old
            for axis, size, old in zip(origin.axes[1:], self.size, origin.old[1:], strict=True)
        ]
        size = tuple(len(axis) for axis in axes if isinstance(axis, tuple))
        return AdaptiveAvgPool(size), Origin(self.shape_after(origin.old), (origin.channels, *axes))

    def restrict_outputs(self, kept: Places) -> Layer:
        """Raise: it is left as it is."""
        raise AxiomcheckError(f"{self.kind} gives all of its units")

    def flatten(self, shape: Shape) -> Branch:
        """Return it as a Linear."""
        return (Linear.of(self._affine(shape)),)

    def plainer(self) -> Iterator[Layer]:
        """Yield it with one place."""
        yield AdaptiveAvgPool((1,) * len(self.size))
