"""Search: Hypothesis draws cases until one fails, and aims at larger gaps on the way."""

from dataclasses import dataclass
from random import Random

from hypothesis import HealthCheck, Phase, given, seed, settings, target
from hypothesis import strategies as st
from hypothesis.errors import FlakyFailure, InvalidArgument, StopTest, Unsatisfiable

from .judging import Judge, Outcome
from .networks import AxiomcheckError, Case, Family
from .strategies.codec import SIZE


@dataclass
class Search:
    """What a search did: cases drawn, those that could show something, those turned away, and the first failure."""

    drawn: int = 0
    effective: int = 0
    rejected: int = 0
    found: Case | None = None


class _Found(Exception):
    """Ends the search."""


def search(judge: Judge, family: Family, examples: int, random: Random) -> Search:
    """Draw up to ``examples`` cases of ``family`` and return with the first that fails, or with none."""
    result = Search()

    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.target],
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
        derandomize=False,
        print_blob=False,
    )
    @seed(random.getrandbits(64))
    @given(st.binary(min_size=SIZE, max_size=SIZE))
    def one_case(block: bytes) -> None:
        case = judge.axiom.draws(block, family)
        outcome = judge(case)
        _count(result, outcome)
        if outcome.fails:
            result.found = case
            raise _Found
        target(min(outcome.gap, 1e300), label="gap")

    try:
        one_case()
    except (_Found, FlakyFailure):
        pass
    except Unsatisfiable:
        pass
    return result


def _count(result: Search, outcome: Outcome) -> None:
    result.drawn += 1
    result.effective += outcome.effective
    result.rejected += outcome.kind in ("rejected", "vacuous")


_ = (InvalidArgument, StopTest, AxiomcheckError)
