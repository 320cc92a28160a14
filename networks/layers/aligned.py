"""Blocks whose branches have one shape, and are joined unit by unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import ClassVar

from ..errors import AxiomcheckError
from .block import Block, Part
from .layer import Branch, Layer
from .origin import Origin, Places, Shape
from .sequence import restrict_outputs


@dataclass(frozen=True)
class Aligned(Block):
    """A unit of what leaves depends on the same unit of every branch."""

    joins: ClassVar[str]
    """What it is called where its branches do not fit."""

    def shape_after(self, shape: Shape) -> Shape:
        """Return the shape that all branches end in."""
        shapes = self.shapes(shape)
        if len(set(shapes)) != 1:
            raise AxiomcheckError(f"a {self.joins} needs branches of one shape but got {shapes}")
        return shapes[0]

    @property
    def owns_outputs(self) -> bool:
        """Whether some of its units may go: yes, from every branch."""
        return True

    def restrict_outputs(self, kept: Places) -> Layer:
        """Return it with some channels of every branch."""
        return self.with_branches(tuple(restrict_outputs(branch, kept) for branch in self.branches))

    def join(self, parts: Sequence[Part]) -> tuple[Layer, Origin]:
        """Return it with what is least among the branches."""
        least = min((origin for _, origin in parts), key=lambda origin: prod(origin.shape))
        return self.with_branches(tuple(_limit(branch, origin, least) for branch, origin in parts)), least


def _limit(branch: Branch, origin: Origin, wanted: Origin) -> Branch:
    if origin == wanted:
        return branch
    if origin.axes[1:] != wanted.axes[1:] or not set(wanted.channels) <= set(origin.channels):
        raise AxiomcheckError("the branches of a block have come to differ")
    return restrict_outputs(branch, tuple(origin.channels.index(channel) for channel in wanted.channels))
