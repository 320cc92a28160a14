"""Batch consistency: what else is in the batch does not matter."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..networks import Vector
from ..networks.facts import OnKinks
from ..strategies.cases import one_network
from .arithmetic import weights
from .axiom import C, Explain, Gap, Rejected, axiom
from .observation import Points, Scores, format_value, vector
from .subject import SubjectCase

BESIDE = (1, 2, 3, 5)
"""How far from an input those are that are added to it."""


@dataclass(frozen=True)
class BatchDifference(Scores):
    """The scores of an input in a batch (B, d), and ``alone``."""

    alone: Vector
    batch: Points
    says: ClassVar[str] = "at x = {x} the scores are {alone} alone, and {relevance} in a batch with {others}"
    labels: ClassVar[Mapping[str, str]] = {"alone": "alone", "relevance": "in a batch"}

    def words(self) -> dict[str, object]:
        """List the other inputs of the batch, of which no two are the same."""
        others = (x for x in self.batch if x != self.x)
        return super().words() | {"others": ", ".join(map(format_value, others))}

    @property
    def inputs(self) -> Points:
        """The whole batch."""
        return self.batch


@axiom(
    cites="Kokhlikyan et al. 2020 (Captum: attributions have the shape of the inputs, example by example)",
    draws=one_network,
    observes=BatchDifference,
    verb="treats a batch as its items",
    group="contract",
)
def batch_consistency(explain: Explain, case: SubjectCase) -> Iterator[Gap]:
    """Items of a batch get the relevance that they get alone, each with a target and a baseline of its own."""
    items = _items(explain, case)
    if len(items) < 2:
        raise Rejected("a batch of two inputs that are on no kink is needed")
    inputs, baselines = (np.array([getattr(item, name) for item in items]) for name in ("inputs", "baseline"))
    targets = np.array([item.target for item in items])
    together = explain(case.subject, inputs[:, 0], target=targets, baseline=baselines)
    pairs = zip(items, baselines, strict=True)
    alone = np.concatenate(
        [explain(item.subject, np.array(item.inputs), target=item.target, baseline=start) for item, start in pairs]
    )
    differences = np.abs(together - alone).max(1)
    worst = int(differences.argmax())
    weight = weights(max(item.magnitude(*item.inputs) for item in items), together, alone)
    yield Gap(
        size=float(differences[worst]),
        scale=weight.scale,
        rounding=weight.rounding,
        magnitude=weight.magnitude,
        vacuous=bool((alone == alone[0]).all()),
        observed=BatchDifference(
            items[worst].inputs[0],
            vector(together[worst]),
            vector(alone[worst]),
            tuple(item.inputs[0] for item in items),
        ),
    )


def _items(explain: Explain, case: C) -> list[C]:
    """Return a case for each different input in generic position, with the next target and a baseline moved by one.

    Where there is but one input, others beside it are added until there are two.
    """
    items: list[C] = []
    neighbours = (tuple(value + step for value in case.inputs[0]) for step in BESIDE)
    for number, x in enumerate(dict.fromkeys((*case.inputs, *neighbours))):
        if number >= len(set(case.inputs)) and len(items) > 1:
            break
        item = _item(case, x, len(items))
        if case.fact(OnKinks) or item.input_is_generic(x, from_baseline=explain.has_baseline):
            items.append(item)
    return items


def _item(case: C, x: Vector, number: int) -> C:
    baseline = tuple(value + number for value in case.baseline)
    return case.at((x,), baseline=baseline, target=(case.target + number) % case.subject.out_features)
