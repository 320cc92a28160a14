"""Variants of a case that fails: what still fails without a condition does not need it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from ...networks import AxiomcheckError, Case, Family, Network
from ...networks.layers import Branch, Layer, frozen
from ...networks.style import PLAIN
from ...networks.tree import map_leaves
from ...results.cause import Cause
from ..judge import Judge, Outcome
from .cause import cause_of
from .positions import above, apart, below

FILLED = 0.75
"""The weight in place of one that is 0: exact in binary, and as no usual one."""


def generalise(judge: Judge, case: Case, outcome: Outcome, family: Family) -> Cause:
    """Return the cause of a failure, with the conditions alone that all variants have that fail alike and as badly."""
    cause = cause_of(judge, case, outcome)
    for variant in variants(case):
        if not cause.conditions:
            break
        if _is_of(variant, family) and (there := judge(variant)).kind == outcome.kind:
            other = cause_of(judge, variant, there)
            cause = cause.common(other) if _is_alike(other, cause) else cause
    return cause


def _is_alike(one: Cause, other: Cause) -> bool:
    return one.signature == other.signature and one.gravity <= other.gravity


def variants(case: Case) -> Iterator[Case]:
    """Yield the case in plain code, with one input, with other inputs, other baselines, and with weights for zeros."""
    if case.network.style != PLAIN:
        yield replace(case, network=replace(case.network, style=PLAIN))
    if case.path is not None or case.facts:
        return
    if len(case.inputs) > 1:
        yield case.at(case.inputs[:1])
    yield from _moved(case)
    if not case.rewrites and (filled := _filled(case.network)) != case.network:
        yield replace(case, network=filled)
        yield from _moved(replace(case, network=filled))


def _moved(case: Case) -> Iterator[Case]:
    elsewhere = below(apart(case.baseline))
    for change in (apart, above, below):
        inputs = tuple(map(change, case.inputs))
        yield case.at(inputs)
        yield case.at(inputs, baseline=elsewhere)
    yield case.at(case.inputs, baseline=elsewhere)


def _filled(network: Network) -> Network:
    """Return a network without zeros among its weights: what comes of them is then special no longer."""
    return replace(network, layers=map_leaves(network.layers, _without_zeros))


def _without_zeros(_: int, layer: Layer) -> Branch:
    if "weight" not in layer.numeric:
        return (layer,)
    named: Any = layer
    weight = np.array(named.weight, dtype=np.float64)
    return (replace(named, weight=frozen(np.where(weight == 0, FILLED, weight))),)


def _is_of(case: Case, family: Family) -> bool:
    try:
        return case.belongs_to(family)
    except AxiomcheckError:
        return False
