"""``python -m benchmarks.levels``: which level of conformance some methods reach: docs/how-to/conformance.md.

Cells are kept in ``build/levels`` as they are judged: the same command goes on where it was interrupted.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from axiomcheck.engine.campaign import Campaign
from axiomcheck.engine.question import Budget
from axiomcheck.reports.levels import as_levels
from axiomcheck.results.certificate import Certificate
from axiomcheck.results.conformance import CLAUSES, EFFECTIVE

from .resuming import resumed

CELLS = Path(__file__).parents[1] / "build" / "levels"
EXPLAINERS = (
    *("gradient", "grad-x-input", "integrated-gradients", "shapley", "lrp-epsilon", "guided-backprop"),
    *("captum:InputXGradient", "captum:IntegratedGradients", "captum:GuidedBackprop"),
    "benchmarks/declaring.py:integrated_gradients",
)
TIMEOUT = 180.0
"""Seconds of the processor for a cell."""


def campaigns() -> Iterator[Campaign]:
    """Yield what the clauses ask, those in the same families together."""
    for families in dict.fromkeys(clause.families for clause in CLAUSES):
        axioms = [clause.axiom for clause in CLAUSES if clause.families == families]
        budget = Budget(EFFECTIVE, timeout=TIMEOUT, timed="processor")
        yield Campaign.of(EXPLAINERS, axioms, families, budget)


def main() -> None:
    """Print the levels as Markdown."""
    judged: list[Certificate] = [resumed(campaign, CELLS) for campaign in campaigns()]
    cells = tuple(cell for one in judged for cell in one.cells)
    print(as_levels(replace(judged[0], cells=cells)))


if __name__ == "__main__":
    main()
