"""Linear."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from ..errors import AxiomcheckError
from ..steps import Affine, Step
from .layer import Layer, Shape, Vector, require_fit

Matrix = tuple[Vector, ...]


@dataclass(frozen=True)
class Linear(Layer):
    """``z = W a + b`` with ``weight`` (out, in) and ``bias`` (out,)."""

    weight: Matrix
    bias: Vector
    kind: ClassVar[str] = "linear"
    numeric: ClassVar[tuple[str, ...]] = ("weight", "bias")

    def __post_init__(self) -> None:
        if not self.weight or not self.weight[0] or len({len(row) for row in self.weight}) != 1:
            raise AxiomcheckError(f"Expected a weight of equally long rows but got weight={self.weight!r}")
        if len(self.bias) != len(self.weight):
            raise AxiomcheckError(f"Expected one bias for each of {len(self.weight)} rows but got bias={self.bias!r}")
        # -0.0 is 0.0, and is written so.
        object.__setattr__(self, "weight", tuple(tuple(number + 0.0 for number in row) for row in self.weight))
        object.__setattr__(self, "bias", tuple(number + 0.0 for number in self.bias))

    @property
    def in_features(self) -> int:
        """The number of units it reads."""
        return len(self.weight[0])

    @property
    def out_features(self) -> int:
        """The number of units it has."""
        return len(self.weight)

    @property
    def has_bias(self) -> bool:
        """Whether any bias differs from 0; a layer without is built with ``bias=False``."""
        return any(self.bias)

    def shape_after(self, shape: Shape) -> Shape:
        """Return (out,) for (in,)."""
        if shape != (self.in_features,):
            require_fit(None, self, shape, f"it reads ({self.in_features},)")
        return (self.out_features,)

    def steps(self, shape: Shape) -> tuple[Step, ...]:
        """Return the one affine step."""
        return (self._affine,)

    @cached_property
    def _affine(self) -> Affine:
        return Affine.of_rows(self.weight, self.bias)

    def constructor(self, shape: Shape) -> str:
        """Return ``nn.Linear(in, out)``."""
        return f"nn.Linear({self.in_features}, {self.out_features}{'' if self.has_bias else ', bias=False'})"

    @property
    def state(self) -> Mapping[str, Any]:
        """Weight (out, in), and bias (out,) if there is one."""
        return {"weight": self.weight} | ({"bias": self.bias} if self.has_bias else {})
