"""Conservation: the scores account for the whole output."""

from collections.abc import Iterator
from fractions import Fraction
from math import fsum

import numpy as np

from ..explainers import Unsupported
from ..networks import Case
from ..strategies.cases import one_network
from .axiom import Explain, Gap, axiom

DEPTH = "Σ R / what it is to be over layers with weights"
MEANING = {"output": "f(x)", "change": "f(x) - f(baseline)", "unit": "one unit"}


@axiom(
    cites="Bach et al. 2015; Montavon et al. 2017; Sundararajan et al. 2017 (completeness); Shrikumar et al. 2017",
    draws=one_network,
    says="at x = {x} the scores sum to {sum} where {meaning} = {expected}",
    code="""
total = scores(model, x).sum()
print("gap:", (total - expected).abs().item())
""",
    verb="conserves",
    group="tutorial",
)
def conservation(explain: Explain, case: Case) -> Iterator[Gap]:
    """Relevance sums to the output, or to what it changed by from the baseline."""
    if explain.conserves is None:
        raise Unsupported("it does not claim to conserve anything")
    at_baseline = case.network.value(case.baseline)[case.target]
    relevance = explain(case.network, np.array(case.inputs))
    depth = float(sum(layer.units > 0 for layer in case.network.leaves))
    for x, scores in zip(case.inputs, relevance.tolist(), strict=True):
        output = case.network.value(x)[case.target]
        start = at_baseline if explain.conserves == "change" else Fraction(0)
        expected = Fraction(1) if explain.conserves == "unit" else output - start
        total = fsum(scores)
        unit = explain.conserves == "unit"
        is_spent = unit and case.is_dead(x)  # a unit has no shares where there is nothing that they are shares of
        yield Gap(
            size=0.0 if is_spent else abs(float(Fraction(total) - expected)),
            scale=1.0 if unit else float(abs(output) + abs(start)),
            rounding=fsum(map(abs, scores)) + case.magnitude(x),
            vacuous=is_spent or (not unit and output == start == 0),
            observed={
                "x": list(x),
                "relevance": scores,
                "sum": total,
                "meaning": MEANING[explain.conserves],
                "expected": float(expected),
            },
            curves={DEPTH: [(depth, total / float(expected))]} if expected else {},
        )
