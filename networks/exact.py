"""Evaluation: exact up to the first step that is not, from there on in floats with a bound on their error.

Weights are rational and ReLU commutes with positive scaling, so a whole network is computed in integers, of 64 bits
where they are enough; the denominator is carried beside them. It equals evaluation in ``fractions.Fraction``, which
would look for a greatest common divisor at every step.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from .steps import Number, Rows, Step, Values


def passes(steps: Sequence[Step], points: Sequence[Sequence[Number]]) -> Iterator[tuple[int, Values]]:
    """Yield, step by step, its index and the values that enter it; at last the index past the end and the output."""
    values: Values = Rows.of(points)
    for index, step in enumerate(steps):
        yield index, values
        values = values.through(step)
    yield len(steps), values


def outputs(steps: Sequence[Step], points: Sequence[Sequence[Number]]) -> Values:
    """Return what ``steps`` make of ``points`` (m, n): exact rows, or a ball if a step is not exact."""
    values: Values = Rows.of(points)
    for step in steps:
        values = values.through(step)
    return values


def evaluate(steps: Sequence[Step], points: Sequence[Sequence[Number]]) -> list[tuple[Fraction, ...]]:
    """Return the outputs (m, K) of ``steps`` at ``points`` (m, n), the centres of balls if a step is not exact."""
    return outputs(steps, points).fractions()
