"""Flatten: from channels and places to units."""

from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, ClassVar

from ..errors import AxiomcheckError
from ..steps import Step
from .item import MLP, Item
from .layer import Branch, Layer
from .origin import Origin, Places, Shape
from .values import Array

if TYPE_CHECKING:
    from ..style import Style


@dataclass(frozen=True)
class Flatten(Layer):
    """All units in one row."""

    kind: ClassVar[str] = "flatten"
    family_item: ClassVar[Item] = MLP
    is_homogeneous: ClassVar[bool] = True
    keeps_signs: ClassVar[bool] = True

    def shape_after(self, shape: Shape) -> Shape:
        """Return (units,)."""
        return (prod(shape),)

    def steps(self, shape: Shape) -> tuple[Step, ...]:
        """Return no step: vectors are flat."""
        return ()

    def constructor(self, shape: Shape) -> str:
        """Return ``nn.Flatten()``."""
        return "nn.Flatten()"

    def functional(self, style: "Style", name: str) -> str | None:
        """Return ``torch.flatten({}, 1)`` wherever there is a forward."""
        return "torch.flatten({}, 1)" if style.has_forward else None

    def restrict_inputs(self, origin: Origin) -> tuple[Layer, Origin]:
        """Return the layer, and where each of its units was."""
        return self, origin.flattened

    def restrict_outputs(self, kept: Places) -> Layer:
        """Raise: its units are places of channels."""
        raise AxiomcheckError(f"{self.kind} gives all of its units")

    def flatten(self, shape: Shape) -> Branch:
        """Return nothing."""
        return ()

    def shift(self, by: Array, shape: Shape) -> tuple[Layer, Array | None]:
        """Return the layer, and the same shift of its outputs."""
        return self, by
