"""Selectivity: what matters gets more than what does not. The uniform explanation fails here, and only here."""

from collections.abc import Iterator

import numpy as np

from ..networks import Case
from ..strategies.cases import irrelevant_variables
from .axiom import Explain, Gap, Rejected, axiom, generic

TIE = 1e-6
"""Scores that differ by no more than this share are a tie: nothing is told apart."""


@axiom(
    cites="Samek et al. 2017; Samek, Montavon & Müller, tutorial, slides 25-26",
    draws=irrelevant_variables,
    says="at x = {x} the scores are {relevance}: none is above those of {irrelevant}, on which f does not depend",
    code="""
relevance = scores(model, x)[0].abs()
inside = relevance[irrelevant].max()
outside = relevance[[i for i in range(len(relevance)) if i not in irrelevant]].max()
print("gap:", (inside / (inside + outside)).item() if inside + outside > 0 else 0.5)
""",
    verb="is selective",
    group="tutorial",
)
def selectivity(explain: Explain, case: Case) -> Iterator[Gap]:
    """Tell what matters: some variable gets more relevance than all those that f does not depend on."""
    if not 0 < len(case.irrelevant) < case.network.in_features:
        raise Rejected("no variable is irrelevant, or all are")
    case = generic(case, explain)
    network = case.networks[-1]
    reference = case.baseline if explain.has_baseline else (0.0,) * network.in_features
    without = network.exact(reference)[case.target]
    inputs = [x for x in case.inputs if network.exact(x)[case.target] != without]
    if not inputs:
        raise Rejected("nothing changes when the relevant variables are taken away")
    relevance = np.abs(explain(network, np.array(inputs)))
    for x, scores in zip(inputs, relevance, strict=True):
        noise = explain.rounding * case.magnitude(x)
        inside, outside = float(scores[list(case.irrelevant)].max()), float(np.delete(scores, case.irrelevant).max())
        share = inside / (inside + outside) if inside + outside > 0 else 0.5
        undecided = outside > 0 and abs(outside - inside) <= 2 * noise and noise > TIE * outside
        yield Gap(
            size=share if share >= 0.5 - TIE and not undecided else 0.0,
            scale=0.0,
            undecided=undecided,
            observed={
                "x": list(x),
                "relevance": scores.tolist(),
                "irrelevant": ", ".join(f"x{i + 1}" for i in case.irrelevant),
                "share": share,
            },
        )
