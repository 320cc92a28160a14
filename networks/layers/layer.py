"""Layer: what every kind of layer says of itself."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, ClassVar, Self

import numpy as np

from ..errors import AxiomcheckError
from ..steps import Step

Array = np.ndarray[Any, Any]
Vector = tuple[float, ...]
Shape = tuple[int, ...]


class Layer(ABC):
    """A layer as a plain value, frozen and hashable. Its numbers are floats, best small dyadic rationals.

    ``numeric`` names the fields that hold the numbers it has learnt: a float, or tuples of them to any depth.
    """

    kind: ClassVar[str]
    item: ClassVar[str] = "mlp"
    """The family item that a network with this layer needs."""
    numeric: ClassVar[tuple[str, ...]] = ()
    cost: ClassVar[int] = 1
    """How much the layer adds to the size of a network, beside its units and numbers."""

    @abstractmethod
    def shape_after(self, shape: Shape) -> Shape:
        """Return the shape of the output for one input of ``shape``; raise if the layer does not fit."""

    @abstractmethod
    def steps(self, shape: Shape) -> tuple[Step, ...]:
        """Return what the layer does to one input of ``shape``, as a flat vector, in primitive steps."""

    @abstractmethod
    def constructor(self, shape: Shape) -> str:
        """Return the Python that builds it for inputs of ``shape``: ``nn.Linear(2, 1)``."""

    @property
    def state(self) -> Mapping[str, Any]:
        """Its parameters and buffers by the names that PyTorch gives them, as nested tuples."""
        return {}

    @property
    def numbers(self) -> Iterator[float]:
        """All its numbers, in order."""
        for name in self.numeric:
            yield from _flat(getattr(self, name))

    def with_numbers(self, numbers: Iterator[float]) -> Self:
        """Return the layer with its numbers taken from ``numbers``."""
        if not self.numeric:
            return self
        return replace(self, **{name: _like(getattr(self, name), numbers) for name in self.numeric})  # type: ignore[type-var]


def _flat(value: Any) -> Iterator[float]:
    if not isinstance(value, tuple):
        yield value
        return
    for inner in value:
        yield from _flat(inner)


def _like(value: Any, numbers: Iterator[float]) -> Any:
    return tuple(_like(inner, numbers) for inner in value) if isinstance(value, tuple) else next(numbers)


def frozen(values: Any) -> Any:
    """Return an array, or nested sequences, as nested tuples of floats; -0.0 is 0.0, and is written so."""
    if isinstance(values, np.ndarray):
        values = values.tolist()
    return tuple(map(frozen, values)) if isinstance(values, (list, tuple)) else float(values) + 0.0


def require_fit(condition: object, layer: Layer, shape: Shape, why: str) -> None:
    """Raise unless ``condition`` holds: ``layer`` cannot read inputs of ``shape``."""
    if not condition:
        raise AxiomcheckError(f"{layer.constructor(shape)} does not fit inputs of shape {shape}: {why}")
