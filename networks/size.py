"""Size: a key that orders networks by simplicity."""

from collections.abc import Sequence
from math import prod

from .dyadics import rank
from .layers import Branch, Shape, after
from .steps import Step
from .style import Style
from .tree import every_layer, leaves


def size(layers: Branch, shape: Shape, steps: Sequence[Step], style: Style) -> tuple[int, ...]:
    """Return how many kinks, variables, outputs, layers and parameters there are, and the ranks of those together."""
    numbers = [number for layer in leaves(layers) for number in layer.numbers]
    return (
        sum(step.kink_count() for step in steps),
        prod(shape),
        after(layers, shape)[0],
        sum(layer.cost + layer.surcharge for layer in every_layer(layers)) + len(shape) - 1 + style.cost,
        sum(number != 0 for number in numbers),
        sum(map(rank, numbers)),
    )


def connections(layers: Branch, shape: Shape) -> int:
    """Return how many numbers stand in the matrices and windows of ``layers``, about, before any is made.

    >>> from .layers import AvgPool, Flatten
    >>> connections((AvgPool((2,), (2,)), Flatten()), (1, 4))
    18
    """
    total = 0
    for layer in layers:
        total += layer.connections(shape) + sum(connections(branch, shape) for branch in layer.branches)
        shape = layer.shape_after(shape)
    return total
