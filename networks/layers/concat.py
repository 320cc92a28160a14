"""Concatenations along the channels."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from ..errors import AxiomcheckError
from ..steps import Step
from .block import Block, Part
from .item import CONCAT, Item
from .layer import Branch, Layer
from .linear import Linear
from .origin import Origin, Shape
from .relu import ReLU

if TYPE_CHECKING:
    from ..style import Style


@dataclass(frozen=True)
class Concat(Block):
    """The outputs of its branches one behind the other, along the channels."""

    kind: ClassVar[str] = "concat"
    family_item: ClassVar[Item] = CONCAT

    def shape_after(self, shape: Shape) -> Shape:
        """Return the shape with the channels of all branches."""
        shapes = self.shapes(shape)
        if len({shape[1:] for shape in shapes}) != 1:
            raise AxiomcheckError(f"a concatenation needs branches that differ in channels alone but got {shapes}")
        return (sum(shape[0] for shape in shapes), *shapes[0][1:])

    def joint(self, sizes: Sequence[int]) -> tuple[Step, ...]:
        """Return no step: the outputs stand one behind the other already."""
        return ()

    def expression(self, values: Sequence[str], style: "Style") -> str:
        """Return ``torch.cat([a, b], dim=1)``."""
        return f"torch.cat([{', '.join(values)}], dim=1)"

    def join(self, parts: Sequence[Part]) -> tuple[Layer, Origin]:
        """Return the branches, and where their channels are."""
        channels: list[int] = []
        count = 0
        for _, origin in parts:
            channels += [channel + count if channel >= 0 else -1 for channel in origin.channels]
            count += origin.old[0]
        return Concat(tuple(branch for branch, _ in parts)), parts[0][1].with_channels(tuple(channels), count)

    @classmethod
    def skeletons(cls) -> Iterator[tuple[Branch, Shape]]:
        """Yield a x + b x from a concatenation, and relu(a x) + b x."""
        one, join = Linear.ones(1, 1), Linear.ones(2, 1)
        yield from (((cls(((one, *last), ())), join), (1,)) for last in ((), (ReLU(),)))
