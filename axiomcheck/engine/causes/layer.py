"""Where a failure arises: the network from a layer on is explained alone, with what arrives there as its input."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import numpy as np

from ...networks import AxiomcheckError, Case, Network
from ...networks.layers import Array, Branch, Flatten, Layer, Linear, Vector, after
from ...networks.lowering import lower
from ..judge import Judge, Outcome
from .positions import above, apart

FEWEST = 2
"""Layers that a network must have, before there is a question which."""
MOST = 0.2
"""The share of the gap that is no side effect of another, smaller one above it."""
OUTPUTS = 4
"""How many outputs of a branch are asked, at most."""


def tails(case: Case) -> Iterator[tuple[int, Case]]:
    """Yield the networks from each layer on, from the last layer down, with what arrives there as inputs.

    What is no network of its own, as a layer behind a softmax, is left out.
    """
    network = case.network
    for start in range(len(network.layers) - 1, -1, -1):
        below = network.layers[:start]
        with suppress(AxiomcheckError, ValueError):
            rest = Network(network.layers[start:], after(below, network.shape), network.style)
            inputs = tuple(_arriving(network, below, x) for x in case.inputs)
            yield start, replace(case, network=rest, inputs=inputs, baseline=_arriving(network, below, case.baseline))


def plain(case: Case, variable: int | None = None) -> Case:
    """Return the case of the plainest network at the same points: the sum of all variables, or one, in one layer."""
    flat: Branch = (Flatten(),) if len(case.network.shape) > 1 else ()
    units, size = case.target + 1, case.network.in_features
    row = tuple(float(variable in (None, i)) for i in range(size))
    ones = Linear((row,) * units, (0.0,) * units)
    return replace(case, network=Network((*flat, ones), case.network.shape))


def is_everywhere(judge: Judge, case: Case, outcome: Outcome) -> bool:
    """Return whether a plain sum fails alike, at the same points or at usual ones: nothing else is needed then.

    It is that of all variables, or the one that was looked at.

    Its gap, as a share of its scale, must be ``MOST`` of the other one's at least.
    """
    if case.path is not None or case.rewrites or case.facts:
        return False
    total = plain(case)
    usual = [total.at(tuple(map(change, total.inputs))) for change in (apart, above)]
    focus = None if outcome.observed is None else outcome.observed.focus
    one = [] if focus is None else [plain(case, focus)]
    return any(_is_alike(judge(there), outcome) for there in (total, *one, *usual))


def _is_alike(one: Outcome, other: Outcome) -> bool:
    return one.kind == other.kind and one.share >= MOST * other.share and _event(one) == _event(other)


def _event(outcome: Outcome) -> tuple[str, str]:
    observed = outcome.observed
    return ("", "") if observed is None else (type(observed).__name__, observed.event)


def layer_of(judge: Judge, case: Case, outcome: Outcome) -> Layer | None:
    """Return the layer at which a failure arises; None if that cannot be asked.

    It is the first, seen from the output, from which on the network fails by ``MOST`` of the whole gap. An error has no
    gap, and arises with the first layer from which on it is raised.
    """
    if case.path is not None or case.rewrites or case.facts:
        return None
    if len(case.network.layers) < FEWEST:
        return case.network.layers[0]
    for start, tail in tails(case):
        there = outcome if start == 0 else judge(tail)
        if there.kind == outcome.kind and there.gap >= MOST * outcome.gap:
            return _inside(judge, tail, there) or case.network.layers[start]
    return None


def _inside(judge: Judge, tail: Case, outcome: Outcome) -> Layer | None:
    """Return the layer inside a block, with which a network begins, at which a failure arises; None if it is no block.

    None too if no branch fails by itself: then it arises where the branches are joined.
    """
    for case in _branches(tail):
        there = judge(case)
        if _is_alike(there, outcome):
            return layer_of(judge, case, there)
    return None


def _branches(case: Case) -> Iterator[Case]:
    """Yield each branch of the block with which a network begins, as a network, for each of its first outputs."""
    network = case.network
    for branch in network.layers[0].branches:
        flat: Branch = (Flatten(),) if len(after(branch, network.shape)) > 1 else ()
        with suppress(AxiomcheckError, ValueError):
            alone = replace(case, network=Network((*branch, *flat), network.shape, network.style), target=0)
            yield from (replace(alone, target=unit) for unit in range(min(alone.network.out_features, OUTPUTS)))


def _arriving(network: Network, below: Branch, x: Vector) -> Vector:
    values: Array = np.array([x], dtype=np.float64)
    for step in lower(below, network.shape):
        values = step.forward(values)
    return tuple(values[0].tolist())
