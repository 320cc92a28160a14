"""Large perceptrons, the tail of the distribution: deep ones, wide ones, and ones of many outputs."""

from collections.abc import Sequence
from hashlib import shake_128

from ..networks import Branch, Family, Layer, Linear, ReLU
from .tables import TAIL_WEIGHT_VALUES, bias_value

DEEPEST, WIDEST, MOST_OUTPUTS = 12, 64, 10
"""The most layers with weights, units of one of them, and outputs."""


def large_perceptron(block: bytes, family: Family, features: int, *, ends_in_relu: bool) -> Branch:
    """Return the layers on so many ``features`` that ``block`` stands for.

    A third of these networks are deep, a third are wide, and a third have many outputs. They have more numbers than a
    block has bytes, which are those of an extendable hash of it.
    """
    kind, size, *_ = stream = shake_128(block).digest(2 + 2 * WIDEST * (WIDEST + 1))
    widths = _widths(kind, size, outputs=1 if family.outputs == "1" else 2)
    numbers, layers = iter(stream[2:]), list[Layer]()
    for reads, units in zip((features, *widths), widths, strict=False):
        rows = [[TAIL_WEIGHT_VALUES[next(numbers)] for _ in range(reads)] for _ in range(units)]
        bias = tuple(bias_value(next(numbers), family) for _ in range(units))
        layers += [Linear(tuple(map(tuple, rows)), bias), ReLU()]
    return tuple(layers if ends_in_relu else layers[:-1])


def _widths(kind: int, size: int, *, outputs: int) -> Sequence[int]:
    """Return how many units each layer has."""
    if kind % 3 == 0:
        return (*[2 + size % 3] * (4 + size % (DEEPEST - 4)), outputs)
    if kind % 3 == 1 or outputs == 1:
        return (16 + size % (WIDEST - 15), 2, outputs)
    return (4, 5 + size % (MOST_OUTPUTS - 4))
