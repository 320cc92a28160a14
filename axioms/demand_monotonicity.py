"""Demand monotonicity: more of a variable that only helps is no less of its relevance."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import numpy as np

from ..networks import Case
from ..strategies.monotone import monotone_functions
from .axiom import Explain, Gap, Rejected, axiom, generic

PARTS = 8
"""Into how many parts the path is cut: the scores are looked at where they meet, and at its ends."""


@axiom(
    cites="Friedman & Moulin 1999; Sundararajan & Najmi 2020",
    draws=monotone_functions,
    says="f never falls in {name}, but its score falls from {score} at {x} to {other} at {higher}",
    code="""
before, after = scores(model, torch.cat([x, higher]))[:, variable]
print("gap:", (before - after).item())
""",
    verb="is demand-monotone",
    group="further",
)
def demand_monotonicity(explain: Explain, case: Case) -> Iterator[Gap]:
    """Where f never falls in a variable, neither does that one's relevance; all else, and the baseline, unchanged."""
    variable = case.rising
    if variable is None or case.path is None or not case.network.rises(variable, case.target):
        raise Rejected("f is not known to rise in any variable")
    path = case.path
    points = [tuple(map(float, path.point(Fraction(part, PARTS)))) for part in range(PARTS + 1)]
    case = generic(replace(case, path=None, inputs=tuple(points)), explain)
    if len(case.inputs) < 2:
        raise Rejected("all points of the path but one lie on kinks")
    scores = explain(case.network, np.array(case.inputs))
    own = scores[:, variable]
    drops = np.maximum.accumulate(own) - own
    lowest = int(drops.argmax())
    highest = int(own[: lowest + 1].argmax())
    outputs = {case.network.value(x)[case.target] for x in case.inputs}
    low, high = case.inputs[highest], case.inputs[lowest]
    yield Gap(
        size=float(drops[lowest]),
        scale=float(np.abs(scores).max()),
        rounding=float(np.abs(scores).sum(axis=1).max()) + max(map(case.magnitude, case.inputs)),
        vacuous=len(outputs) == 1,
        observed={
            "x": list(low),
            "higher": list(high),
            "score": float(own[highest]),
            "other": float(own[lowest]),
            "variable": variable,
            "name": f"x{variable + 1}",
        },
    )
