"""Contradiction: what a case from a file says of its variables, tried at a few points."""

import numpy as np

from .case import Case
from .layers import Array
from .network import Network

OTHERS, LARGEST = 8, 4.0
"""How many points are tried beside those of the case, and their largest coordinate."""


def is_contradicted(case: Case) -> bool:
    """Return whether f depends on an irrelevant variable or is not symmetric, as far as a few points show it."""
    if not case.names_its_own or len(set(case.symmetric)) != len(case.symmetric):
        return True
    own = np.array([*case.points, case.baseline], dtype=float)
    drawn, alike, ignored = np.random.default_rng(0), list(case.symmetric), list(case.irrelevant)
    points = np.vstack([own, drawn.uniform(-LARGEST, LARGEST, (OTHERS, case.network.in_features))])
    moved, swapped = points.copy(), points.copy()
    moved[:, ignored] = drawn.uniform(-LARGEST, LARGEST, (len(points), len(ignored)))
    swapped[:, alike] = points[:, alike[::-1]]
    unlike = bool(alike) and bool(np.ptp(own[:, alike], axis=1).any())
    return unlike or any(_differs(case.network, case.target, points, others) for others in (moved, swapped))


def _differs(network: Network, target: int, points: Array, others: Array) -> bool:
    """Return whether an output is not the same at points and at others, by more than rounding."""
    gaps = np.abs(network.outputs(points)[:, target] - network.outputs(others)[:, target])
    pairs = zip(map(tuple, points), map(tuple, others), strict=True)
    return any(gap > 1e-9 * max(map(network.magnitude, pair)) for gap, pair in zip(gaps, pairs, strict=True))
