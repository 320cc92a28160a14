"""Screen: independent cases from the stated distribution, which alone give a rate and a bound."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import isfinite
from random import Random
from statistics import median

from ..networks import Family
from ..results.certificate import GAPS
from ..results.counterexample import AnyCase
from .judge import TIMED_OUT, Judge, Outcome
from .population import Population, draw_in_time, ingredients_of, population_of
from .tally import Tally
from .tolerance import Kind

PATIENCE = 4
"""How many cases are drawn for each that is wanted, before too few of them show anything."""

LETTERS: dict[Kind, str] = {"violated": "v", "holds": "h"}
"""What a certificate notes of each case."""
KEPT = 50
"""How many of the cases that violate are kept."""
SEVERAL = 5
"""How many cases have a point, before their median is told."""
TWENTIETHS = 20
"""Steps in which the distribution of the gaps is told."""


@dataclass
class Screen(Tally):
    """What a screen counted, with the distribution of what was measured; of violations the first ones are kept.

    ``shares`` are the gaps of violations as shares of their scales, ``outcomes`` has a letter for each case.
    ``ingredients`` says in how many effective cases each kind of layer, option, style and rewrite was.
    """

    measured: dict[str, list[float]] = field(default_factory=dict)
    gaps: list[float] = field(default_factory=list)
    shares: list[float] = field(default_factory=list)
    failing: list[tuple[AnyCase, Outcome]] = field(default_factory=list)
    along: dict[str, dict[float, list[float]]] = field(default_factory=dict)
    outcomes: list[str] = field(default_factory=list)
    ingredients: Counter[str] = field(default_factory=Counter)

    @property
    def bounds(self) -> tuple[float, float]:
        """Bounds on the rate of violations: among the effective cases, and with all open ones as violations.

        Both are exact though the screen ends at a number of effective cases: that the k-th success needs n trials or
        fewer is the event that n trials have k successes or more.
        """
        strict = rate_upper_bound(self.violations + self.open, self.effective + self.open)
        return rate_upper_bound(self.violations, self.effective), strict

    @property
    def figures(self) -> dict[str, dict[str, float]]:
        """The median and the maximum of what was measured on the effective cases, by name."""
        return {name: {"median": median(values), "max": max(values)} for name, values in sorted(self.measured.items())}

    @property
    def curves(self) -> dict[str, list[tuple[float, float]]]:
        """The distribution of the gaps, and of each curve the medians, by name.

        Of a curve no point is told that fewer than ``SEVERAL`` cases have.
        """
        curves = {GAPS: quantiles(self.gaps)} if self.gaps else {}
        for name, places in sorted(self.along.items()):
            curves[name] = [(at, median(values)) for at, values in sorted(places.items()) if len(values) >= SEVERAL]
        return {name: points for name, points in curves.items() if points}

    def count(self, case: AnyCase, outcome: Outcome) -> None:
        """Add one case, and what was measured on it if it is effective."""
        super().count(case, outcome)
        self.outcomes.append(LETTERS.get(outcome.kind, "o"))
        if not outcome.effective:
            return
        self.ingredients.update(ingredients_of(case))
        self.gaps.append(outcome.gap)
        for name, value in outcome.figures.items():
            self.measured.setdefault(name, []).append(value)
        for name, points in outcome.curves.items():
            for at, value in filter(_is_finite, points):
                self.along.setdefault(name, {}).setdefault(at, []).append(value)

    def join(self, other: "Screen") -> None:
        """Add what another stretch counted and measured, but for its letters."""
        self.add(other)
        self.gaps += other.gaps
        self.shares += other.shares
        self.ingredients.update(other.ingredients)
        for name, values in other.measured.items():
            self.measured.setdefault(name, []).extend(values)
        for name, places in other.along.items():
            for at, values in places.items():
                self.along.setdefault(name, {}).setdefault(at, []).extend(values)

    def keep(self, case: AnyCase, outcome: Outcome) -> None:
        """Keep the share of every violation, and the first cases with what they showed."""
        super().keep(case, outcome)
        self.shares.append(outcome.share)
        self.failing += [(case, outcome)] if len(self.failing) < KEPT else []


def _is_finite(point: tuple[float, float]) -> bool:
    return isfinite(point[1])


def quantiles(values: Sequence[float]) -> list[tuple[float, float]]:
    """Return the smallest value, the largest, and those at every twentieth between, each with its share.

    >>> quantiles([3.0, 1.0, 2.0])[0], quantiles([3.0, 1.0, 2.0])[10], quantiles([3.0, 1.0, 2.0])[-1]
    ((0.0, 1.0), (0.5, 2.0), (1.0, 3.0))
    """
    ordered = sorted(values)
    shares = [place / TWENTIETHS for place in range(TWENTIETHS + 1)]
    return [(share, ordered[round(share * (len(ordered) - 1))]) for share in shares]


def screen(judge: Judge, family: Family | Population, examples: int, random: Random) -> Screen:
    """Judge independent cases of ``family`` until ``examples`` of them were effective, whatever is found.

    When effective cases are to be counted does not depend on what they show, so they remain a sample; it ends with
    fewer of them if they are too rare, or when the cell times out.
    """
    result, population = Screen(), population_of(family)
    while result.effective < examples and result.drawn < PATIENCE * examples:
        block = random.randbytes(population.block_size)
        case = draw_in_time(population, judge.axiom, block, judge.deadline)
        outcome = TIMED_OUT if case is None else judge(case)
        if case is None or outcome.kind == "timed out":
            result.timed_out = max(examples - result.drawn, 1)
            result.drawn += result.timed_out
            break
        result.count(case, outcome)
    return result


def rate_upper_bound(violations: int, effective: int, confidence: float = 0.95) -> float:
    """Return the one-sided Clopper-Pearson bound on the rate of detected violations.

    >>> f"{rate_upper_bound(0, 500):.3%}"
    '0.597%'
    """
    from scipy.stats import beta

    if violations >= effective:
        return 1.0
    return float(beta.ppf(confidence, violations + 1, effective - violations))
