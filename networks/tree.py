"""Layers inside blocks: counted, exchanged and dropped, wherever they stand."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import count

from .layers import Block, Branch, Layer

Change = Callable[[int, Layer], Branch]


def leaves(layers: Branch) -> Iterator[Layer]:
    """Yield the layers, those inside blocks in their place, the blocks themselves not."""
    for layer in layers:
        if isinstance(layer, Block):
            for branch in layer.branches:
                yield from leaves(branch)
        else:
            yield layer


def changed(layers: Branch, change: Change) -> Branch:
    """Return the layers with each leaf, told its number, exchanged for what ``change`` returns."""
    return _changed(layers, change, count())


def exchanged(layers: Branch, new: Mapping[int, Layer]) -> Branch:
    """Return the layers with the leaves of some numbers exchanged."""
    return changed(layers, lambda number, layer: (new.get(number, layer),))


def _changed(layers: Branch, change: Change, numbers: Iterator[int]) -> Branch:
    result: list[Layer] = []
    for layer in layers:
        if isinstance(layer, Block):
            branches = tuple(_changed(branch, change, numbers) for branch in layer.branches)
            result.append(replace(layer, branches=branches))
        else:
            result.extend(change(next(numbers), layer))
    return tuple(result)
