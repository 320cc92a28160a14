"""Wirings of other functions that are known from the model's: multiples, combinations of outputs, shifted inputs."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from ...networks import Array, AxiomcheckError, Shape, Vector
from ...networks.derivations import Combined, OthersScaled, Scaled, Shifted
from ...networks.facts import Fact
from .wiring import Sizes, Wiring

if TYPE_CHECKING:
    from torch import Tensor, nn


@dataclass(frozen=True)
class Multiple(Wiring):
    """g = factor · f, for all outputs; the factor is positive."""

    factor: float
    is_beside: ClassVar[bool] = True

    def fact(self, shape: Shape) -> Fact:  # noqa: ARG002
        """Return that it is the multiple."""
        return Scaled(self.factor)

    def expected(self, outputs: Array, target: int) -> Array:  # noqa: ARG002
        """Return the multiple."""
        return self.factor * outputs

    def require(self, sizes: Sizes) -> None:  # noqa: ARG002
        """Raise unless the factor is positive."""
        if not self.factor > 0:
            raise AxiomcheckError(f"Expected a positive factor but got {self.factor:g}")


@dataclass(frozen=True)
class MultipleBehind(Multiple):
    """A product with a number behind the model."""

    name: ClassVar[str] = "multiple-behind"
    proof: ClassVar[str] = "The outputs of the model are multiplied."

    def module(self, model: "nn.Module", sizes: Sizes) -> "nn.Module":  # noqa: ARG002
        """Return the model, and the product."""
        from .modules import Times

        return Times(model, self.factor)


@dataclass(frozen=True)
class MultipleInLast(Multiple):
    """The last linear layer multiplied."""

    name: ClassVar[str] = "multiple-in-last-layer"
    is_within: ClassVar[bool] = True
    is_guessed: ClassVar[bool] = True
    proof: ClassVar[str] = "c (W x + b) = (c W) x + c b in the last layer, of which the outputs are seen to be."

    def module(self, model: "nn.Module", sizes: Sizes) -> "nn.Module":
        """Return the model with another last layer."""
        from .modules import with_last

        return with_last(model, sizes.out_features, lambda weight, bias: (self.factor * weight, self.factor * bias))


@dataclass(frozen=True)
class OthersInLast(Wiring):
    """The rows of the last linear layer multiplied, but that of the target."""

    factor: float
    name: ClassVar[str] = "others-in-last-layer"
    is_beside: ClassVar[bool] = True
    is_within: ClassVar[bool] = True
    is_guessed: ClassVar[bool] = True
    proof: ClassVar[str] = "Rows of the last layer, of which the outputs are seen to be, are scaled, but the target's."

    def fact(self, shape: Shape) -> Fact:  # noqa: ARG002
        """Return that the others are scaled."""
        return OthersScaled(self.factor)

    def expected(self, outputs: Array, target: int) -> Array:
        """Return the outputs with the others scaled."""
        found: Array = outputs * np.where(np.arange(outputs.shape[1]) == target, 1.0, self.factor)
        return found

    def require(self, sizes: Sizes) -> None:
        """Raise unless there are others."""
        if sizes.out_features < 2:
            raise AxiomcheckError("there is no output beside the target")

    def module(self, model: "nn.Module", sizes: Sizes) -> "nn.Module":
        """Return the model with another last layer."""
        from .modules import with_last

        def scaled(rows: "Tensor") -> "Tensor":
            factors = rows.new_full((len(rows), *(1 for _ in rows.shape[1:])), self.factor)
            factors[sizes.target] = 1.0
            return factors * rows

        return with_last(model, sizes.out_features, lambda weight, bias: (scaled(weight), scaled(bias)))


@dataclass(frozen=True)
class Combination(Wiring):
    """g = a f + b h, its only output, where h is the output ``second`` of the model."""

    a: float
    b: float
    second: int
    is_beside: ClassVar[bool] = True

    def fact(self, shape: Shape) -> Fact:  # noqa: ARG002
        """Return that it is the combination."""
        return Combined(self.a, self.b, self.second)

    def expected(self, outputs: Array, target: int) -> Array:
        """Return the combination (N, 1)."""
        found: Array = self.a * outputs[:, [target]] + self.b * outputs[:, [self.second]]
        return found

    def require(self, sizes: Sizes) -> None:
        """Raise unless there is such an output beside the target."""
        if not (0 <= self.second < sizes.out_features and self.second != sizes.target):
            raise AxiomcheckError(f"there is no other output {self.second} to add")
        if not (self.a and self.b):
            raise AxiomcheckError("nothing is added")

    @property
    def remark(self) -> str:
        """Which output h is."""
        return f", where h is output {self.second}"


@dataclass(frozen=True)
class CombinationBehind(Combination):
    """A linear layer behind the model."""

    name: ClassVar[str] = "combination-behind"
    proof: ClassVar[str] = "A linear layer behind the model has a and b for the two outputs, and 0 for all others."

    def module(self, model: "nn.Module", sizes: Sizes) -> "nn.Module":
        """Return the model, and the layer."""
        from .modules import with_sum

        factors = {sizes.target: self.a, self.second: self.b}
        return with_sum(model, [factors.get(place, 0.0) for place in range(sizes.out_features)])


@dataclass(frozen=True)
class CombinationInLast(Combination):
    """Two rows of the last linear layer added up."""

    name: ClassVar[str] = "combination-in-last-layer"
    is_within: ClassVar[bool] = True
    is_guessed: ClassVar[bool] = True
    proof: ClassVar[str] = "Rows of the last layer, of which the outputs are seen to be, are added: a W₁ + b W₂."

    def module(self, model: "nn.Module", sizes: Sizes) -> "nn.Module":
        """Return the model with another last layer."""
        from .modules import with_last

        def added(rows: "Tensor") -> "Tensor":
            return self.a * rows[[sizes.target]] + self.b * rows[[self.second]]

        return with_last(model, sizes.out_features, lambda weight, bias: (added(weight), added(bias)))


@dataclass(frozen=True)
class Shift(Wiring):
    """g(x) = f(x + s), where s is one number for each variable of a vector, else for each channel."""

    shifts: Vector
    is_beside: ClassVar[bool] = True

    def fact(self, shape: Shape) -> Fact:
        """Return that it is the shifted function."""
        return Shifted(tuple(np.repeat(self.shifts, prod(shape[1:])).tolist()))

    def points(self, data: Array, shape: Shape) -> Iterator[Array]:
        """Yield the data less the shift."""
        yield data - np.repeat(self.shifts, prod(shape[1:]))

    def require(self, sizes: Sizes) -> None:
        """Raise unless there are as many numbers as variables, or channels."""
        if len(self.shifts) != sizes.shape[0]:
            raise AxiomcheckError(f"Expected {sizes.shape[0]} shifts but got {len(self.shifts)}")


@dataclass(frozen=True)
class ShiftInFront(Shift):
    """A sum with numbers in front of the model."""

    name: ClassVar[str] = "shift-in-front"
    proof: ClassVar[str] = "The numbers are added to the input before the model gets it."

    def module(self, model: "nn.Module", sizes: Sizes) -> "nn.Module":
        """Return the sum, and the model behind it."""
        from .modules import Plus

        return Plus(model, self.shifts, sizes.shape)


@dataclass(frozen=True)
class ShiftInFirst(Shift):
    """Another bias of the first layer."""

    name: ClassVar[str] = "shift-in-first-layer"
    is_within: ClassVar[bool] = True
    is_guessed: ClassVar[bool] = True
    proof: ClassVar[str] = "W (x + s) + b = W x + (b + W s) in the first layer, which alone is seen to read the input."

    def module(self, model: "nn.Module", sizes: Sizes) -> "nn.Module":
        """Return the model with another first layer."""
        from .modules import with_shifted_first

        return with_shifted_first(model, self.shifts, sizes.shape)
