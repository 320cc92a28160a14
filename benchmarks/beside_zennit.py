"""Rules of LRP beside Zennit's, which put one unit in."""

import warnings
from collections.abc import Iterator

import torch
from zennit.attribution import Gradient
from zennit.composites import LayerMapComposite
from zennit.rules import Epsilon, Gamma, Pass, ZPlus
from zennit.types import Activation, AvgPool, Linear

from axiomcheck.explainers.methods.lrp_epsilon import LRPEpsilon
from axiomcheck.explainers.methods.lrp_gamma import LRPGamma
from axiomcheck.explainers.methods.lrp_z_plus import LRPZPlus

from .models import BATCHES, MODELS, batch
from .timing import Row, repeated, side_by_side

ROUNDS = 15
PAIRS = {
    "LRP-ε": (LRPEpsilon(0.1), lambda: Epsilon(epsilon=0.1)),
    "LRP-z⁺": (LRPZPlus(), ZPlus),
    "LRP-γ": (LRPGamma(0.25), lambda: Gamma(gamma=0.25)),
}


def rows() -> Iterator[Row]:
    warnings.simplefilter("ignore")
    for name, (make, shape) in MODELS.items():
        for count, times in BATCHES.items():
            for what, pair in PAIRS.items():
                yield _row(f"{what}, {name}, batch {count}\nZennit", make, batch(count, shape), pair, times)


def _row(what, make, given, pair, times) -> Row:
    """Zennit's hooks are put on a model of its own, once: only the explaining is timed."""
    (x, target, _), (explain, rule), model = given, pair, make()
    composite = LayerMapComposite([(Activation, Pass()), (Linear, rule()), (AvgPool, rule())])
    with Gradient(make(), composite) as attributor:

        def theirs():
            return attributor(x, lambda outputs: torch.zeros_like(outputs).scatter(1, target[:, None], 1.0))

        ours = repeated(lambda: explain(model, x, target), times)
        timed = side_by_side(ours, repeated(theirs, times), rounds=ROUNDS, items=times)
    return Row(what, *timed)
