"""Network: a generated model as a value."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import prod
from typing import TYPE_CHECKING

import numpy as np

from . import steps
from .dyadics import rank
from .errors import AxiomcheckError
from .exact import Number, evaluate
from .gradients import gradients, hinges, is_on_kink, margin, sums, weighed
from .kinks import Kink, kinks_on
from .layers import Array, Branch, Linear, Shape, after
from .lowering import lower
from .memo import memoized
from .path import Path
from .style import PLAIN, Style
from .tree import every_layer, leaves, map_leaves

if TYPE_CHECKING:
    from torch import nn


@dataclass(frozen=True)
class Network:
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

    def __post_init__(self) -> None:
        if not self.shape:
            if not self.layers or not self.layers[0].natural_shape:
                raise AxiomcheckError("Expected a shape, or a network that begins with a Linear layer")
            object.__setattr__(self, "shape", self.layers[0].natural_shape)
        if not self.layers or min(self.shape) < 1:
            raise AxiomcheckError(f"Expected layers, on inputs of a positive shape, but got shape={self.shape}")
        if len(after(self.layers, self.shape)) != 1:
            raise AxiomcheckError(f"Expected outputs (K,) but got {after(self.layers, self.shape)}: flatten them")
        below = self.layers[:-1] if self.layers[-1].is_last else self.layers
        if any(layer.is_last for layer in every_layer(below)):
            raise AxiomcheckError("Expected a softmax at the end alone")

    @cached_property
    def leaves(self) -> Branch:
        """The layers, those inside blocks in their place, the blocks themselves not."""
        return tuple(leaves(self.layers))

    @cached_property
    def linears(self) -> tuple[Linear, ...]:
        """The fully connected layers, in order."""
        return tuple(layer for layer in self.leaves if isinstance(layer, Linear))

    @cached_property
    def steps(self) -> tuple[steps.Step, ...]:
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

    @memoized
    def exact(self, x: Sequence[Number]) -> tuple[Fraction, ...]:
        """Return the outputs (K,) at one input (d,), in exact arithmetic but for a softmax."""
        return evaluate(self.steps, [x])[0]

    def outputs(self, inputs: Array) -> Array:
        """Return the outputs (B, K) at ``inputs`` (B, d) in float64: exact while 53 bits suffice, as drawn cases do."""
        values: Array = np.asarray(inputs, dtype=np.float64)
        for step in self.steps:
            values = steps.of(step, values)
        return values

    @memoized
    def magnitude(self, x: Sequence[Number]) -> float:
        """Return a bound on all that is added up on the way to the outputs, and to their derivatives, around ``x``.

        It is the largest output at |x| + 1 with every weight and bias made positive. Rounding errors are small shares
        of it, also where f and the scores are 0 because large terms cancel.
        """
        values: Array = np.abs(np.array(x, dtype=np.float64)) + 1
        for step in self.steps:
            values = steps.bound(step, values)
        return float(values.max())

    def kinks(self, path: Path) -> tuple[Kink, ...]:
        """Return every kink that ``path`` meets, at exact parameters."""
        return kinks_on(self.steps, path)

    @memoized
    def on_kink(self, x: Sequence[Number]) -> bool:
        """Return whether ``x`` lies on a kink: the gradient there is a convention."""
        return is_on_kink(self.steps, x)

    def gradients(self, x: Sequence[Number]) -> Array:
        """Return the gradients (d, K) of the outputs at ``x``, up to one positive factor."""
        return gradients(self.steps, x)

    def margin(self, x: Sequence[Number]) -> Fraction | None:
        """Return how far the nearest kink is from ``x``, in its largest coordinate; None if there is none in sight."""
        return margin(self.steps, x)

    def hinges(self, x: Sequence[Number]) -> Iterator[tuple[Fraction, tuple[Fraction, ...]]]:
        """Yield what is 0 on each kink, pre-activations and leads of maxima, with its gradient (d,) at ``x``."""
        return hinges(self.steps, x)

    def sums(self, x: Sequence[Number]) -> Iterator[tuple[Fraction, tuple[Fraction, ...]]]:
        """Yield the pre-activations of hidden layers that no ReLU follows, with their gradients (d,) at ``x``."""
        return sums(self.steps, x)

    def weighed(self, x: Sequence[Number], factor: Fraction) -> Iterator[tuple[Fraction, tuple[Fraction, ...]]]:
        """Yield pre-activations with positive weights ``factor`` times as large, and their gradients (d,) at ``x``.

        They are those of units that have weights of both signs.
        """
        return weighed(self.steps, x, factor)

    @cached_property
    def influence(self) -> Array:
        """Which variables (d,) some weights lead from to which outputs (K,), as booleans (d, K)."""
        reached: Array = np.eye(self.in_features)
        for step in self.steps:
            if isinstance(step, steps.Affine):
                reached = reached @ (step.weight != 0)
            elif isinstance(step, steps.Largest):
                reached = reached[:, step.padded].max(axis=2)
            elif isinstance(step, steps.Softmax):
                reached = np.repeat(reached.sum(axis=1, keepdims=True), step.size, axis=1)
        return reached > 0

    @cached_property
    def trends(self) -> tuple[Array, Array]:
        """Which variables (d,) can raise which outputs (K,), and which can lower them, as booleans (d, K).

        A variable raises what some weights lead to that multiply to something positive: one that lowers nothing is one
        in which the output never falls.
        """
        raised: Array = np.eye(self.in_features)
        lowered: Array = np.zeros_like(raised)
        for step in self.steps:
            if isinstance(step, steps.Affine):
                up, down = step.weight > 0, step.weight < 0
                raised, lowered = raised @ up + lowered @ down, raised @ down + lowered @ up
            elif isinstance(step, steps.Largest):
                raised, lowered = (part[:, step.padded].max(axis=2) for part in (raised, lowered))
            elif isinstance(step, steps.Softmax):
                raised = lowered = np.repeat((raised + lowered).sum(axis=1, keepdims=True), step.size, axis=1)
        return raised > 0, lowered > 0

    def rises(self, variable: int, target: int) -> bool:
        """Whether the signs of its weights show that the output depends on ``variable`` and never falls in it."""
        raised, lowered = self.trends
        return bool(raised[variable, target] and not lowered[variable, target])

    @cached_property
    def size(self) -> tuple[int, ...]:
        """A key that orders networks by simplicity: kinks, variables, outputs, layers, parameters, their ranks."""
        numbers = self.numbers
        return (
            sum(len(step.units) for step in self.steps if isinstance(step, steps.Rectify))
            + sum(len(group) - 1 for step in self.steps if isinstance(step, steps.Largest) for group in step.groups),
            self.in_features,
            self.out_features,
            sum(layer.cost for layer in every_layer(self.layers)) + len(self.shape) - 1 + self.style.cost,
            sum(number != 0 for number in numbers),
            sum(map(rank, numbers)),
        )

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
        from .formula import formula

        return formula(self, target)

    def code(self) -> str:
        """Return Python that builds the model and needs nothing but torch: the very code that ``module`` runs."""
        from .code import code

        return code(self)

    def module(self, style: Style | None = None) -> "nn.Module":
        """Return it as a float64 ``nn.Module`` in evaluation mode, in its own style or in another."""
        from .module import module

        return module(self if style is None else replace(self, style=style))
