"""Linear."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from ..errors import AxiomcheckError
from ..steps import Affine
from .channels import pick
from .item import MLP, Item
from .layer import Branch, Layer, require_fit
from .origin import Origin, Places, Shape
from .values import Array, Vector, frozen
from .weighted import Weighted

if TYPE_CHECKING:
    from ..style import Style

Matrix = tuple[Vector, ...]


@dataclass(frozen=True)
class Linear(Weighted):
    """``z = W a + b`` with ``weight`` (out, in) and ``bias`` (out,)."""

    weight: Matrix
    bias: Vector
    kind: ClassVar[str] = "linear"
    family_item: ClassVar[Item] = MLP
    is_plain: ClassVar[bool] = True
    is_dense: ClassVar[bool] = True

    def __post_init__(self) -> None:
        if not self.weight or not self.weight[0] or len({len(row) for row in self.weight}) != 1:
            raise AxiomcheckError(f"Expected a weight of equally long rows but got weight={self.weight!r}")
        if len(self.bias) != len(self.weight):
            raise AxiomcheckError(f"Expected one bias for each of {len(self.weight)} rows but got bias={self.bias!r}")
        # -0.0 is 0.0, and is written so.
        object.__setattr__(self, "weight", tuple(tuple(number + 0.0 for number in row) for row in self.weight))
        object.__setattr__(self, "bias", tuple(number + 0.0 for number in self.bias))

    @classmethod
    def ones(cls, below: int, above: int) -> "Linear":
        """Return ``above`` sums of ``below`` inputs."""
        return cls(((1.0,) * below,) * above, (0.0,) * above)

    @classmethod
    def of(cls, affine: Affine) -> "Linear":
        """Return the layer of an affine step."""
        weight, bias = affine.floats
        return cls(frozen(weight.T), frozen(bias))

    @property
    def in_features(self) -> int:
        """The number of units it reads."""
        return len(self.weight[0])

    @property
    def out_features(self) -> int:
        """The number of units it has."""
        return len(self.weight)

    @property
    def natural_shape(self) -> Shape:
        """(in,)."""
        return (self.in_features,)

    def shape_after(self, shape: Shape) -> Shape:
        """Return (out,) for (in,)."""
        if shape != (self.in_features,):
            require_fit(None, self, shape, f"it reads ({self.in_features},)")
        return (self.out_features,)

    def affine(self, shape: Shape) -> Affine:
        """Return W and b."""
        return self._affine

    @cached_property
    def _affine(self) -> Affine:
        return Affine.of_rows(self.weight, self.bias)

    def pointwise(self, weight: Array, bias: Array) -> "Linear":
        """Return the layer of ``weight`` and ``bias``."""
        return Linear(frozen(weight), frozen(bias))

    def constructor(self, shape: Shape) -> str:
        """Return ``nn.Linear(in, out)``."""
        return f"nn.Linear({self.in_features}, {self.out_features}{'' if self.has_bias else ', bias=False'})"

    def functional(self, style: "Style", name: str) -> str | None:
        """Return ``F.linear({}, weight, bias)``."""
        if style.linear != "functional":
            return None
        return f"F.linear({{}}, self.{name}_weight{f', self.{name}_bias' * self.has_bias})"

    def restrict_inputs(self, origin: Origin) -> tuple[Layer, Origin]:
        """Return it with the columns that are left, and zeros for what is new."""
        weight = tuple(tuple(row[i] if i >= 0 else 0.0 for i in origin.channels) for row in self.weight)
        return Linear(weight, self.bias), Origin.same((self.out_features,))

    def restrict_outputs(self, kept: Places) -> Layer:
        """Return some of its rows."""
        return Linear(pick(self.weight, kept), pick(self.bias, kept))

    def flatten(self, shape: Shape) -> Branch:
        """Return the layer itself."""
        return (self,)

    def shift(self, by: Array, shape: Shape) -> tuple[Layer, Array | None]:
        """Return it with the shift in its biases."""
        return self.with_weight(self.array, np.array(self.bias) + self.array @ by), None
