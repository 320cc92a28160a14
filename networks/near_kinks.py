"""Kinks behind what is not piecewise linear: nobody knows where they are, but where floats cannot exclude one."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import numpy as np

from .kinks import Kink
from .path import Path
from .steps import Array, Number, PiecewiseLinear, Rows, Step, Values, known_part

MARGIN = 4.0
"""How many times the bound on the error a number must be away from 0: other arithmetics err by as much as ours does."""
PARTS = 17
"""Into how many parts a stretch is cut, to see whether all of it lies on a kink: a prime, so that none of the simple
places where a path crosses kinks is one of its points."""


def has_unknown_kinks(steps: Sequence[Step]) -> bool:
    """Return whether there may be kinks behind the first step that is not piecewise linear."""
    return any(step.kink_count() for step in steps[len(known_part(steps)) :])


def may_bend(steps: Sequence[Step], point: Sequence[Number]) -> bool:
    """Return whether floats cannot exclude that ``point`` lies on a kink behind the first step that is not linear.

    As elsewhere it is one if the gradient of what is 0 there is not 0 itself.
    """
    if not has_unknown_kinks(steps):
        return False
    unknown = len(known_part(steps))
    values: Values = Rows.of([point])
    gradient: Array = np.eye(len(point), dtype=np.int64)
    for number, step in enumerate(steps):
        if number >= unknown and isinstance(step, PiecewiseLinear) and _is_suspect(step, values, gradient):
            return True
        gradient = step.jvp(values, gradient)
        values = values.through(step)
    return False


def runs_along(steps: Sequence[Step], path: Path, known: Sequence[Kink]) -> bool:
    """Return whether a stretch of ``path`` lies on one of its ``known`` kinks, or between them may lie on another one.

    Between kinks all is analytic: what is 0 on a part of a stretch is 0 on all of it.
    """
    if any(kink.until > kink.at for kink in known):
        return True
    if not has_unknown_kinks(steps):
        return False
    ends = sorted({Fraction(0), Fraction(path.segments), *(kink.at for kink in known)})
    ts = [start + (end - start) * Fraction(part, PARTS) for start, end in pairwise(ends) for part in range(1, PARTS)]
    return any(may_bend(steps, path.point(t)) for t in ts)


def _is_suspect(step: PiecewiseLinear, values: Values, gradient: Array) -> bool:
    forms = step.forms.astype(np.float64)
    near = np.abs(values.floats()[0] @ forms) <= MARGIN * (values.errors()[0] @ np.abs(forms))
    return bool((gradient @ forms[:, near]).any())
