"""Batch consistency: what else is in the batch does not matter."""

from collections.abc import Iterator
from dataclasses import replace
from math import fsum

import numpy as np

from ..networks import Case, Vector
from ..strategies.cases import one_network
from .axiom import Explain, Gap, Rejected, axiom, told

BESIDE = (1, 2, 3, 5)
"""How far from an input those are that are added to it."""


@axiom(
    cites="Kokhlikyan et al. 2020 (Captum: attributions have the shape of the inputs, example by example)",
    draws=one_network,
    says="at x = {x} the scores are {alone} alone, and {relevance} in a batch with {others}",
    code="""
import random

import numpy as np

items = torch.arange(len(x))
targets = (target + items) % model(x.clone()).shape[1]
given = [x, targets]
if "baseline" in globals():
    given.append(baseline + items.reshape(-1, *[1] * (x.dim() - 1)).expand_as(x))


def called(chosen):
    torch.manual_seed(0), np.random.seed(0), random.seed(0)
    inputs, targets, *baselines = (part[chosen].clone() for part in given)
    return explain(model, inputs, targets, **dict(zip(["baseline"], baselines))).detach()


alone = torch.cat([called(slice(i, i + 1)) for i in items])
print("gap:", (called(slice(None)) - alone).abs().max().item())
""",
    verb="treats a batch as its items",
    group="contract",
)
def batch_consistency(explain: Explain, case: Case) -> Iterator[Gap]:
    """Items of a batch get the relevance that they get alone, each with a target and a baseline of its own."""
    items = _items(explain, case)
    if len(items) < 2:
        raise Rejected("a batch of two inputs that are on no kink is needed")
    inputs, baselines = (np.array([getattr(item, name) for item in items]) for name in ("inputs", "baseline"))
    targets = np.array([item.target for item in items])
    together = explain(case.network, inputs[:, 0], target=targets, baseline=baselines)
    pairs = zip(items, baselines, strict=True)
    alone = np.concatenate(
        [explain(item.network, np.array(item.inputs), target=item.target, baseline=start) for item, start in pairs]
    )
    differences = np.abs(together - alone).max(1)
    worst = int(differences.argmax())
    yield Gap(
        size=float(differences[worst]),
        scale=float(max(np.abs(together).max(), np.abs(alone).max())),
        rounding=fsum(np.abs([*together.ravel(), *alone.ravel()]))
        + max(item.magnitude(*item.inputs) for item in items),
        vacuous=bool((alone == alone[0]).all()),
        observed={
            "x": inputs[worst, 0].tolist(),
            "alone": alone[worst].tolist(),
            "relevance": together[worst].tolist(),
            "others": ", ".join(told(list(x)) for x in np.delete(inputs[:, 0], worst, 0)),
            "batch": inputs[:, 0].tolist(),
        },
    )


def _items(explain: Explain, case: Case) -> list[Case]:
    """Return a case for each different input in generic position, with the next target and a baseline moved by one.

    Where there is but one input, others beside it are added until there are two.
    """
    items: list[Case] = []
    beside = (tuple(value + step for value in case.inputs[0]) for step in BESIDE)
    for number, x in enumerate(dict.fromkeys((*case.inputs, *beside))):
        if number >= len(set(case.inputs)) and len(items) > 1:
            break
        item = _item(case, x, len(items))
        if case.on_kinks or item.input_is_generic(x, from_baseline=explain.has_baseline):
            items.append(item)
    return items


def _item(case: Case, x: Vector, number: int) -> Case:
    baseline = tuple(value + number for value in case.baseline)
    return replace(case, inputs=(x,), baseline=baseline, target=(case.target + number) % case.network.out_features)
