"""What bytes mean: tables of 256 values, simplest first."""

from collections.abc import Callable
from fractions import Fraction

from ..networks.dyadics import rank
from ..networks.family import Family


def _table(shares: dict[float, int]) -> tuple[float, ...]:
    """Return 256 values, simplest first, each as often as its share says."""
    return tuple(float(value) for value in sorted(shares, key=rank) for _ in range(shares[value]))


WEIGHT_VALUES = _table({0: 44, 1: 64, -1: 48, 2: 28, -2: 22, 3: 10, -3: 8, 0.5: 18, -0.5: 14})
RECTIFIED_WEIGHT_VALUES = _table({0: 32, 1: 92, -1: 36, 2: 44, -2: 14, 3: 14, -3: 4, 0.5: 16, -0.5: 4})
"""For families with a ReLU behind every layer: more than two of three positive, or most networks would be dead."""
_LARGE_AND_SMALL = {4: 5, -4: 4, 8: 2, -8: 2, 16: 1, -16: 1, 0.25: 4, -0.25: 3, 0.0625: 2, -0.0625: 2}
WIDE_WEIGHT_VALUES = _table({0: 36, 1: 60, -1: 46, 2: 26, -2: 20, 3: 8, -3: 6, 0.5: 16, -0.5: 12} | _LARGE_AND_SMALL)
"""For layers other than those of perceptrons: a few weights are large or small."""
TAIL_WEIGHT_VALUES = _table({0: 76, 1: 72, -1: 52, 0.5: 32, -0.5: 24})
"""For many layers, or many units of one: the outputs stay as small as those of others."""
BIAS_VALUES = _table({0: 112, 1: 32, -1: 32, 2: 16, -2: 16, 3: 8, -3: 8, 0.5: 16, -0.5: 16})
COORDINATES = _table(
    {0: 8, 1: 12, -1: 8, 2: 10, -2: 6, 3: 6, -3: 4, 0.5: 6, -0.5: 4}
    | {sign * odd / 16: 2 for sign in (1, -1) for odd in range(1, 96, 2)}
)
_FAR_AND_NEAR = {sign * value: 2 for sign in (1, -1) for value in (12, 25, 50, 100, 1 / 256, 3 / 128)}
WIDE_COORDINATES = _table(
    {0: 8, 1: 12, -1: 8, 2: 10, -2: 6, 3: 6, -3: 4, 0.5: 6, -0.5: 4}
    | {sign * odd / 16: 2 for sign in (1, -1) for odd in range(1, 84, 2)}
    | _FAR_AND_NEAR
)
"""For more variables than perceptrons have: a few are far from 0, or near it."""


def share(table: tuple[float, ...], kind: Callable[[float], bool]) -> Fraction:
    """Return how often a random byte stands for a value of some kind."""
    return Fraction(sum(map(kind, table)), len(table))


def weight_values(family: Family) -> tuple[float, ...]:
    """Return the table of weights for ``family``."""
    return RECTIFIED_WEIGHT_VALUES if family.output == "relu" else WEIGHT_VALUES


def wide_weight_values(family: Family) -> tuple[float, ...]:
    """Return the table of the weights of layers in slots for ``family``."""
    return RECTIFIED_WEIGHT_VALUES if family.output == "relu" else WIDE_WEIGHT_VALUES


def bias_value(byte: int, family: Family) -> float:
    """Return the bias that ``byte`` stands for in ``family``."""
    if family.bias == "none":
        return 0.0
    return -abs(BIAS_VALUES[byte]) + 0.0 if family.bias == "nonpositive" else BIAS_VALUES[byte]
