"""Smaller inputs: fewer variables, channels, rows and columns; an image as a signal."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from ..case import Case
from ..layers import Branch, Shape, after
from ..layers.origin import Origin, without
from ..layers.sequence import restrict_inputs
from .edits import Edited, attempt, with_layers

SEVERAL = 3
"""How many variables, channels, rows or columns go at once, at most."""


def fewer_variables(case: Case) -> Iterator[Case]:
    """Yield the case on a part of its input: without one channel, row or column, or on one row or column alone."""
    yield from _on_parts(case, _parts(case.network.shape))


def fewer_variables_at_once(case: Case) -> Iterator[Case]:
    """Yield the case without two or three channels, rows or columns: where only all together can go."""
    yield from _on_parts(case, _parts_without_several(case.network.shape))


def _on_parts(case: Case, parts: Iterator[Origin]) -> Iterator[Case]:
    layers, shape = case.network.layers, case.network.shape
    for before in parts:
        for new, behind in _on(layers, before):
            for smaller in with_layers(case, new, behind, before):
                yield smaller
                if case.rewrites and len(shape) == 1:
                    rewrites = case.rewrites
                    for gone in sorted(set(range(shape[0])) - set(before.flat), reverse=True):
                        rewrites = tuple(rewrite.without_unit(-1, gone) for rewrite in rewrites)
                    yield replace(smaller, rewrites=rewrites)


def _parts(shape: Shape) -> Iterator[Origin]:
    whole = Origin.same(shape)
    for axis in range(1, len(shape)) if len(shape) > 2 else ():
        for place in range(shape[axis]):
            yield Origin(shape, (*whole.axes[:axis], place, *whole.axes[axis + 1 :]))
    for axis, size in enumerate(shape):
        ends = sorted({0, size - 1}) if axis else reversed(range(size))
        for gone in ends if size > 1 else ():
            yield Origin(shape, (*whole.axes[:axis], without(size, gone), *whole.axes[axis + 1 :]))


def _parts_without_several(shape: Shape) -> Iterator[Origin]:
    whole = Origin.same(shape)
    for axis, size in enumerate(shape):
        for count in range(2, min(SEVERAL, size - 1) + 1):
            for gone in combinations(reversed(range(size)), count):
                kept = tuple(place for place in range(size) if place not in gone)
                yield Origin(shape, (*whole.axes[:axis], kept, *whole.axes[axis + 1 :]))


def _on(layers: Branch, before: Origin) -> Iterator[Edited]:
    """Yield ``layers`` on a part of the input; with the first window as much smaller, so that as much comes out.

    What a padding has taken apart fits together without it: so once more without that.
    """
    yield from attempt(lambda: restrict_inputs(layers, before))
    position = next((i for i, layer in enumerate(layers) if layer.window), len(layers))
    for first in layers[position : position + 1]:
        for axis, size in enumerate(first.window if len(before.shape) == len(before.old) else ()):
            for smaller in first.shorten(axis) if size > 1 else ():
                yield from attempt(lambda s=smaller: _with(layers, position, (s,), before))  # type: ignore[misc]
        for plain in first.unpadded():
            yield from attempt(lambda s=plain: _with(layers, position, (s,), before))  # type: ignore[misc]


def _with(layers: Branch, position: int, new: Branch, before: Origin) -> Edited:
    below, origin = restrict_inputs(layers[:position], before)
    old, shorter = after(layers[: position + 1], before.old), after(new, origin.shape)
    behind, end = restrict_inputs(layers[position + 1 :], Origin.overlap(old, shorter))
    return (*below, *new, *behind), end
