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

from ..networks import AxiomcheckError, Family
from ..results.counterexample import AnyCase
from ..strategies.provider import without_constants
from .judge import TIMED_OUT, Judge, Outcome
from .population import Population, draw_in_time, population_of
from .tally import Tally


@dataclass
class Search(Tally):
    """What a search counted; of violations the one of the largest gap is kept.

    ``refusal`` says why the explainer would not do some cases; ``set_aside`` counts those that fail in a known way.
    """

    refusal: str = ""
    set_aside: int = 0
    worst_violation: float = 0.0

    @property
    def rejected(self) -> int:
        """The cases that show nothing of the explainer."""
        return self.silent.total()

    def count(self, case: AnyCase, outcome: Outcome) -> None:
        """Add one case, and why it was refused if it is the first that was."""
        super().count(case, outcome)
        self.set_aside += outcome.is_set_aside
        if outcome.kind == "unsupported":
            self.refusal = self.refusal or outcome.reason

    def keep(self, case: AnyCase, outcome: Outcome) -> None:
        """Keep the worst violation instead of the first."""
        super().keep(case, outcome)
        if outcome.gap > self.worst_violation:
            self.violation, self.worst_violation = case, outcome.gap

    @property
    def judged(self) -> int:
        """The cases that could have shown something, those that are set aside included."""
        return self.effective + self.set_aside

    @property
    def hopeless(self) -> bool:
        """Whether the explainer refused, or failed on, all of many cases."""
        return self.judged == 0 and self.drawn >= ENOUGH and bool(self.refusal or self.errored)


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
    family: Family | Population,
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
    result, population = result or Search(), population_of(family)
    size = population.block_size

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
        if result.violation is not None and not largest:
            raise _Done
        if result.hopeless or result.drawn >= patience * examples:
            raise _Done
        case = draw_in_time(population, judge.axiom, block, judge.deadline)
        outcome = TIMED_OUT if case is None else judge(case)
        if case is None or outcome.kind == "timed out":
            raise _Done
        result.count(case, outcome)
        if result.violation is not None and not largest:
            raise _Done
        if outcome.is_silent:
            reject()
        target(min(outcome.gap, 1e300) if outcome.gap > ROUNDING * outcome.allowed else 0.0)

    with without_constants(), suppress(_Done, FlakyFailure, Unsatisfiable):
        one_case()
    return result
