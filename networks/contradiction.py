"""Contradiction: what a case from a file says of its variables, tried at a few points."""

import numpy as np

from .case import Case
from .facts import Symmetric
from .layers import Array
from .network import Network

OTHERS, LARGEST = 8, 4.0
"""How many points are tried beside those of the case, and their largest coordinate."""


def is_contradicted(case: Case) -> bool:
    """Return whether f depends on an irrelevant variable or is not symmetric, as far as a few points show it."""
    alike = list(case.variables(Symmetric))
    if not case.names_its_own or len(set(alike)) != len(alike):
        return True
    own = np.array([*case.points, case.baseline], dtype=float)
    random = np.random.default_rng(0)
    points = np.vstack([own, random.uniform(-LARGEST, LARGEST, (OTHERS, case.network.in_features))])
    if alike and np.ptp(own[:, alike], axis=1).any():
        return True
    return any(_differs(case.network, case.target, points, fact.same(points, random)) for fact in case.facts)


def _differs(network: Network, target: int, points: Array, others: Array) -> bool:
    """Return whether an output is not the same at points and at others, by more than rounding."""
    gaps = np.abs(network.outputs(points)[:, target] - network.outputs(others)[:, target])
    pairs = zip(map(tuple, points), map(tuple, others), strict=True)
    return any(gap > 1e-9 * max(map(network.magnitude, pair)) for gap, pair in zip(gaps, pairs, strict=True))
