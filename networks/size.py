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
