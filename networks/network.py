"""Network: a generated model as a value."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from .dyadics import rank
from .exact import Number, evaluate
from .kinks import Kink, is_on_kink, kinks_on
from .layers import Array, Layer, Linear, ReLU
from .path import Path

if TYPE_CHECKING:
    from torch import nn


@dataclass(frozen=True)
class Network:
    """A multi-layer perceptron with exact dyadic weights, from (d,) to (K,).

    >>> larger = Network((Linear(((1.0, -1.0), (0.0, 1.0)), (0.0, 0.0)), ReLU(), Linear(((1.0, 1.0),), (0.0,))))
    >>> print(larger.formula())
    f(x1, x2) = relu(x1 - x2) + relu(x2)
    >>> larger.exact((Fraction(1, 3), 2.0))
    (Fraction(2, 1),)
    """

    layers: tuple[Layer, ...]

    def __post_init__(self) -> None:
        linears = self.linears
        if not self.layers or not isinstance(self.layers[0], Linear):
            raise ValueError("Expected a network that begins with a Linear layer")
        for below, above in pairwise(linears):
            if below.out_features != above.in_features:
                raise ValueError(f"Expected a layer of {below.out_features} inputs but got one of {above.in_features}")

    @cached_property
    def linears(self) -> tuple[Linear, ...]:
        """The affine layers, in order."""
        return tuple(layer for layer in self.layers if isinstance(layer, Linear))

    @property
    def in_features(self) -> int:
        """The number of input variables, d."""
        return self.linears[0].in_features

    @property
    def out_features(self) -> int:
        """The number of outputs, K."""
        return self.linears[-1].out_features

    @property
    def ends_in_relu(self) -> bool:
        """Whether the output passes a ReLU."""
        return isinstance(self.layers[-1], ReLU)

    def exact(self, x: Sequence[Number]) -> tuple[Fraction, ...]:
        """Return the outputs (K,) at one input (d,), in exact arithmetic."""
        return evaluate(self.layers, [x])[0]

    def outputs(self, inputs: Array) -> Array:
        """Return the outputs (B, K) at ``inputs`` (B, d) in float64: exact while 53 bits suffice, as drawn cases do."""
        values: Array = np.asarray(inputs, dtype=np.float64)
        for layer in self.layers:
            values = values @ layer.arrays[0] + layer.arrays[1] if isinstance(layer, Linear) else np.maximum(values, 0)
        return values

    def magnitude(self, x: Sequence[Number]) -> float:
        """Return a bound on all that is added up on the way to the outputs, and to their derivatives, around ``x``.

        It is the largest output at |x| + 1 with every weight and bias made positive. Rounding errors are small shares
        of it, also where f and the scores are 0 because large terms cancel.
        """
        values: Array = np.abs(np.array(x, dtype=np.float64)) + 1
        for layer in self.linears:
            weight, bias = layer.arrays
            values = values @ np.abs(weight) + np.abs(bias)
        return float(values.max())

    def kinks(self, path: Path) -> tuple[Kink, ...]:
        """Return every kink that ``path`` meets, at exact parameters."""
        return kinks_on(self.layers, path)

    def on_kink(self, x: Sequence[Number]) -> bool:
        """Return whether ``x`` lies on a kink: the gradient there is a convention."""
        return is_on_kink(self.layers, x)

    @cached_property
    def size(self) -> tuple[int, ...]:
        """A key that orders networks by simplicity: ReLUs, variables, outputs, layers, parameters, their ranks."""
        relus = sum(
            below.out_features
            for below, above in pairwise(self.layers)
            if isinstance(below, Linear) and isinstance(above, ReLU)
        )
        numbers = self.numbers
        return (
            relus,
            self.in_features,
            self.out_features,
            len(self.layers),
            sum(number != 0 for number in numbers),
            sum(rank(number) for number in numbers),
        )

    @cached_property
    def numbers(self) -> tuple[float, ...]:
        """All weights and biases, in order."""
        return tuple(number for layer in self.linears for row in (*layer.weight, layer.bias) for number in row)

    def formula(self, target: int | None = None) -> str:
        """Return the function as people write it; of one output, or of all."""
        from .formula import formula

        return formula(self, target)

    def code(self) -> str:
        """Return Python that builds the model and needs nothing but torch."""
        from .code import code

        return code(self)

    def module(self) -> "nn.Module":
        """Return a float64 ``nn.Sequential`` of layers named ``linear1``, ``relu1``, ``linear2``, and so on."""
        from .module import module

        return module(self)
