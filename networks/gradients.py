"""Gradients at a point, exactly, and whether it lies on a kink.

A kink is a point where a ReLU's pre-activation z is 0 and its gradient through the layers before it is not, or where
maxima tie whose gradients differ. A unit that is fed by dead units alone is 0 on an open set; that is no kink. All that
is said of kinks is of those up to the first step that is not piecewise linear.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from .steps import Array, Number, PiecewiseLinear, Rows, Step, Values, known_part

Form = tuple[Fraction, tuple[Fraction, ...]]
"""A value, and its gradient (d,)."""


class _Place(NamedTuple):
    """A step with the ``rows`` that enter it, one of them, and their ``gradient`` (d, n), an integer for each unit."""

    step: PiecewiseLinear
    rows: Rows
    gradient: Array

    def behind(self, step: PiecewiseLinear) -> "_Place":
        """Return what leaves ``step`` in place of its own."""
        return _Place(step, step.apply(self.rows), step.jvp(self.rows, self.gradient))

    def form(self, value: Any, slope: Array, start: int) -> Form:
        """Return integers over the scale of the rows as fractions; ``start`` is the scale of the point."""
        scale = int(self.rows.scale[0])
        return Fraction(int(value), scale), tuple(Fraction(int(s) * start, scale) for s in slope)


def is_on_kink(steps: Sequence[Step], point: Sequence[Number]) -> bool:
    """Return whether ``point`` lies on a kink of any of ``steps``."""
    return _is_suspect(steps, point) and any(
        step.is_on_kink(rows.values[0], gradient) for step, rows, gradient in _walk(steps, point)
    )


def _is_suspect(steps: Sequence[Step], point: Sequence[Number]) -> bool:
    """Whether a pre-activation is 0 or maxima tie, whatever gradients they have; most points end here."""
    rows = Rows.of([point])
    for step in known_part(steps):
        if step.is_suspect(rows.values[0]):
            return True
        rows = step.apply(rows)
    return False


def has_ties(steps: Sequence[Step], point: Sequence[Number]) -> bool:
    """Return whether a maximum is reached twice at ``point``."""
    rows = Rows.of([point])
    for step in known_part(steps):
        if step.is_suspect(rows.values[0]) and not step.bends_at_zero:
            return True
        rows = step.apply(rows)
    return False


def gradients(steps: Sequence[Step], point: Sequence[Number]) -> Array:
    """Return the gradients (d, n) of the last step's n units at ``point``, up to one positive factor."""
    return gradients_at(steps, Rows.of([point]))


def gradients_at(steps: Sequence[Step], values: Values) -> Array:
    """Return the gradients (d, n) of the last step's n units at the one point in ``values``, as ``gradients`` does."""
    gradient: Array = np.eye(values.values.shape[1], dtype=np.int64)
    for step in steps:
        gradient = step.jvp(values, gradient)
        values = values.through(step)
    return gradient


def preactivations(steps: Sequence[Step], point: Sequence[Number]) -> Iterator[Array]:
    """Yield the pre-activations (k,) of each layer with weights, and of each sum, in float64."""
    values: Array = np.array([point], dtype=np.float64)
    for step in known_part(steps):
        values = step.forward(values)
        if step.is_sum:
            yield values[0]


def hinges(steps: Sequence[Step], point: Sequence[Number]) -> Iterator[Form]:
    """Yield what is 0 on each kink, with its gradient: pre-activations, and by how much a maximum leads.

    Both are exact at ``point``, off the kinks; those with no gradient there make no kink and are left out.
    """
    start = int(Rows.of([point]).scale[0])
    for place in _walk(steps, point):
        for value, slope in place.step.hinges(place.rows.values[0], place.gradient):
            if slope.any():
                yield place.form(value, slope, start)


def sums(steps: Sequence[Step], point: Sequence[Number], *, rectified: bool = False) -> Iterator[Form]:
    """Yield the pre-activations of hidden layers that no ReLU follows, with their gradients at ``point``.

    With ``rectified`` those that one follows are among them; they come in the same order at any point.
    """
    start = int(Rows.of([point]).scale[0])
    for place, above in zip(_walk(steps, point), steps[1:], strict=False):
        if place.step.is_sum and (rectified or not above.bends_at_zero):
            yield from _entries(place.behind(place.step), start)


def weighted_sums(steps: Sequence[Step], point: Sequence[Number], factor: Fraction) -> Iterator[Form]:
    """Yield the pre-activations, with their gradients, that there were if a layer's positive weights were larger.

    Each layer's are multiplied by ``factor``, its positive biases too; all layers below stay as they are. Units whose
    weights are of one sign are left out: they are 0 where they are without the factor.
    """
    start = int(Rows.of([point]).scale[0])
    for place in _walk(steps, point):
        larger = place.step.with_larger_weights(factor)
        if larger is not None:
            yield from _entries(place.behind(larger), start)


def _entries(place: _Place, start: int) -> Iterator[Form]:
    for value, slope in zip(place.rows.values[0].tolist(), place.gradient.T.tolist(), strict=True):
        yield place.form(value, slope, start)


def margin(steps: Sequence[Step], point: Sequence[Number]) -> Fraction | None:
    """Return how far the nearest kink is from ``point``, in its largest coordinate; None if there is none in sight.

    No kink is nearer: up to the first one what all kinks are about is affine.
    """
    distances = [abs(value) / sum(map(abs, slope)) for value, slope in hinges(steps, point)]
    return min(distances, default=None)


def _walk(steps: Sequence[Step], point: Sequence[Number]) -> Iterator[_Place]:
    """Yield each step, as far as kinks are known, with what enters it and its gradient."""
    rows, gradient = Rows.of([point]), np.eye(len(point), dtype=np.int64)
    for step in known_part(steps):
        place = _Place(step, rows, gradient)
        yield place
        _, rows, gradient = place.behind(step)
