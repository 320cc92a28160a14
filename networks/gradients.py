"""Gradients at a point, exactly, and whether it lies on a kink.

A kink is a point where a ReLU's pre-activation z is 0 and its gradient through the layers before it is not, or where
maxima tie whose gradients differ. A unit that is fed by dead units alone is 0 on an open set; that is no kink.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np

from .exact import Number, Rows
from .layers import Array
from .steps import Affine, Largest, Rectify, Step, compact, of


def is_on_kink(steps: Sequence[Step], point: Sequence[Number]) -> bool:
    """Return whether ``point`` lies on a kink of any of ``steps``."""
    if not _is_suspect(steps, point):
        return False
    for step, rows, gradient in _walk(steps, point):
        values = rows.values[0]
        if isinstance(step, Rectify):
            units = step.units[values[step.units] == 0]
            if units.size and gradient[:, units].any():
                return True
        elif isinstance(step, Largest):
            tied = step.winners(values)
            for group in np.flatnonzero(tied.sum(axis=1) > 1):
                columns = gradient[:, step.padded[group][tied[group]]]
                if (columns != columns[:, :1]).any():
                    return True
    return False


def _is_suspect(steps: Sequence[Step], point: Sequence[Number]) -> bool:
    """Whether a pre-activation is 0 or maxima tie, whatever gradients they have; most points end here."""
    rows = Rows.of([point])
    for step in steps:
        values = rows.values[0]
        if isinstance(step, Rectify) and not values[step.units].all():
            return True
        if isinstance(step, Largest) and (step.winners(values).sum(axis=1) > 1).any():
            return True
        rows = rows.through(step)
    return False


def gradients(steps: Sequence[Step], point: Sequence[Number]) -> Array:
    """Return the gradients (d, n) of the last step's n units at ``point``, up to one positive factor."""
    *_, (_, _, gradient) = _walk(steps, point)
    return gradient


def hinges(steps: Sequence[Step], point: Sequence[Number]) -> Iterator[tuple[Fraction, tuple[Fraction, ...]]]:
    """Yield what is 0 on each kink, with its gradient: pre-activations, and by how much a maximum leads.

    Both are exact at ``point``, off the kinks; those with no gradient there make no kink and are left out.
    """
    start = int(Rows.of([point]).scale[0])
    for step, rows, gradient in _walk(steps, point):
        if isinstance(step, Rectify):
            forms = [(rows.values[0, unit], gradient[:, unit]) for unit in step.units]
        elif isinstance(step, Largest):
            forms = list(_leads(step, rows.values[0], gradient))
        else:
            continue
        for value, slope in forms:
            if slope.any():
                scale = int(rows.scale[0])
                yield Fraction(int(value), scale), tuple(Fraction(int(s) * start, scale) for s in slope)


def sums(steps: Sequence[Step], point: Sequence[Number]) -> Iterator[tuple[Fraction, tuple[Fraction, ...]]]:
    """Yield the pre-activations that no ReLU follows, of hidden layers, with their gradients at ``point``."""
    start = int(Rows.of([point]).scale[0])
    walked = list(_walk(steps, point))
    for (below, _, _), (above, rows, gradient) in pairwise(walked):
        if isinstance(below, Affine) and above is not None and not isinstance(above, Rectify):
            scale = int(rows.scale[0])
            for unit, value in enumerate(rows.values[0].tolist()):
                yield Fraction(value, scale), tuple(Fraction(int(s) * start, scale) for s in gradient[:, unit])


def weighed(
    steps: Sequence[Step], point: Sequence[Number], factor: Fraction
) -> Iterator[tuple[Fraction, tuple[Fraction, ...]]]:
    """Yield the pre-activations, with their gradients, that there were if a layer's positive weights were larger.

    Each layer's are multiplied by ``factor``, its positive biases too; all layers below stay as they are. Units whose
    weights are of one sign are left out: they are 0 where they are without the factor.
    """
    start = int(Rows.of([point]).scale[0])
    for step, rows, gradient in _walk(steps, point):
        if isinstance(step, Affine) and step.mixed.size:
            larger = step.weighed(factor)
            behind, slopes = rows.through(larger), _through(larger, rows, gradient)
            scale = int(behind.scale[0])
            for value, slope in zip(behind.values[0].tolist(), slopes.T.tolist(), strict=True):
                yield Fraction(value, scale), tuple(Fraction(s * start, scale) for s in slope)


def _leads(step: Largest, values: Array, gradient: Array) -> Iterator[tuple[Any, Array]]:
    for group in step.groups:
        winner = max(group, key=lambda unit: values[unit])
        yield from ((values[winner] - values[u], gradient[:, winner] - gradient[:, u]) for u in group if u != winner)


def margin(steps: Sequence[Step], point: Sequence[Number]) -> Fraction | None:
    """Return how far the nearest kink is from ``point``, in its largest coordinate; None if there is none in sight.

    No kink is nearer: up to the first one the network is affine.
    """
    distances = [abs(value) / sum(map(abs, slope)) for value, slope in hinges(steps, point)]
    return min(distances, default=None)


def _walk(steps: Sequence[Step], point: Sequence[Number]) -> Iterator[tuple[Step | None, Rows, Array]]:
    """Yield each step with what enters it and that one's gradient (d, n); at last None with the output."""
    rows, gradient = Rows.of([point]), np.eye(len(point), dtype=np.int64)
    for step in steps:
        yield step, rows, gradient
        gradient = _through(step, rows, gradient)
        rows = rows.through(step)
    yield None, rows, gradient


def _through(step: Step, rows: Rows, gradient: Array) -> Array:
    values = rows.values[0]
    if isinstance(step, Affine):
        most = int(np.abs(gradient).max(initial=0)) * step.growth[0]
        wide = object if most >= 2**62 or object in (gradient.dtype, step.weight.dtype) else np.int64
        return compact(gradient.astype(wide) @ step.weight.astype(wide))
    if isinstance(step, Rectify):
        return np.where(step.mask & (values <= 0), 0, gradient)
    if isinstance(step, Largest):
        winners = values[step.padded].argmax(axis=1)
        return np.asarray(gradient[:, step.padded[range(len(winners)), winners]])
    shares = of(step, rows.floats())[0]
    slopes = (gradient / (np.abs(gradient).max() or 1)).astype(np.float64)
    return np.asarray(shares * (slopes - slopes @ shares[:, None]))
