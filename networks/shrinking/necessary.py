"""What must not be all 0, or a part of the network is dead."""

from collections.abc import Iterator, Sequence

from ..case import Case
from ..facts import Irrelevant
from ..layers import Linear
from ..network import Network

Places = tuple[int, ...]


def necessary_groups(case: Case) -> list[Places]:
    """Return groups of the places of numbers; where one of them is all 0, a smaller case would do as well.

    They are the weights that read a unit, and those that make it with its bias. A variable need not be read where it
    is irrelevant, where a rewrite may read it, or where it is the only one.
    """
    network = case.network
    free = network.in_features == 1 or bool(case.rewrites) or bool(case.variables(Irrelevant))
    return [group for group, is_input in _groups(network) if not (is_input and free)]


def _groups(network: Network) -> Iterator[tuple[Places, bool]]:
    start = 0
    for number, layer in enumerate(network.leaves):
        if isinstance(layer, Linear):
            rows, columns = layer.out_features, layer.in_features
            weight = [[start + i * columns + j for j in range(columns)] for i in range(rows)]
            yield from ((tuple(row[j] for row in weight), number == 0) for j in range(columns))
            if number + 1 < len(network.leaves):
                yield from (((*row, start + rows * columns + i), False) for i, row in enumerate(weight))
        start += sum(1 for _ in layer.numbers)


def is_alive(numbers: Sequence[float], groups: Sequence[Places]) -> bool:
    """Whether no group of places is all 0."""
    return all(any(numbers[place] for place in group) for group in groups)
