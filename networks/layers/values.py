"""Values: the numbers that a layer has learnt, as nested tuples of floats."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, ClassVar, Self

import numpy as np

Array = np.ndarray[Any, Any]
Vector = tuple[float, ...]


class Learnt:
    """A value with numbers that it has learnt."""

    numeric: ClassVar[tuple[str, ...]] = ()
    """The fields that hold them: a float, or tuples of them to any depth."""

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
    if not isinstance(values, (list, tuple)):
        return float(values) + 0.0
    return tuple([frozen(inner) if isinstance(inner, (list, tuple)) else float(inner) + 0.0 for inner in values])
