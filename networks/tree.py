"""Layers inside blocks: counted, exchanged and dropped, wherever they stand."""

from collections.abc import Callable, Iterator, Mapping
from itertools import count

from .layers import Branch, Layer

Change = Callable[[int, Layer], Branch]


def leaves(layers: Branch) -> Iterator[Layer]:
    """Yield the layers, those inside blocks in their place, the blocks themselves not."""
    for layer in layers:
        if layer.branches:
            for branch in layer.branches:
                yield from leaves(branch)
        else:
            yield layer


def every_layer(layers: Branch) -> Iterator[Layer]:
    """Yield the layers, each block before those inside."""
    for layer in layers:
        yield layer
        for branch in layer.branches:
            yield from every_layer(branch)


def count_weighted(layers: Branch) -> int:
    """Return how many layers have units with weights, those inside blocks too."""
    return sum(layer.units > 0 for layer in leaves(layers))


def map_leaves(layers: Branch, change: Change) -> Branch:
    """Return the layers with each leaf exchanged for what ``change`` returns for its number and itself."""
    return _map(layers, change, count())


def replace_leaves(layers: Branch, new: Mapping[int, Layer]) -> Branch:
    """Return the layers with the leaves of some numbers exchanged."""
    return map_leaves(layers, lambda number, layer: (new.get(number, layer),))


def _map(layers: Branch, change: Change, numbers: Iterator[int]) -> Branch:
    result: list[Layer] = []
    for layer in layers:
        if layer.branches:
            result.append(layer.with_branches(tuple(_map(branch, change, numbers) for branch in layer.branches)))
        else:
            result.extend(change(next(numbers), layer))
    return tuple(result)
