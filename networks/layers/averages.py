"""Averages of groups of units, in whole numbers."""

from math import lcm

import numpy as np

from ..steps import Affine


def averages(groups: list[tuple[int, ...]], reads: int) -> Affine:
    """Return the average of each group of the ``reads`` units."""
    scale = lcm(*map(len, groups))
    weight = np.zeros((reads, len(groups)), dtype=np.int64)
    for unit, group in enumerate(groups):
        weight[list(group), unit] = scale // len(group)
    return Affine(weight, np.zeros(len(groups), dtype=np.int64), scale)
