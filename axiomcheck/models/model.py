"""A model of one's own as a subject: any ``nn.Module``, copied, in float64, and asked as it runs."""

import copy
from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from math import prod

import numpy as np
import torch
from torch import Tensor, nn

from ..axioms.batches import fitting
from ..networks import Array, Path, Shape, Vector
from ..networks.kinks import Kink
from .kinks import homes, is_on_kink, kinks_on

CHUNK = 256
"""Inputs of one run, at most."""


class Model:
    """A module as axioms see it: its outputs, kinks and gradients in float64, and a new copy for each call.

    ``lost`` is what the outputs lose in float32, measured on the data and counted in its smallest steps: the size of
    all that is added up. Nothing is changed in the module that is handed in, which must be in float64 and in evaluation
    mode (``preparation``).
    """

    is_exact = False

    def __init__(self, module: nn.Module, shape: Shape, out_features: int, lost: float) -> None:
        self.reference, self.shape, self.out_features, self.lost = module, shape, out_features, lost
        self._values: dict[Vector, tuple[Fraction, ...]] = {}
        self._gradients: dict[tuple[Vector, int], Array] = {}
        self._on_kink: dict[Vector, bool] = {}

    @property
    def in_features(self) -> int:
        """The number of input variables."""
        return prod(self.shape)

    @cached_property
    def depth(self) -> int:
        """The number of layers with weights: of parameters that are matrices or kernels."""
        return sum(parameter.dim() > 1 for parameter in self.reference.parameters())

    def module(self) -> nn.Module:
        """Return a copy of the model."""
        return copy.deepcopy(self.reference)

    def run(self, points: Tensor) -> Tensor:
        """Return the outputs (B, K) at flat points (B, d)."""
        result: Tensor = self.reference(points.reshape(-1, *self.shape))
        return result

    def outputs(self, inputs: Array) -> Array:
        """Return the outputs (B, K) at ``inputs`` (B, d), in float64."""
        points = torch.from_numpy(np.array(inputs, dtype=np.float64))
        with torch.no_grad():
            parts = torch.split(points, fitting(CHUNK, self.in_features))
            found: Array = torch.cat([self.run(part.clone()) for part in parts]).numpy()
        return found

    def value(self, x: Vector) -> tuple[Fraction, ...]:
        """Return the outputs (K,) at one input, as they are in float64."""
        if x not in self._values:
            self._values[x] = tuple(map(Fraction, self.outputs(np.array([x]))[0].tolist()))
        return self._values[x]

    def values(self, points: Sequence[Vector]) -> Sequence[tuple[Fraction, ...]]:
        """Return the outputs (m, K) at ``points`` (m, d)."""
        return [tuple(map(Fraction, row)) for row in self.outputs(np.array(points)).tolist()]

    def gradients(self, x: Vector) -> Array:
        """Return the gradients (d, K) of the outputs at ``x``."""
        return np.stack([self.gradient(x, target) for target in range(self.out_features)], 1)

    def gradient(self, x: Vector, target: int) -> Array:
        """Return the gradient (d,) of one output at ``x``."""
        if (x, target) not in self._gradients:
            points = torch.tensor([x], dtype=torch.float64, requires_grad=True)
            with torch.enable_grad():
                self._gradients[x, target] = _gradient(self.run(points * 1)[0, target], points)
        return self._gradients[x, target]

    def magnitude(self, x: Vector) -> float:
        """Return the size of all that is added up at ``x`` for any output."""
        return max(self.magnitude_of(x, target) for target in range(self.out_features))

    def magnitude_of(self, x: Vector, target: int) -> float:
        """Return the size of all that is added up at ``x`` for an output: what rounding is measured to be a share of.

        It is at least the output, and what that changes by where every input changes by 1 and by itself.
        """
        spread = float((np.abs(self.gradient(x, target)) * (np.abs(np.array(x)) + 1)).sum())
        return max(self.lost, spread, abs(float(self.value(x)[target])))

    def kinks(self, path: Path) -> tuple[Kink, ...]:
        """Return the first kinks that ``path`` meets, in order; ``layer`` numbers the operations that bend."""
        return kinks_on(self.run, path)

    def module_of(self, operation: int) -> str:
        """Return the kind and the path of the module in which the operation of a number bends."""
        return self._homes[operation] if operation < len(self._homes) else "the model"

    @cached_property
    def _homes(self) -> list[str]:
        """The module of each operation that bends, in the order in which they run."""
        return homes(self.reference, torch.zeros(1, *self.shape, dtype=torch.float64))

    def on_kink(self, x: Vector) -> bool:
        """Return whether a unit is between two of its pieces at ``x``, and is not nearby."""
        if x not in self._on_kink:
            self._on_kink[x] = is_on_kink(self.run, np.array(x, dtype=np.float64))
        return self._on_kink[x]

    def bends(self, x: Vector, variable: int) -> bool:
        """Return whether the derivative in one variable is a convention at ``x``."""
        direction = np.eye(len(x))[[variable]]
        return is_on_kink(self.run, np.array(x, dtype=np.float64), np.concatenate([direction, -direction]))

    def rises(self, variable: int, target: int) -> bool:  # noqa: ARG002
        """Return False: of a model of one's own it is not known."""
        return False


def _gradient(output: Tensor, points: Tensor) -> Array:
    if not output.requires_grad:
        return np.zeros(points.shape[1])
    (gradient,) = torch.autograd.grad(output, points, retain_graph=True, allow_unused=True)
    result: Array = np.zeros(points.shape[1]) if gradient is None else gradient[0].numpy().copy()
    return result
