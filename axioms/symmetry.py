"""Symmetry: variables that f cannot tell apart are not told apart."""

from collections.abc import Iterator

import numpy as np

from ..networks import Case
from ..strategies.symmetric import symmetric_variables
from .axiom import Explain, Gap, Rejected, axiom, generic, require_domain


@axiom(
    cites="Shapley 1953; Sundararajan et al. 2017 (symmetry-preserving)",
    draws=symmetric_variables,
    says="at x = {x} the scores are {relevance}, though {variables} are equal and f is symmetric in them",
    code="""
relevance = scores(model, x)[0, symmetric]
print("gap:", (relevance[0] - relevance[1]).abs().item())
""",
    verb="respects symmetry",
    group="further",
)
def symmetry(explain: Explain, case: Case) -> Iterator[Gap]:
    """Two equal variables in which f is symmetric get the same relevance, wherever no gradient is a convention."""
    if not case.symmetric:
        raise Rejected("f is not known to be symmetric in any two variables")
    i, j = case.symmetric
    case = generic(case, explain)
    require_domain(case, explain)
    relevance = explain(case.networks[-1], np.array(case.inputs))
    for x, scores in zip(case.inputs, relevance, strict=True):
        yield Gap(
            size=float(abs(scores[i] - scores[j])),
            scale=float(np.abs(scores).max()),
            rounding=float(np.abs(scores).sum()) + case.magnitude(x),
            vacuous=case.is_dead(x),
            observed={"x": list(x), "relevance": scores.tolist(), "variables": f"x{i + 1} and x{j + 1}"},
        )
