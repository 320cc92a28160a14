"""Weighted: what layers of units, or channels, with weights have in common."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar, Self

import numpy as np

from ..steps import Affine, Step
from .layer import Layer
from .origin import Places, Shape
from .values import Array, Vector, frozen


class Weighted(Layer):
    """Units, each a weighted sum and a bias; those of a convolution are its channels.

    ``weight`` is nested tuples, (out, in, *kernel) unless the layer ``is_transposed``; ``bias`` (out,).
    """

    weight: Any
    bias: Vector
    groups: int = 1
    numeric: ClassVar[tuple[str, ...]] = ("weight", "bias")
    style: ClassVar[str] = "linear"
    is_dense: ClassVar[bool] = False
    """Whether each unit reads all inputs."""
    is_transposed: ClassVar[bool] = False
    """Whether ``weight`` has the units it reads first."""

    @abstractmethod
    def affine(self, shape: Shape) -> Affine:
        """Return what it does to one flat input of ``shape``."""

    @abstractmethod
    def pointwise(self, weight: Array, bias: Array) -> "Weighted":
        """Return the layer of ``weight`` (out, in) and ``bias`` (out,) for each place of its inputs."""

    @property
    def array(self) -> Array:
        """The weight as a float64 array."""
        return np.array(self.weight, dtype=np.float64)

    @property
    def bias_array(self) -> Array:
        """The bias as a float64 array."""
        return np.array(self.bias, dtype=np.float64)

    @property
    def is_homogeneous(self) -> bool:
        """Whether it commutes with positive factors if its biases are 0: it does."""
        return True

    @property
    def units(self) -> int:
        """How many units, or channels, it has."""
        return len(self.bias)

    @property
    def owns_outputs(self) -> bool:
        """Whether some of its units may go: yes."""
        return True

    @property
    def has_bias(self) -> bool:
        """Whether any bias differs from 0; a layer without is built with ``bias=False``."""
        return any(self.bias)

    @property
    def is_padded(self) -> bool:
        """Whether it reads zeros that are no inputs."""
        return False

    @property
    def state(self) -> Mapping[str, Any]:
        """Weight as PyTorch has it, and bias (out,) if there is one."""
        return {"weight": self.weight} | ({"bias": self.bias} if self.has_bias else {})

    @property
    def biases(self) -> Sequence[float]:
        """Its biases."""
        return self.bias

    def reads_twice(self, shape: Shape) -> bool:
        """Whether a unit reads an input of ``shape`` by two weights, which a Linear would add up."""
        return False

    def steps(self, shape: Shape) -> tuple[Step, ...]:
        """Return the one affine step."""
        return (self.affine(shape),)

    def with_weight(self, weight: Array, bias: Array | None = None) -> Self:
        """Return the layer with other weights, in the same geometry, and with other biases."""
        biases = self.bias if bias is None else frozen(bias)
        return replace(self, weight=frozen(weight), bias=biases)  # type: ignore[type-var]

    def without_inputs(self, gone: Places) -> Self:
        """Return the layer with the weights 0 of some units, or channels, that it reads."""
        weight = self.array
        weight[:, list(gone)] = 0
        return self.with_weight(weight)

    def with_positive_weights(self) -> Self:
        """Return the layer with the size of each weight."""
        return self.with_weight(np.abs(self.array))

    def scale(self, factor: float) -> Layer | None:
        """Return the layer with all weights and biases ``factor`` times as large."""
        return self.with_weight(factor * self.array, factor * self.bias_array)


def as_weighted(layer: Layer) -> Weighted | None:
    """Return ``layer`` if it has units with weights, as what it is; else None."""
    return layer if isinstance(layer, Weighted) else None
