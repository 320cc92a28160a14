"""Residual sums."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from math import prod
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from ..errors import AxiomcheckError
from ..steps import Affine, Step
from .block import Block, Part
from .item import RESIDUAL, Item
from .layer import Branch, Layer
from .linear import Linear
from .origin import Origin, Places, Shape
from .relu import ReLU
from .sequence import restrict_outputs

if TYPE_CHECKING:
    from ..style import Style


@dataclass(frozen=True)
class Residual(Block):
    """The sum of its branches: ``body(x) + x`` with ``branches=(body, ())``."""

    kind: ClassVar[str] = "residual"
    family_item: ClassVar[Item] = RESIDUAL
    style: ClassVar[str] = "residual"
    adds: ClassVar[bool] = True

    def shape_after(self, shape: Shape) -> Shape:
        """Return the shape that all branches end in."""
        shapes = self.shapes(shape)
        if len(set(shapes)) != 1:
            raise AxiomcheckError(f"a residual sum needs branches of one shape but got {shapes}")
        return shapes[0]

    def joint(self, sizes: Sequence[int]) -> tuple[Step, ...]:
        """Return the sum."""
        size = sizes[0]
        return (Affine(np.vstack([np.eye(size, dtype=np.int64)] * len(sizes)), np.zeros(size, dtype=np.int64)),)

    def expression(self, values: Sequence[str], style: "Style") -> str:
        """Return ``a + b``, or calls of a module that adds."""
        if style.residual == "operator":
            return " + ".join(values)
        return reduce(lambda total, value: f"self.add({total}, {value})", values)

    @property
    def owns_outputs(self) -> bool:
        """Whether some of its units may go: yes, from every branch."""
        return True

    def restrict_outputs(self, kept: Places) -> Layer:
        """Return the sum of some channels of every branch."""
        return Residual(tuple(restrict_outputs(branch, kept) for branch in self.branches))

    def join(self, parts: Sequence[Part]) -> tuple[Layer, Origin]:
        """Return the sum of what is least among the branches."""
        least = min((origin for _, origin in parts), key=lambda origin: prod(origin.shape))
        return Residual(tuple(_limit(branch, origin, least) for branch, origin in parts)), least

    @classmethod
    def skeletons(cls) -> Iterator[tuple[Branch, Shape]]:
        """Yield x + a x, and x + relu(a x)."""
        one = Linear.ones(1, 1)
        yield from (((cls(((one, *last), ())),), (1,)) for last in ((), (ReLU(),)))


def _limit(branch: Branch, origin: Origin, wanted: Origin) -> Branch:
    if origin == wanted:
        return branch
    if origin.axes[1:] != wanted.axes[1:] or not set(wanted.channels) <= set(origin.channels):
        raise AxiomcheckError("the branches of a sum have come to differ")
    return restrict_outputs(branch, tuple(origin.channels.index(channel) for channel in wanted.channels))
