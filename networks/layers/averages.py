"""Averages of groups of units, in whole numbers."""

from collections.abc import Sequence
from math import lcm

import numpy as np

from ..steps import Affine


def averages(groups: Sequence[tuple[int, ...]], reads: int, divisors: Sequence[int] | None = None) -> Affine:
    """Return the average of each group of the ``reads`` units, or its sum over another divisor."""
    divisors = list(map(len, groups)) if divisors is None else divisors
    scale = lcm(*divisors)
    weight = np.zeros((reads, len(groups)), dtype=np.int64)
    for unit, (group, divisor) in enumerate(zip(groups, divisors, strict=True)):
        weight[list(group), unit] = scale // divisor
    return Affine(weight, np.zeros(len(groups), dtype=np.int64), scale)
