"""Network: a generated model as a value."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import prod
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from .errors import AxiomcheckError
from .exact import outputs
from .formula import formula, label
from .gradients import Form, gradients, preactivations, sums, weighted_sums
from .kinked import Kinked
from .layers import Array, Branch, Linear, Shape, after
from .lowering import lower
from .memo import memoize
from .reach import influence, magnitude, trends
from .shown import Shown
from .size import size
from .steps import Number, Step
from .style import PLAIN, Style
from .tree import leaves, map_leaves
from .validation import validate

if TYPE_CHECKING:
    from torch import nn


@dataclass(frozen=True, repr=False)
class Network(Kinked, Shown):
    """A feed-forward network with exact weights, from inputs of ``shape`` to (K,), and the style it is written in.

    Points are flat vectors (d,) of all input variables. A shape that is not said is that of the first Linear's units.

    >>> from axiomcheck.networks import Linear, ReLU
    >>> larger = Network((Linear(((1.0, -1.0), (0.0, 1.0)), (0.0, 0.0)), ReLU(), Linear(((1.0, 1.0),), (0.0,))))
    >>> print(larger.formula())
    f(x1, x2) = relu(x1 - x2) + relu(x2)
    >>> larger.exact((Fraction(1, 3), 2.0))
    (Fraction(2, 1),)
    """

    layers: Branch
    shape: Shape = ()
    style: Style = PLAIN
    writer: ClassVar[str] = "network"

    def __post_init__(self) -> None:
        if not self.shape:
            if not self.layers or not self.layers[0].natural_shape:
                raise AxiomcheckError("Expected a shape, or a network that begins with a Linear layer")
            object.__setattr__(self, "shape", self.layers[0].natural_shape)
        validate(self.layers, self.shape)

    def __repr__(self) -> str:
        return f"<Network {label(self.layers, self.shape, self.steps)}>"

    @classmethod
    def of(cls, module: "nn.Module", shape: Shape = ()) -> "Network":
        """Return a small model as a network: its float weights are dyadic, so that all is exact as in a drawn one.

        ``module`` is a chain of known layers with sums and concatenations, a Sequential or what torch.fx traces, on
        inputs of ``shape``; that of a first Linear is known. It is read in evaluation mode. ``AxiomcheckError`` says
        what cannot be read, or that the model computes something else than its layers.

        >>> from torch import nn
        >>> network = Network.of(nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1)))
        >>> network.shape, [layer.kind for layer in network.layers]
        ((2,), ['linear', 'relu', 'linear'])
        """
        from .reading import read, require_same

        network = cls(read(module), shape)
        require_same(network, module)
        return network

    @cached_property
    def leaves(self) -> Branch:
        """The layers, those inside blocks in their place, the blocks themselves not."""
        return tuple(leaves(self.layers))

    @cached_property
    def linears(self) -> tuple[Linear, ...]:
        """The fully connected layers, in order."""
        return tuple(layer for layer in self.leaves if isinstance(layer, Linear))

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """What it computes, in primitive steps on flat vectors."""
        return lower(self.layers, self.shape)

    @property
    def in_features(self) -> int:
        """The number of input variables, d."""
        return prod(self.shape)

    @cached_property
    def out_features(self) -> int:
        """The number of outputs, K."""
        return after(self.layers, self.shape)[0]

    @property
    def is_plain(self) -> bool:
        """Whether it is a chain of Linear and ReLU that begins with a Linear: a multi-layer perceptron."""
        return bool(self.layers[0].natural_shape) and all(layer.is_plain for layer in self.layers)

    @property
    def ends_in_relu(self) -> bool:
        """Whether the output passes a ReLU."""
        return self.layers[-1].rectifies

    @property
    def has_softmax(self) -> bool:
        """Whether the outputs are probabilities: those are not exact."""
        return self.layers[-1].is_last

    @property
    def depth(self) -> int:
        """The number of layers that multiply by weights."""
        return sum(layer.units > 0 for layer in self.leaves)

    @cached_property
    def is_exact(self) -> bool:
        """Whether rational inputs have rational outputs, and those are computed."""
        return all(step.is_exact for step in self.steps)

    def exact(self, x: Sequence[Number]) -> tuple[Fraction, ...]:
        """Return the outputs (K,) at one input (d,), in exact arithmetic; raise if the network has no such outputs."""
        if not self.is_exact:
            raise AxiomcheckError("the network is not exact: it has a value, and a bound on the error of that")
        return self.value(x)

    @memoize
    def value(self, x: Sequence[Number]) -> tuple[Fraction, ...]:
        """Return the outputs (K,) at one input (d,): the true ones up to ``error``."""
        return outputs(self.steps, [x]).fractions()[0]

    @memoize
    def error(self, x: Sequence[Number]) -> tuple[float, ...]:
        """Return how far each of ``value`` (K,) is at most from the true output: 0 if the network is exact.

        It is a proved bound (see ``steps.Ball``), and infinite where floats do not suffice.
        """
        return tuple(outputs(self.steps, [x]).errors()[0].tolist())

    def values(self, points: Sequence[Sequence[Number]]) -> list[tuple[Fraction, ...]]:
        """Return the outputs (m, K) at ``points`` (m, d), as ``value`` does."""
        return outputs(self.steps, points).fractions()

    def outputs(self, inputs: Array) -> Array:
        """Return the outputs (B, K) at ``inputs`` (B, d) in float64: exact while 53 bits suffice, as drawn cases do."""
        values: Array = np.asarray(inputs, dtype=np.float64)
        for step in self.steps:
            values = step.forward(values)
        return values

    @memoize
    def magnitude(self, x: Sequence[Number]) -> float:
        """Return a bound on all that is added up on the way to the outputs, and to their derivatives, around ``x``.

        It is the largest output at |x| + 1 with every weight and bias made positive. Rounding errors are small shares
        of it, also where f and the scores are 0 because large terms cancel.
        """
        return magnitude(self.steps, x, 0.0 if self.is_exact else max(self.error(x)))

    def gradients(self, x: Sequence[Number]) -> Array:
        """Return the gradients (d, K) of the outputs at ``x``, up to one positive factor."""
        return gradients(self.steps, x)

    def preactivations(self, x: Sequence[Number]) -> Iterator[Array]:
        """Yield the pre-activations (k,) of each layer with weights, and of each sum, in float64.

        They are those up to the first step that is not piecewise linear.
        """
        return preactivations(self.steps, x)

    def sums(self, x: Sequence[Number]) -> Iterator[Form]:
        """Yield the pre-activations of hidden layers that no ReLU follows, with their gradients (d,) at ``x``."""
        return sums(self.steps, x)

    def weighted_sums(self, x: Sequence[Number], factor: Fraction) -> Iterator[Form]:
        """Yield pre-activations with positive weights ``factor`` times as large, and their gradients (d,) at ``x``.

        They are those of units that have weights of both signs.
        """
        return weighted_sums(self.steps, x, factor)

    @cached_property
    def influence(self) -> Array:
        """Which variables (d,) some weights lead from to which outputs (K,), as booleans (d, K)."""
        return influence(self.steps, self.in_features)

    @cached_property
    def trends(self) -> tuple[Array, Array]:
        """Which variables (d,) can raise which outputs (K,), and which can lower them, as booleans (d, K)."""
        return trends(self.steps, self.in_features)

    def rises(self, variable: int, target: int) -> bool:
        """Whether the signs of its weights show that the output depends on ``variable`` and never falls in it."""
        up, down = self.trends
        return bool(up[variable, target] and not down[variable, target])

    @cached_property
    def size(self) -> tuple[int, ...]:
        """A key that orders networks by simplicity: kinks, variables, outputs, layers, parameters, their ranks."""
        return size(self.layers, self.shape, self.steps, self.style)

    @cached_property
    def numbers(self) -> tuple[float, ...]:
        """All weights and biases, and other learnt numbers, in order."""
        return tuple(number for layer in self.leaves for number in layer.numbers)

    def with_numbers(self, numbers: Sequence[float]) -> "Network":
        """Return the network with all its numbers exchanged."""
        stream = iter(numbers)
        return replace(self, layers=map_leaves(self.layers, lambda _, layer: (layer.with_numbers(stream),)))

    def formula(self, target: int | None = None) -> str:
        """Return the function as people write it; of one output, or of all."""
        return formula(self.steps, self.in_features, target)

    def code(self) -> str:
        """Return Python that builds the model and needs nothing but torch: the very code that ``module`` runs."""
        from .code import code

        return code(self)

    def module(self, style: Style | None = None) -> "nn.Module":
        """Return it as a float64 ``nn.Module`` in evaluation mode, in its own style or in another."""
        from .module import module

        return module(self if style is None else replace(self, style=style))
