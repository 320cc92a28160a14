"""Layers as plain values. Each computes on arrays of floats and, exactly, of fractions alike."""

from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
Vector = tuple[float, ...]
Matrix = tuple[Vector, ...]


@dataclass(frozen=True)
class Linear:
    """``z = W a + b`` with ``weight`` (out, in) and ``bias`` (out,); every number is a dyadic rational."""

    weight: Matrix
    bias: Vector
    kind: str = field(default="linear", init=False, repr=False)

    def __post_init__(self) -> None:
        if not self.weight or len({len(row) for row in self.weight}) != 1:
            raise ValueError(f"Expected a weight of equally long rows but got weight={self.weight!r}")
        if len(self.bias) != len(self.weight):
            raise ValueError(f"Expected one bias for each of {len(self.weight)} rows but got bias={self.bias!r}")
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

    @cached_property
    def arrays(self) -> tuple[Array, Array]:
        """Weight (in, out) and bias (out,) as float64 arrays, ready to multiply a batch of rows."""
        return np.array(self.weight, dtype=np.float64).T, np.array(self.bias, dtype=np.float64)

    @cached_property
    def integers(self) -> tuple[Array, Array, int]:
        """Weight (in, out) and bias (out,) as Python integers, and the power of two they were scaled by."""
        numbers = list(chain(*self.weight, self.bias))
        bits = max(number.as_integer_ratio()[1].bit_length() - 1 for number in numbers)
        scaled = [[int(number * 2**bits) for number in row] for row in (*self.weight, self.bias)]
        return (
            np.array(scaled[:-1], dtype=object).reshape(len(self.weight), -1).T,
            np.array(scaled[-1], dtype=object),
            bits,
        )


@dataclass(frozen=True)
class ReLU:
    """``a = max(z, 0)``, unit by unit."""

    kind: str = field(default="relu", init=False, repr=False)


Layer = Linear | ReLU
