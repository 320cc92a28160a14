"""A telltale of scores that explain a softmax of the outputs, where the output was meant."""

import numpy as np

from ...axioms import Observation
from ...axioms.conservation import MEANING, Sum
from ...networks import Case
from ...networks.layers import Vector

CLOSE = 0.03
"""How near the sum of the scores is to what the softmax changes by, as a share of that: quadratures are not exact."""


def explains_softmax(case: Case, observed: Observation | None) -> bool:
    """Return whether scores that do not sum to the output sum to what its softmax is, or changes by."""
    if not isinstance(observed, Sum) or case.network.out_features < 2 or case.network.has_softmax:
        return False
    start = _probability(case, case.baseline) if observed.meaning == MEANING["change"] else 0.0
    expected = _probability(case, observed.x) - start
    return expected != 0 and abs(observed.sum - expected) <= CLOSE * abs(expected)


def _probability(case: Case, x: Vector) -> float:
    outputs = case.network.outputs(np.array([x]))[0]
    powers = np.exp(outputs - outputs.max())
    return float(powers[case.target] / powers.sum())
