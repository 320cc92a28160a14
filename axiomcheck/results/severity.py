"""Severity: how badly an axiom is violated, and how often."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Annotated, Literal

from .rule import Rule, Share

SeverityName = Literal["numerical", "approximate", "gross"]
LIMITS: dict[SeverityName, float] = {"numerical": 1e-3, "approximate": 0.05}
"""The largest gap, as a share of its scale, that still has the name; what is above is gross."""
GRAVITY: tuple[SeverityName, ...] = ("gross", "approximate", "numerical")
"""The names, the gravest first."""


def severity_of(relative_gap: float) -> SeverityName:
    """Return the name of a gap that is a share of its scale.

    >>> severity_of(1e-5), severity_of(0.03), severity_of(2.0)
    ('numerical', 'approximate', 'gross')
    """
    return next((name for name, limit in LIMITS.items() if relative_gap <= limit), "gross")


@dataclass(frozen=True)
class Severity:
    """How badly and how often a cell is violated.

    ``share`` of the effective screened cases violate it, with the two-sided 95 % Clopper-Pearson ``interval``, None if
    there were none. ``median`` and ``worst`` are gaps of violations as shares of their scale, those of the search
    counted where the screen has none. ``name`` is that of the median: where f is close to 0 any error is a large share
    of it, so the worst of a method that is right up to a percent is gross too.
    """

    name: SeverityName
    share: Share | None
    interval: tuple[Share, Share] | None
    median: Annotated[float, Rule(minimum=0)]
    worst: Annotated[float, Rule(minimum=0)]

    @classmethod
    def of(cls, screened: Sequence[float], effective: int, searched: float = 0.0) -> "Severity":
        """Return the severity of the relative gaps that a screen saw in ``effective`` cases, and of the search's worst.

        >>> Severity.of([0.5, 0.01], 4).sentence
        'gross: 50 % of cases (95 % interval 6.8 % to 93 %), by 26 % of the scale in the median, 50 % at worst'
        """
        gaps = [*screened] or [searched]
        worst = max(*gaps, searched)
        share = len(screened) / effective if effective else None
        bounds = interval(len(screened), effective) if effective else None
        return cls(severity_of(median(gaps)), share, bounds, median(gaps), worst)

    @property
    def has_tail(self) -> bool:
        """Whether some violations are gross although most are not."""
        return self.name != "gross" and severity_of(self.worst) == "gross"

    @property
    def sentence(self) -> str:
        """How badly and how often, in words."""
        often = ""
        if self.share is not None and self.interval is not None:
            low, high = map(percent, self.interval)
            often = f" {percent(self.share)} of cases (95 % interval {low} to {high}),"
            if not self.share:
                often = f" found by the search alone (95 % interval {low} to {high} of cases),"
        return (
            f"{self.name}:{often} by {percent(self.median)} of the scale in the median, {percent(self.worst)} at worst"
        )


def interval(violations: int, effective: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the two-sided Clopper-Pearson interval of a rate.

    >>> [round(bound, 4) for bound in interval(0, 10)]
    [0.0, 0.3085]
    """
    from scipy.stats import beta

    tail, rest = (1 - confidence) / 2, effective - violations
    low = float(beta.ppf(tail, violations, rest + 1)) if violations else 0.0
    high = float(beta.ppf(1 - tail, violations + 1, rest)) if rest else 1.0
    return low, high


def percent(share: float) -> str:
    """Return a share in percent, to two digits.

    >>> percent(0.5), percent(0.0012), percent(1e-9), percent(0)
    ('50 %', '0.12 %', '1e-07 %', '0 %')
    """
    return f"{100 * share:.0f} %" if share >= 0.095 and share < 1e3 else f"{100 * share:.2g} %"
