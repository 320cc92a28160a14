"""Points aimed at: zero pre-activations and kinks; paths through a kink, and of a pattern that moves."""

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise

import numpy as np

from ..networks import Network, Path, Shape, Vector
from ..networks.gradients import sums as sums_of
from ..networks.rewrites.rewrite import is_power_of_two, put

Form = tuple[Fraction, tuple[Fraction, ...]]
"""A unit's value at a point, and its gradient there."""
FINEST = 2**12
"""The largest denominator of a coordinate that is aimed at."""
REACH, KINK_REACH = 8, 6
"""The largest magnitude of an input's coordinate, and of one on a kink: a path through that has room on both sides.

Explainers may need a box that holds all inputs.
"""
FACTORS = (Fraction(5, 4), Fraction(2), Fraction(3, 2))
"""How many times positive weights count where denominators are aimed at."""


def at_zero_preactivation(network: Network, x: Vector, choice: int) -> Vector:
    """Return ``x`` with one coordinate moved so that a unit of a linear hidden layer is 0; ``x`` if none can be.

    It is no kink, since no ReLU follows, but LRP divides by it. Two of three choices are sums of two terms or more.
    """
    forms = list(network.sums(x))
    mixed = [(value, slope) for value, slope in forms if sum(along != 0 for along in slope) > 1]
    sums = mixed if mixed and choice % 3 else forms
    start = choice % len(sums) if sums else 0
    return _at_zero([*sums[start:], *sums[:start]], x)


def at_equal_preactivation(
    network: Network, x: Vector, baseline: Vector, choice: int, *, nonnegative: bool = False
) -> Vector:
    """Return ``x`` with one coordinate moved so that a hidden unit has the pre-activation that it has at ``baseline``.

    Multipliers that are changes of a unit's output by changes of its input divide by that. It is exact for units of the
    first layer, and for others as long as the move crosses no kink; ``x`` if none can be.
    """
    pairs = zip(*(sums_of(network.steps, point, rectified=True) for point in (x, baseline)), strict=True)
    forms = [(value - there, slope) for (value, slope), (there, _) in pairs if value != there]
    start = choice % len(forms) if forms else 0
    return _at_zero([*forms[start:], *forms[:start]], x, nonnegative=nonnegative)


def tied(x: Vector, choice: int) -> Vector:
    """Return ``x`` with equal variables: all of them for even choices, for odd ones each second as that before it.

    >>> tied((3.0, 1.0, 2.0), 0), tied((3.0, 1.0, 2.0), 1)
    ((3.0, 3.0, 3.0), (3.0, 3.0, 2.0))
    """
    return tuple(x[place - place % 2] if choice % 2 else x[0] for place in range(len(x)))


def partly_at(x: Vector, baseline: Vector, choice: int) -> Vector:
    """Return ``baseline`` with one variable as in ``x``, or with all but one; with a single variable as it is.

    >>> partly_at((3.0, 1.0, 2.0), (0.0, 0.0, 0.0), 1), partly_at((3.0, 1.0, 2.0), (0.0, 0.0, 0.0), 3)
    ((0.0, 1.0, 0.0), (0.0, 1.0, 2.0))
    """
    one, all_but_one = choice % len(x), choice // len(x) % 2
    pairs = enumerate(zip(x, baseline, strict=True))
    mixed = tuple(value if (place == one) != all_but_one else start for place, (value, start) in pairs)
    return mixed if len(x) > 1 else baseline


def at_zero_denominator(network: Network, x: Vector, choice: int, *, nonnegative: bool = False) -> Vector:
    """Return ``x`` with one coordinate moved so that a unit is 0 if positive weights count more; ``x`` if none can be.

    Rules that favour positive weights divide by it. The unit itself is not 0 there, whatever stands behind it. Even
    choices are the first unit for which that can be done, odd ones the last.
    """
    forms = network.weighted_sums(x, FACTORS[choice // 2 % len(FACTORS)])
    return _at_zero(reversed(list(forms)) if choice % 2 else forms, x, nonnegative=nonnegative)


def _at_zero(forms: Iterable[Form], x: Vector, *, nonnegative: bool = False) -> Vector:
    """Return ``x`` with one coordinate moved to the first zero that floats can hold; ``x`` if there is none."""
    for value, slope in forms:
        for coordinate, along in enumerate(slope):
            moved = Fraction(x[coordinate]) - value / along if along else None
            if moved is not None and _is_met(moved, REACH, nonnegative=nonnegative):
                return put(x, coordinate, float(moved))
    return x


def on_kink(network: Network, x: Vector, choice: int, *, nonnegative: bool = False) -> Vector | None:
    """Return ``x`` with one coordinate moved onto a kink of some unit; None if none is met this way."""
    hinges = list(network.hinges(x))
    for offset in range(len(hinges)):
        value, slope = hinges[(choice + offset) % len(hinges)]
        for coordinate, along in enumerate(slope):
            moved = Fraction(x[coordinate]) - value / along if along else None
            if moved is None or not _is_met(moved, KINK_REACH, nonnegative=nonnegative):
                continue
            if network.on_kink(there := put(x, coordinate, float(moved))):
                return there
    return None


def _is_met(value: Fraction, reach: int, *, nonnegative: bool) -> bool:
    """Return whether floats of every format hold ``value``, and it is no further than ``reach``."""
    dyadic = value.denominator <= FINEST and is_power_of_two(float(value.denominator))
    return dyadic and (0 if nonnegative else -reach) <= value <= reach


def within_reach(x: Vector, reach: float = REACH) -> bool:
    """Return whether no coordinate of ``x`` is larger than ``reach``."""
    return all(abs(coordinate) <= reach for coordinate in x)


def through(point: Vector, towards: Vector) -> Path:
    """Return the straight path that has ``point`` in its middle and leaves it in the direction of ``towards``.

    It is as long as from ``point`` to ``towards``, or a half of that, a quarter, … until its ends are within reach, or
    little further out than ``point`` is.
    """
    reach = max(REACH, 1 + max(map(abs, point)))
    steps = [(b - a) / 2 for a, b in zip(point, towards, strict=True)]
    steps = steps if any(steps) else [1.0] * len(steps)
    while True:
        ends = tuple(tuple(a + sign * s for a, s in zip(point, steps, strict=True)) for sign in (-1, 1))
        if all(within_reach(end, reach) for end in ends):
            return Path(ends)
        steps = [s / 2 for s in steps]


def moving(pattern: Vector, shape: Shape) -> Path | None:
    """Return the path on which the first half of ``pattern``'s columns moves over an empty image; None if it is empty.

    It is the input of the tutorial's animation: between two places of the pattern one fades into the next.
    """
    columns = shape[-1]
    grid = np.array(pattern).reshape(-1, columns)[:, : max(columns // 2, 1)]
    frames = []
    for place in range(columns - grid.shape[1] + 1):
        image = np.zeros((len(pattern) // columns, columns))
        image[:, place : place + grid.shape[1]] = grid
        frames.append(tuple((image.ravel() + 0.0).tolist()))
    moves = all(one != other for one, other in pairwise(frames))
    return Path(tuple(frames)) if moves and len(frames) > 1 else None
