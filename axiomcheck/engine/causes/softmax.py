"""A telltale of scores that explain a softmax of the outputs, where the output was meant."""

import numpy as np

from ...axioms import Observation
from ...axioms.conservation import MEANING, Sum
from ...networks import Case
from ...networks.layers import Vector
from ..judge import Judge, Outcome
from .positions import apart, below

PLACE = "where the softmax of the outputs is explained, not the output"
"""The place of such a failure, in words."""
CLOSE = 0.03
"""How near the sum of the scores is to what the softmax changes by, as a share of that: quadratures are not exact."""


def explains_softmax(judge: Judge, case: Case, outcome: Outcome) -> bool:
    """Return whether scores that do not sum to the output sum to what its softmax is, or changes by.

    Once may be chance: it must be so at another input too, and nowhere else.
    """
    if case.path is not None or case.rewrites or case.facts or not _matches(case, outcome.observed):
        return False
    elsewhere = [case.at((change(x),)) for x in case.inputs[:1] for change in (apart, below)]
    matching = [_matches(there, seen) for there in elsewhere if (seen := judge(there).observed) is not None]
    return bool(matching) and all(matching)


def _matches(case: Case, observed: Observation | None) -> bool:
    if not isinstance(observed, Sum) or case.network.out_features < 2 or case.network.has_softmax:
        return False
    start = _probability(case, case.baseline) if observed.meaning == MEANING["change"] else 0.0
    expected = _probability(case, observed.x) - start
    return expected != 0 and abs(observed.sum - expected) <= CLOSE * abs(expected)


def _probability(case: Case, x: Vector) -> float:
    outputs = case.network.outputs(np.array([x]))[0]
    powers = np.exp(outputs - outputs.max())
    return float(powers[case.target] / powers.sum())
