"""Lowering: a network as one sequence of primitive steps on flat vectors."""

from collections.abc import Iterator
from copy import copy
from itertools import count
from math import prod

import numpy as np

from .layers import Block, Branch, Shape, after, as_block
from .steps import Affine, Step


def lower(layers: Branch, shape: Shape) -> tuple[Step, ...]:
    """Return the steps of ``layers`` on inputs of ``shape``, each with the number of its leaf."""
    return tuple(_steps(layers, shape, count()))


def _steps(layers: Branch, shape: Shape, numbers: Iterator[int]) -> Iterator[Step]:
    for layer in layers:
        if (block := as_block(layer)) is not None:
            yield from _of_block(block, shape, numbers)
        else:
            number = next(numbers)
            yield from (_number(step, number) for step in layer.steps(shape))
        shape = layer.shape_after(shape)


def _number(step: Step, layer: int) -> Step:
    """Return a step of leaf ``layer``, with all that is known of it by now."""
    if step.layer == layer:
        return step
    numbered = copy(step)
    object.__setattr__(numbered, "layer", layer)
    return numbered


def _of_block(block: Block, shape: Shape, numbers: Iterator[int]) -> Iterator[Step]:
    """Copy the input for every branch, let one branch after the other work on its copy, and join them."""
    size, ends = prod(shape), [prod(after(branch, shape)) for branch in block.branches]
    identity = np.eye(size, dtype=np.int64)
    yield Affine(np.hstack([identity] * len(ends)), np.zeros(size * len(ends), dtype=np.int64))
    for index, branch in enumerate(block.branches):
        before, behind = sum(ends[:index]), size * (len(ends) - index - 1)
        yield from (step.embedded(before, behind) for step in _steps(branch, shape, numbers))
    yield from block.joint(ends)
