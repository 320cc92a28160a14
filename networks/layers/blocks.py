"""Layers made of layers: what flattens, what adds branches, what joins them."""

from dataclasses import dataclass
from math import prod
from typing import ClassVar

from ..errors import AxiomcheckError
from ..steps import Step
from .layer import Layer, Shape


@dataclass(frozen=True)
class Flatten(Layer):
    """All units in one row."""

    kind: ClassVar[str] = "flatten"

    def shape_after(self, shape: Shape) -> Shape:
        """Return (units,)."""
        return (prod(shape),)

    def steps(self, shape: Shape) -> tuple[Step, ...]:
        """Return no step: vectors are flat."""
        return ()

    def constructor(self, shape: Shape) -> str:
        """Return ``nn.Flatten()``."""
        return "nn.Flatten()"


Branch = tuple[Layer, ...]


@dataclass(frozen=True)
class Block(Layer):
    """Branches that read the same input; an empty branch passes it on."""

    branches: tuple[Branch, ...]
    cost: ClassVar[int] = 2

    def __post_init__(self) -> None:
        if len(self.branches) < 2:
            raise AxiomcheckError(f"Expected two branches or more but got {len(self.branches)}")

    def shapes(self, shape: Shape) -> list[Shape]:
        """Return the shape that each branch ends in."""
        return [after(branch, shape) for branch in self.branches]

    def steps(self, shape: Shape) -> tuple[Step, ...]:
        """Blocks are taken apart where a network is; see ``lowering``."""
        raise NotImplementedError

    def constructor(self, shape: Shape) -> str:
        """Blocks are written where a network is; see ``source``."""
        raise NotImplementedError


@dataclass(frozen=True)
class Residual(Block):
    """The sum of its branches: ``body(x) + x`` with ``branches=(body, ())``."""

    kind: ClassVar[str] = "residual"
    item: ClassVar[str] = "residual"

    def shape_after(self, shape: Shape) -> Shape:
        """Return the shape that all branches end in."""
        shapes = self.shapes(shape)
        if len(set(shapes)) != 1:
            raise AxiomcheckError(f"a residual sum needs branches of one shape but got {shapes}")
        return shapes[0]


@dataclass(frozen=True)
class Concat(Block):
    """The outputs of its branches one behind the other, along the channels."""

    kind: ClassVar[str] = "concat"
    item: ClassVar[str] = "concat"

    def shape_after(self, shape: Shape) -> Shape:
        """Return the shape with the channels of all branches."""
        shapes = self.shapes(shape)
        if len({shape[1:] for shape in shapes}) != 1:
            raise AxiomcheckError(f"a concatenation needs branches that differ in channels alone but got {shapes}")
        return (sum(shape[0] for shape in shapes), *shapes[0][1:])


def after(layers: Branch, shape: Shape) -> Shape:
    """Return the shape after ``layers`` one upon the other."""
    for layer in layers:
        shape = layer.shape_after(shape)
    return shape
