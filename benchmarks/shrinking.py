"""From the first failure to a shrunk one: our shrinking, against Hypothesis' own on the same blocks of bytes."""

from collections.abc import Iterator
from random import Random
from statistics import median
from time import perf_counter

from hypothesis import HealthCheck, Phase, find, settings
from hypothesis import strategies as st

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.judge import Judge
from axiomcheck.engine.search import search
from axiomcheck.engine.shrink import shrink
from axiomcheck.explainers import locate
from axiomcheck.networks import Case, Family
from axiomcheck.strategies.codec import SIZE
from axiomcheck.strategies.provider import without_constants

from .timing import Row

SEEDS = range(6)
EXAMPLES = 500
CELLS = (
    ("uniform", "selectivity", "biased"),
    ("gradient", "conservation", "biased"),
    ("grad-x-input", "conservation", "biased"),
    ("grad-x-input", "continuity", "bias-free"),
    ("lrp-z-plus", "implementation_invariance", "biased"),
)


def rows() -> Iterator[Row]:
    for explainer, axiom, family in CELLS:
        located = locate(explainer)
        assert located.explain is not None
        judge = Judge(located.explain, AXIOMS[axiom])
        chosen = Family.parse(family)
        ours = [_ours(judge, chosen, seed) for seed in SEEDS]
        plain = [_plain(judge, chosen, seed) for seed in SEEDS]
        yield Row(
            f"shrink {explainer} × {axiom.replace('_', ' ')} ({family}) / Hypothesis",
            [seconds for seconds, _ in ours],
            [seconds for seconds, _ in plain],
            f"{_size([case for _, case in ours])} / {_size([case for _, case in plain])}",
        )


def _ours(judge: Judge, family: Family, seed: int) -> tuple[float, Case]:
    found = search(judge, family, EXAMPLES, Random(seed)).violation
    assert found is not None
    start = perf_counter()
    smallest = shrink(found, family, judge)
    return perf_counter() - start, smallest


def _plain(judge: Judge, family: Family, seed: int) -> tuple[float, Case]:
    first: list[float] = []

    def fails(block: bytes) -> bool:
        failed = judge(judge.axiom.draws(block, family)).kind == "violated"
        if failed and not first:
            first.append(perf_counter())
        return failed

    with without_constants():
        block = find(
            st.binary(min_size=SIZE, max_size=SIZE),
            fails,
            random=Random(seed),
            settings=settings(
                max_examples=EXAMPLES,
                phases=[Phase.generate, Phase.shrink],
                database=None,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
    return perf_counter() - first[0], judge.axiom.draws(block, family)


def _size(cases: list[Case]) -> str:
    """Say how large the networks of a case are, twins as two: the median over the seeds, and the largest."""
    sizes = [[network.size for network in case.networks] for case in cases]
    relus = [sum(size[0] for size in networks) for networks in sizes]
    parameters = [sum(size[4] for size in networks) for networks in sizes]
    return f"ReLUs {median(relus):g} ({max(relus)}), numbers not 0: {median(parameters):g} ({max(parameters)})"
