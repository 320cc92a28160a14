"""Derivations: a second network of another function, which is known from the first one's."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import ClassVar, Self

import numpy as np

from .errors import DoesNotApply
from .facts import Fact
from .layers import Array, Linear, ReLU, Vector, frozen
from .layers.sequence import scale, shift
from .network import Network

LONG, SHOWN = 40, 6
"""Numbers of a shift above which a formula shows but a few, and how many these are."""


@dataclass(frozen=True)
class Derivation(Fact):
    """What makes of a network, and of the output that is asked about, another network.

    ``names`` are the fields that hold its numbers. It is asked at the same inputs, and about the same output, unless
    it says otherwise.
    """

    names: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def of(self, network: Network, target: int) -> Network:
        """Return the other network; raise ``DoesNotApply`` where this network has none."""

    @property
    @abstractmethod
    def formula(self) -> str:
        """Which function it is of, in terms of f."""

    def target(self, target: int) -> int:
        """Return which of its outputs is asked about."""
        return target

    def moved(self, x: Vector) -> Vector:
        """Return the input of the other network that stands for ``x``."""
        return x

    @property
    def numbers(self) -> tuple[float, ...]:
        """All its numbers, in order."""
        return tuple(getattr(self, name) for name in self.names)

    @property
    def bindings(self) -> Mapping[str, object]:
        """Its fields."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def with_numbers(self, numbers: Sequence[float]) -> Self:
        """Return it with other numbers."""
        return replace(self, **dict(zip(self.names, numbers, strict=True)))

    def choices(self, values: Vector) -> Vector:
        """Return which of small ``values`` other than 0, and 0, each of its numbers may be."""
        return (0.0, *values)

    def on(self, network: Network) -> "Derivation":  # noqa: ARG002 - others depend on it
        """Return the plainest of its kind for a network, the numbers still to be chosen."""
        return self

    def within(self, variables: Sequence[int], outputs: Sequence[int]) -> "Derivation":  # noqa: ARG002
        """Return it for a smaller network, with the old place of each of its variables and outputs, -1 for none."""
        return self


@dataclass(frozen=True)
class Scaled(Derivation):
    """``g = factor · f``, by the weights and biases of the last layer that has some; the factor is positive."""

    factor: float
    name: ClassVar[str] = "scaled"
    names: ClassVar[tuple[str, ...]] = ("factor",)

    def of(self, network: Network, target: int) -> Network:  # noqa: ARG002
        """Return the network of ``factor · f``, for all outputs."""
        if self.factor <= 0:
            raise DoesNotApply("the factor is not positive")
        return replace(network, layers=scale(network.layers, self.factor))

    def choices(self, values: Vector) -> Vector:
        """Return the factors above 1."""
        return tuple(value for value in values if value > 1)

    @property
    def formula(self) -> str:
        """``3 f``."""
        return f"{self.factor:g} f"


@dataclass(frozen=True)
class Combined(Derivation):
    """``g = a · f_target + b · f_second``, the only output of a network that has both."""

    a: float
    b: float
    second: int
    name: ClassVar[str] = "combined"
    names: ClassVar[tuple[str, ...]] = ("a", "b")

    def of(self, network: Network, target: int) -> Network:
        """Return the network of the combination: the last layer's rows merged, or one more layer behind a ReLU."""
        if not (0 <= self.second < network.out_features and self.second != target):
            raise DoesNotApply(f"there is no other output {self.second}")
        if not (self.a and self.b):
            raise DoesNotApply("nothing is added")
        row: Array = np.zeros((1, network.out_features))
        row[0, [target, self.second]] = self.a, self.b
        return _combined(network, row)

    @property
    def formula(self) -> str:
        """``2 f + 3 h``, h being the second output."""
        return f"{_term(self.a, 'f')} {'-' if self.b < 0 else '+'} {_term(abs(self.b), 'h')}"

    def target(self, target: int) -> int:  # noqa: ARG002
        """Return 0: it has one output."""
        return 0

    def choices(self, values: Vector) -> Vector:
        """Return all but 0, which would leave an output out."""
        return values

    def on(self, network: Network) -> Derivation:
        """Return the combination of the first two outputs."""
        return replace(self, second=1) if network.out_features > 1 else self

    def within(self, variables: Sequence[int], outputs: Sequence[int]) -> Derivation:  # noqa: ARG002
        """Return the combination with where the second output has gone; out of reach if it is gone."""
        places = list(outputs)
        return replace(self, second=places.index(self.second) if self.second in places else len(places))


@dataclass(frozen=True)
class OthersScaled(Derivation):
    """``g`` has the output that is asked about as it is, and ``factor`` times each of the others."""

    factor: float
    name: ClassVar[str] = "others-scaled"
    names: ClassVar[tuple[str, ...]] = ("factor",)

    def of(self, network: Network, target: int) -> Network:
        """Return the network with the other rows of its last Linear layer scaled; at most a ReLU may follow that."""
        if network.out_features < 2:
            raise DoesNotApply("there is no other output")
        place = len(network.layers) - 1 - network.ends_in_relu
        last = network.layers[place]
        if not isinstance(last, Linear):
            raise DoesNotApply("the outputs are not computed by rows of weights")
        factors = np.where(np.arange(network.out_features) == target, 1.0, self.factor)
        weight, bias = factors[:, None] * np.array(last.weight), factors * np.array(last.bias)
        scaled = Linear(frozen(weight + 0.0), frozen(bias + 0.0))
        return replace(network, layers=(*network.layers[:place], scaled, *network.layers[place + 1 :]))

    @property
    def formula(self) -> str:
        """``f, beside others times 3``."""
        return f"f(x), beside {self.factor:g} times the other outputs"


@dataclass(frozen=True)
class Shifted(Derivation):
    """``g(x) = f(x + shift)``, by the biases of the layers that read the input."""

    shift: Vector
    name: ClassVar[str] = "shifted"

    def of(self, network: Network, target: int) -> Network:  # noqa: ARG002
        """Return the network of the shifted function, of the same layers with other biases."""
        if len(self.shift) != network.in_features:
            raise DoesNotApply(f"{len(self.shift)} variables are shifted, and the network has {network.in_features}")
        return replace(network, layers=shift(network.layers, network.shape, np.array(self.shift)))

    @property
    def formula(self) -> str:
        """``f(x + (1, 0))``; of more than 40 numbers the first six."""
        shown = self.shift if len(self.shift) <= LONG else self.shift[:SHOWN]
        more = "" if shown is self.shift else f", … {len(self.shift)} numbers"
        return f"f(x + ({', '.join(f'{number + 0.0:g}' for number in shown)}{more}))"

    def moved(self, x: Vector) -> Vector:
        """Return ``x - shift``."""
        return tuple(a - s for a, s in zip(x, self.shift, strict=True))

    @property
    def numbers(self) -> tuple[float, ...]:
        """The shift of each variable."""
        return self.shift

    def with_numbers(self, numbers: Sequence[float]) -> Self:
        """Return it with another shift."""
        return replace(self, shift=tuple(numbers))

    def on(self, network: Network) -> Derivation:
        """Return the shift by nothing of as many variables."""
        return Shifted((0.0,) * network.in_features)

    def within(self, variables: Sequence[int], outputs: Sequence[int]) -> Derivation:  # noqa: ARG002
        """Return the shift of the variables that are left."""
        return Shifted(tuple(self.shift[i] if i >= 0 else 0.0 for i in variables))


def _term(factor: float, name: str) -> str:
    return {1.0: name, -1.0: f"-{name}"}.get(factor, f"{factor:g} {name}")


def _combined(network: Network, row: Array) -> Network:
    """Return the network of one output that adds the outputs up, by one more layer only where ReLUs are the end."""
    *below, last = network.layers
    if isinstance(last, Linear):
        weight, bias = row @ np.array(last.weight), row @ np.array(last.bias)
        return replace(network, layers=(*below, Linear(frozen(weight), frozen(bias))))
    if last.rectifies:
        end = (ReLU(),) if (row >= 0).all() else ()
        return replace(network, layers=(*network.layers, Linear(frozen(row), (0.0,)), *end))
    raise DoesNotApply(f"{last.kind} is the end")
