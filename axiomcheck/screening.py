"""Screen: independent cases from the stated distribution, which alone give a rate and a bound."""

from dataclasses import dataclass
from random import Random

from .judging import Judge
from .networks import Case, Family
from .strategies.codec import block_size


@dataclass
class Screen:
    """What a screen counted. ``failed`` keeps its first violation, or else its first error."""

    drawn: int = 0
    effective: int = 0
    violations: int = 0
    timed_out: int = 0
    worst_gap: float = 0.0
    failed: Case | None = None


def screen(judge: Judge, family: Family, examples: int, random: Random) -> Screen:
    """Judge ``examples`` independent cases of ``family``; it never stops early."""
    result = Screen()
    errors: list[Case] = []
    for _ in range(examples):
        case = judge.axiom.draws(random.randbytes(block_size(family)), family)
        outcome = judge(case)
        result.drawn += 1
        result.effective += outcome.effective
        result.violations += outcome.kind == "violated"
        result.worst_gap = max(result.worst_gap, outcome.gap if outcome.effective else 0.0)
        if outcome.kind == "violated" and result.failed is None:
            result.failed = case
        if outcome.kind == "error" and not errors:
            errors.append(case)
    result.failed = result.failed or (errors[0] if errors else None)
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
