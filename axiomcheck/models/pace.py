"""Pace: how long a model takes for one input, and how much memory, measured before it is asked thousands of times."""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

import numpy as np
import torch
from torch import Tensor

from ..axioms.batches import fitting
from ..axioms.refinement import POINTS
from ..networks import Array
from .model import Model
from .pieces import Bends, Pieces

COPIES = 3
"""How many copies of the weights there are: the model's own, a twin's, and one for each call."""


@dataclass(frozen=True)
class Pace:
    """Seconds of a forward pass of one input, of its gradient, and of a forward pass in which kinks are looked for.

    ``memory`` are bytes, of the copies of the weights and of what is kept of the inputs of one call; an input has so
    many ``variables``.
    """

    forward: float
    gradient: float
    kinks: float
    memory: int
    variables: int


def pace_of(model: Model, inputs: Array) -> Pace:
    """Return the pace of a model at the first of ``inputs`` (N, d), in the threads that torch has."""
    x = torch.from_numpy(np.array(inputs[:1], dtype=np.float64))
    kept: dict[int, int] = {}

    def note(tensor: Tensor) -> Tensor:
        kept[tensor.untyped_storage().data_ptr()] = tensor.untyped_storage().nbytes()
        return tensor

    with torch.enable_grad(), torch.autograd.graph.saved_tensors_hooks(note, lambda tensor: tensor):
        model.run(x.clone().requires_grad_() * 1)
    with torch.no_grad():
        forward = _seconds(lambda: model.run(x.clone()))
        with Bends(1, _look):
            kinks = _seconds(lambda: model.run(x.clone()))
    gradient = _seconds(lambda: _differentiate(model, x))
    weights = sum(p.numel() * p.element_size() for p in model.reference.parameters())
    rows = fitting(POINTS, model.in_features)
    memory = COPIES * weights + 2 * rows * max(0, sum(kept.values()) - weights)
    return Pace(forward, gradient, kinks, memory, model.in_features)


def _look(_: int, pieces: Pieces) -> None:
    pieces.margins()


def _differentiate(model: Model, x: Tensor) -> None:
    points = x.clone().requires_grad_()
    with torch.enable_grad():
        outputs = model.run(points * 1)
        torch.autograd.grad(outputs[:, 0].sum(), points, allow_unused=True)


def _seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start
