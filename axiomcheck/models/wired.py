"""Models with something wired to them, held to what is known of their function before anybody is asked about them."""

import copy
from itertools import islice

import numpy as np
import torch

from ..axioms.arithmetic import ROUNDING
from ..networks import Array, DoesNotApply
from .model import Model
from .preparation import lost_in_float32
from .wirings import Sizes, Wiring

FAILURES = (RuntimeError, AttributeError, TypeError, ValueError, NotImplementedError, IndexError)
"""What models raise that do not run with what is wired to them."""


class WiringMoved(RuntimeError):
    """A wiring is not of the function that it provably is of: a bug of axiomcheck."""


def wired_model(model: Model, data: Array, wiring: Wiring, target: int) -> Model:
    """Return the model with a wiring, which is tried on ``data`` (N, d); ``DoesNotApply`` where it has none.

    ``WiringMoved`` where it is of another function although nothing can be at fault but the wiring.
    """
    sizes = Sizes(model.shape, model.out_features, target)
    wiring.require(sizes)
    with torch.no_grad():
        reference = copy.deepcopy(model.reference) if wiring.is_within else model.reference
        module = wiring.module(reference, sizes).eval().requires_grad_(False)
    shape = wiring.shape(model.shape)
    wanted = wiring.expected(model.outputs(data), target)
    made = Model(module, shape, wanted.shape[1], 0.0)
    lost, allowed = model.lost, ROUNDING["float64"] * max(model.lost, float(np.abs(wanted).max()))
    for points in islice(wiring.points(data, model.shape), 2):
        try:
            outputs = made.outputs(points)
        except FAILURES as error:
            raise DoesNotApply(f"the model does not run with {wiring.name}: {error}") from error
        off = float(np.abs(outputs - wanted).max()) if outputs.shape == wanted.shape else np.inf
        if not off <= allowed:
            if wiring.is_guessed:
                raise DoesNotApply(f"something else reads, or makes, what {wiring.name} changes")
            raise WiringMoved(f"{wiring.name} is off by {off:.3g}, where {allowed:.3g} is rounding")
        lost = max(lost, _lost(made, points, outputs))
    made.lost = lost
    return made


def _lost(made: Model, points: Array, outputs: Array) -> float:
    inputs = torch.from_numpy(points).reshape(-1, *made.shape)
    lost = lost_in_float32(copy.deepcopy(made.reference).float(), inputs, torch.from_numpy(outputs))
    return lost if np.isfinite(lost) else 0.0
