"""Variants of a case that fails: what still fails without a condition does not need it."""

from collections.abc import Iterator
from dataclasses import replace

from ...networks import AxiomcheckError, Case, Family
from ...networks.layers import Vector
from ...networks.style import PLAIN
from ...results.cause import Cause
from ..judge import Judge, Outcome
from .cause import cause_of

STEP = 0.375
"""By how much neighbouring variables are moved apart: exact in binary, and equal to no usual number."""


def generalise(judge: Judge, case: Case, outcome: Outcome, family: Family) -> Cause:
    """Return the cause of a failure, with those conditions alone that all variants of the case have that fail alike."""
    cause = cause_of(judge, case, outcome)
    for variant in variants(case):
        if not cause.conditions:
            break
        if _is_of(variant, family) and (there := judge(variant)).kind == outcome.kind:
            other = cause_of(judge, variant, there)
            cause = cause.common(other) if other.signature == cause.signature else cause
    return cause


def variants(case: Case) -> Iterator[Case]:
    """Yield the case in plain code, with one input, with other inputs, and with another baseline."""
    if case.network.style != PLAIN:
        yield replace(case, network=replace(case.network, style=PLAIN))
    if case.path is not None or case.facts:
        return
    if len(case.inputs) > 1:
        yield case.at(case.inputs[:1])
    for change in (_apart, _above, _below):
        inputs = tuple(map(change, case.inputs))
        yield case.at(inputs)
        yield case.at(inputs, baseline=_below(_apart(case.baseline)))
    yield case.at(case.inputs, baseline=_below(_apart(case.baseline)))


def _apart(x: Vector) -> Vector:
    """Return a point whose variables are others, and differ from each other."""
    return tuple(value + STEP * (place + 1) for place, value in enumerate(x))


def _above(x: Vector) -> Vector:
    """Return a point of positive variables."""
    return tuple(abs(value) + STEP * (place + 1) for place, value in enumerate(x))


def _below(x: Vector) -> Vector:
    """Return a point of negative variables."""
    return tuple(-abs(value) - STEP * (place + 1) / 2 for place, value in enumerate(x))


def _is_of(case: Case, family: Family) -> bool:
    try:
        return case.belongs_to(family)
    except AxiomcheckError:
        return False
