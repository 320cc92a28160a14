"""Continuity: the scores follow the input without a jump.

The network's kinks on the path are known exactly, so one batched call on both sides of each decides there. Elsewhere
(where a denominator of the explainer's own crosses zero) the interval that stands out is refined: a search, no proof.
"""

from collections.abc import Iterator

from ..networks import Case
from ..strategies.cases import one_path
from .axiom import Explain, Gap, axiom
from .walk import Walk


@axiom(
    cites="Montavon et al. 2018; Samek, Montavon & Müller, tutorial, slides 20-22",
    draws=one_path,
    says="at x = {x} on the path the scores {verb} from {relevance} to {other}",
    code="""
before, after = scores(model, sides)
print("gap:", (after - before).abs().max().item())
""",
    verb="is continuous",
    group="tutorial",
)
def continuity(explain: Explain, case: Case) -> Iterator[Gap]:
    """Along every path the one-sided limits of the relevance agree; f never jumps, so a jump is the explainer's."""
    walk = Walk(explain, case)
    gaps: list[Gap] = []
    for t in walk.loudest_kinks():
        gaps.append(walk.judged(t))
        if gaps[-1].size > 0:
            break
    for t in walk.suspects():
        if any(gap.size > 0 or gap.undecided for gap in gaps):
            break
        gaps.append(walk.judged(t))
    yield min(gaps, key=lambda gap: (-gap.size, not gap.undecided), default=walk.nothing)
