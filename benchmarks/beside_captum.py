"""Explainers beside Captum's of the same name."""

import warnings
from collections.abc import Iterator

from captum.attr import LRP, DeepLift, InputXGradient
from captum.attr import IntegratedGradients as Captum

from axiomcheck.explainers.methods.deeplift import deeplift
from axiomcheck.explainers.methods.grad_x_input import grad_x_input
from axiomcheck.explainers.methods.integrated_gradients import IntegratedGradients
from axiomcheck.explainers.methods.lrp_epsilon import LRPEpsilon

from .models import BATCHES, MODELS, batch, written
from .timing import Row, repeated, side_by_side

ROUNDS = 15
STEPS = 256
"""Midpoints of Captum's integrated gradients, far from the exact error: ``completeness`` looks for equal ones."""


def rows() -> Iterator[Row]:
    warnings.simplefilter("ignore")
    for name, (make, shape) in MODELS.items():
        for count, times in BATCHES.items():
            yield from _rows(name, make(), shape, count, times)


def _rows(name, model, shape, count, times) -> Iterator[Row]:
    x, target, zero = batch(count, shape)
    own = written() if name == "conv" else model  # Captum's LRP knows no Flatten; ours reads a chain faster
    pairs = {
        "G×I": (lambda: grad_x_input(model, x, target), lambda: InputXGradient(model).attribute(x, target=target)),
        "DeepLIFT": (
            lambda: deeplift(model, x, target, baseline=zero),
            lambda: DeepLift(model).attribute(x, zero, target=target),
        ),
        "LRP-ε": (lambda: LRPEpsilon(1e-9)(model, x, target), lambda: LRP(own).attribute(x, target=target)),
        "LRP-ε, a forward of its own": (
            lambda: LRPEpsilon(1e-9)(own, x, target),
            lambda: LRP(own).attribute(x, target=target),
        ),
        "IG": (
            lambda: IntegratedGradients()(model, x, target, baseline=zero),
            lambda: Captum(model).attribute(
                x, zero, target=target, n_steps=STEPS, method="riemann_middle", internal_batch_size=4096
            ),
        ),
    }
    if own is model:
        del pairs["LRP-ε, a forward of its own"]
    for what, (ours, theirs) in pairs.items():
        rounds = ROUNDS if count < 1024 else 3
        timed = side_by_side(repeated(ours, times), repeated(theirs, times), rounds=rounds, items=times)
        yield Row(f"{what}, {name}, batch {count}\nCaptum", *timed, _apart(ours(), theirs()))


def _apart(ours, theirs) -> str:
    return f"apart by {float((ours - theirs.detach()).abs().max()):.0e}"
