"""Blocks: layers made of layers, whose branches read the same input."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, Self

from ..errors import AxiomcheckError
from ..steps import Step
from .layer import Branch, Layer
from .origin import Origin, Places, Shape
from .sequence import after, flatten, restrict_inputs, shift
from .values import Array

if TYPE_CHECKING:
    from ..style import Style

Part = tuple[Branch, Origin]
"""A branch that was changed, and the origin of what it ends in."""


@dataclass(frozen=True)
class Block(Layer):
    """Branches that read the same input; an empty branch passes it on."""

    branches: tuple[Branch, ...]
    is_homogeneous: ClassVar[bool] = True
    cost: ClassVar[int] = 2

    def __post_init__(self) -> None:
        if len(self.branches) < 2:
            raise AxiomcheckError(f"Expected two branches or more but got {len(self.branches)}")

    @abstractmethod
    def joint(self, sizes: Sequence[int]) -> tuple[Step, ...]:
        """Return the steps that join the outputs of the branches, which stand one behind the other, of these sizes."""

    @abstractmethod
    def expression(self, values: Sequence[str], style: "Style") -> str:
        """Return the Python that joins the outputs of the branches."""

    @abstractmethod
    def join(self, parts: Sequence[Part]) -> tuple[Layer, Origin]:
        """Return the block with other branches, made to fit each other, and the origin of what it joins."""

    def shapes(self, shape: Shape) -> list[Shape]:
        """Return the shape that each branch ends in."""
        return [after(branch, shape) for branch in self.branches]

    def with_branches(self, branches: tuple[Branch, ...]) -> Self:
        """Return the block with other branches."""
        return replace(self, branches=branches)

    def steps(self, shape: Shape) -> tuple[Step, ...]:
        """Blocks are taken apart where a network is; see ``lowering``."""
        raise NotImplementedError

    def constructor(self, shape: Shape) -> str:
        """Blocks are written where a network is; see ``codegen``."""
        raise NotImplementedError

    def restrict_inputs(self, origin: Origin) -> tuple[Layer, Origin]:
        """Return it with all branches adapted."""
        return self.join([restrict_inputs(branch, origin) for branch in self.branches])

    def restrict_outputs(self, kept: Places) -> Layer:
        """Raise: which branch a channel belongs to is not followed."""
        raise AxiomcheckError(f"{self.kind} gives all of its units")

    def flatten(self, shape: Shape) -> Branch:
        """Return it with all branches on flat inputs."""
        return (self.with_branches(tuple(flatten(branch, shape) for branch in self.branches)),)

    def shift(self, by: Array, shape: Shape) -> tuple[Layer, Array | None]:
        """Return it with the shift taken in by every branch."""
        return self.with_branches(tuple(shift(branch, shape, by) for branch in self.branches)), None


def as_block(layer: Layer) -> Block | None:
    """Return ``layer`` if it is made of branches, as what it is; else None."""
    return layer if isinstance(layer, Block) else None
