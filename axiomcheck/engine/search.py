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
    reject,
    seed,
    settings,
    target,
)
from hypothesis import strategies as st
from hypothesis.errors import FlakyFailure, Unsatisfiable

from ..networks import AxiomcheckError, Case, Family
from ..strategies.codec import block_size
from ..strategies.provider import without_constants
from .judge import Judge, Outcome


@dataclass
class Search:
    """What a search did: cases drawn, those that could show something, those turned away, and the first violation.

    Of those turned away ``undecided`` and ``declined`` are the explainer's doing: its scores leave open what they
    show, or it refuses. ``errored`` is the first case on which the explainer failed; ``refused`` says why it would not
    do some cases. ``worst_share`` is the largest gap of a violation as a share of its scale.
    """

    drawn: int = 0
    effective: int = 0
    rejected: int = 0
    undecided: int = 0
    declined: int = 0
    worst_gap: float = 0.0
    found: Case | None = None
    errored: Case | None = None
    refused: str = ""
    worst_violation: float = 0.0
    worst_share: float = 0.0

    @property
    def failed(self) -> Case | None:
        """The first violation, or else the first error."""
        return self.found or self.errored

    def count(self, case: Case, outcome: Outcome) -> None:
        """Add one case; of violations the worst is kept."""
        self.drawn += 1
        if outcome.kind == "violated" and (self.found is None or outcome.gap > self.worst_violation):
            self.found, self.worst_violation = case, outcome.gap
        if outcome.kind == "violated":
            self.worst_share = max(self.worst_share, outcome.share)
        if outcome.kind == "error":
            self.errored = self.errored or case
        self.effective += outcome.effective
        self.rejected += outcome.is_silent
        self.undecided += outcome.is_open and outcome.kind == "rejected"
        self.declined += outcome.is_open and outcome.kind == "unsupported"
        self.worst_gap = max(self.worst_gap, outcome.gap if outcome.effective else 0.0)
        self.refused = self.refused or (outcome.reason if outcome.kind == "unsupported" else "")

    @property
    def hopeless(self) -> bool:
        """Whether the explainer refused, or failed on, all of many cases."""
        return self.effective == 0 and self.drawn >= ENOUGH and bool(self.refused or self.errored)


ENOUGH = 59
"""Effective cases without which nothing ``holds``: fewer cannot bound a rate below 5 % at 95 % confidence."""


ROUNDING = 1e-3
"""Gaps below this share of what is allowed are rounding errors: there is nothing to climb."""


PATIENCE = 3
"""How many cases are drawn for each that is wanted, before too few of them show anything."""


class _Done(Exception):
    """Ends the search."""


def search(
    judge: Judge,
    family: Family,
    examples: int,
    random: Random,
    *,
    largest: bool = False,
    patience: int = PATIENCE,
    result: Search | None = None,
) -> Search:
    """Draw ``examples`` effective cases of ``family``, or fewer up to the first violation.

    With ``largest`` no violation is the last, and the one of the largest gap is kept. Hypothesis is told of cases that
    show nothing, and steers away from them; it draws ``patience`` for each that is wanted. What is done is counted in
    ``result``, for who may be interrupted.
    """
    if currently_in_test_context():
        raise AxiomcheckError(
            "axiomcheck searches with Hypothesis itself, so it cannot run inside a test with @given; "
            "call it from a plain test"
        )
    result, size = result or Search(), block_size(family)

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
    @given(st.binary(min_size=size, max_size=size))
    def one_case(block: bytes) -> None:
        if result.found is not None and not largest:
            raise _Done
        if result.hopeless or result.drawn >= patience * examples:
            raise _Done
        case = judge.axiom.draws(block, family)
        outcome = judge(case)
        if outcome.kind == "timed out":
            raise _Done
        result.count(case, outcome)
        if result.found is not None and not largest:
            raise _Done
        if outcome.is_silent:
            reject()
        target(min(outcome.gap, 1e300) if outcome.gap > ROUNDING * outcome.allowed else 0.0)

    with without_constants(), suppress(_Done, FlakyFailure, Unsatisfiable):
        one_case()
    return result
