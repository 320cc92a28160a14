"""Search: Hypothesis draws cases until one fails, and aims at larger gaps on the way."""

from contextlib import suppress
from dataclasses import dataclass
from random import Random

from hypothesis import (
    HealthCheck,
    Phase,
    Verbosity,
    currently_in_test_context,
    given,
    seed,
    settings,
    target,
)
from hypothesis import strategies as st
from hypothesis.errors import FlakyFailure

from .judging import Judge, Outcome
from .networks import AxiomcheckError, Case, Family
from .strategies.codec import SIZE
from .strategies.provider import without_constants


@dataclass
class Search:
    """What a search did: cases drawn, those that could show something, those turned away, and the first failure."""

    drawn: int = 0
    effective: int = 0
    rejected: int = 0
    worst_gap: float = 0.0
    found: Case | None = None

    def count(self, outcome: Outcome) -> None:
        """Add one case."""
        self.drawn += 1
        self.effective += outcome.effective
        self.rejected += outcome.kind in ("rejected", "vacuous")
        self.worst_gap = max(self.worst_gap, outcome.gap if outcome.effective else 0.0)


class _Found(Exception):
    """Ends the search."""


def search(judge: Judge, family: Family, examples: int, random: Random) -> Search:
    """Draw up to ``examples`` cases of ``family`` and return with the first that fails, or with none."""
    if currently_in_test_context():
        raise AxiomcheckError(
            "axiomcheck searches with Hypothesis itself, so it cannot run inside a test with @given; "
            "call it from a plain test"
        )
    result = Search()

    @settings(
        max_examples=examples,
        backend="hypothesis",
        database=None,
        deadline=None,
        derandomize=False,
        phases=[Phase.generate, Phase.target],
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
    )
    @seed(random.getrandbits(64))
    @given(st.binary(min_size=SIZE, max_size=SIZE))
    def one_case(block: bytes) -> None:
        if result.found is not None:
            raise _Found
        case = judge.axiom.draws(block, family)
        outcome = judge(case)
        result.count(outcome)
        if outcome.fails:
            result.found = case
            raise _Found
        target(min(outcome.gap, 1e300))

    with without_constants(), suppress(_Found, FlakyFailure):
        one_case()
    return result
