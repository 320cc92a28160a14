"""``python -m benchmarks.large``: what a million networks a cell cost on a hundred workers, from what a few cost here.

Measured, in processor time of one core: the screen of one stretch, for each network that could show something, and the
search, for each that it draws, of some explainers on the axioms of the tutorial in the presets; and the bytes of what a
machine tells of its share. All else is multiplication. Cases are drawn anew in each worker; what is worked out about
them is shared by no two of them.
"""

import json
from dataclasses import dataclass
from itertools import chain
from statistics import mean, median
from time import process_time

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.campaign import DEFAULT_FAMILIES, Campaign
from axiomcheck.engine.evidence import SEARCHED
from axiomcheck.engine.question import Budget, Question
from axiomcheck.engine.runtime.threads import one_thread
from axiomcheck.engine.search import Search, search
from axiomcheck.engine.stretches import STRETCH, as_data, screen_stretches
from axiomcheck.results.plain_data import plain

NETWORKS, WORKERS = 10**6, 100
EXPLAINERS = ["uniform", "grad-x-input", "lrp-epsilon", "integrated-gradients"]
PROCESS = 0.06
"""Seconds that a process of its own may cost a cell: what `make bench` measures is less."""


@dataclass(frozen=True)
class Cost:
    """Seconds of the processor for a network that is screened, and for one that is searched; bytes of a network."""

    screened: float
    searched: float
    size: float

    @property
    def core_hours(self) -> float:
        """What a cell of so many networks takes of one core: its screen, its one search, a process for each worker."""
        return (NETWORKS * self.screened + SEARCHED * self.searched + WORKERS * PROCESS) / 3600

    @property
    def minutes(self) -> float:
        """What it takes where each worker is a core: the worker that begins the cell searches too."""
        return (NETWORKS / WORKERS * self.screened + SEARCHED * self.searched + PROCESS) / 60


def measured(question: Question) -> Cost | None:
    """Return the cost of a question, None if it is not asked or too little can be seen."""
    if question.population.lacks(question.axiom):
        return None
    with one_thread():
        start = process_time()
        (screened,) = screen_stretches(question, question.judge, [1]).values()
        middle = process_time()
        searched = search(question.judge, question.population, STRETCH, question.random("search"), result=Search())
        end = process_time()
    if screened.effective < STRETCH:
        return None
    size = len(json.dumps(plain(as_data(1, screened))))
    return Cost((middle - start) / screened.effective, (end - middle) / searched.drawn, size / screened.effective)


def main() -> None:
    """Measure, and print a line for each axiom, with the median and the largest of explainers and families."""
    tutorial = [name for name, axiom in AXIOMS.items() if axiom.group == "tutorial"]
    campaign = Campaign.of(EXPLAINERS, tutorial, DEFAULT_FAMILIES, Budget(STRETCH))
    costs: dict[str, list[Cost]] = {name: [] for name in tutorial}
    for question in campaign.questions:
        if (cost := measured(question)) is not None:
            costs[question.axiom.name].append(cost)
    print(f"{NETWORKS:,} networks a cell on {WORKERS} workers: median (largest) of explainers and families")
    for name, group in [*costs.items(), ("all", [*chain(*costs.values())])]:
        told = {
            "ms a network": [1e3 * cost.screened for cost in group],
            "core hours": [cost.core_hours for cost in group],
            "minutes": [cost.minutes for cost in group],
            "MB told": [NETWORKS * cost.size / 1e6 for cost in group],
        }
        print(
            f"{name:26}",
            f"{mean(told['core hours']):.3g} core hours on average; ",
            "  ".join(f"{median(v):.3g} ({max(v):.3g}) {unit}" for unit, v in told.items()),
        )


if __name__ == "__main__":
    main()
