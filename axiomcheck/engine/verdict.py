"""The verdict of a cell: what follows from its screen, and from what was confirmed."""

from dataclasses import dataclass, replace

from ..models.name import is_model
from ..networks import Family
from ..results.certificate import Cell, VerdictName
from ..results.severity import Severity
from .population import population_of
from .screen import Screen
from .search import ENOUGH
from .tally import COUNTS, most_frequent

OPEN = 0.05
"""The share of the cases that may stay open because the explainer refuses, is late, or its scores decide nothing."""


@dataclass(frozen=True)
class Searched:
    """What a verdict depends on beside its screen.

    ``refusal`` is why the explainer refused cases of the search, ``own`` the tolerance that it has of its own, and
    ``worst_share`` the largest gap of the search as a share of its scale.
    """

    refusal: str = ""
    own: float = 0.0
    worst_share: float = 0.0


def with_screen(cell: Cell, screened: Screen, searched: Searched, found: tuple[VerdictName, str] | None) -> Cell:
    """Return a cell, of which all else is known, with its screen and its verdict.

    ``found`` is the verdict, and the reason, of a failure that was seen.
    """
    verdict, reason = found or _verdict(cell, screened, searched)
    severity = Severity.of(screened.shares, screened.effective, searched.worst_share)
    return replace(
        cell,
        verdict=verdict,
        reason=reason,
        screen={name: getattr(screened, name) for name in COUNTS},
        violation_rate_upper_bound=screened.bounds[0],
        worst_gap=max(cell.worst_gap, screened.worst_gap),
        figures=screened.figures,
        curves=screened.curves,
        evidence=dict(sorted(screened.ingredients.items())),
        outcomes="".join(screened.outcomes),
        severity=severity if verdict == "violated" else None,
    )


def _verdict(cell: Cell, screened: Screen, searched: Searched) -> tuple[VerdictName, str]:
    late = f"; {screened.timed_out} case{'s' * (screened.timed_out > 1)} timed out" if screened.timed_out else ""
    if not screened.effective and searched.refusal:
        return "unsupported", searched.refusal + late
    if screened.effective < ENOUGH:
        return "inconclusive", _too_few(screened) + late
    if screened.open > OPEN * (screened.effective + screened.open):
        return "inconclusive", _too_many_open(screened)
    own = f"within {searched.own:.3g} of the scale: " if searched.own else ""
    return "holds", own + _holds(screened) + _undrawn(cell.family, screened)


def _undrawn(family: str, screened: Screen) -> str:
    """Return which layers of the family the screen never drew, so that the verdict does not speak of them."""
    if is_model(family):  # which exchanges are drawn stands in the distribution
        return ""
    names = population_of(Family.parse(family)).undrawn(screened.ingredients)
    return f"; never drawn: {', '.join(names)}" if names else ""


def _holds(screened: Screen) -> str:
    bound, strict = (f"{100 * bound:.3g} %" for bound in screened.bounds)
    most = f"no counterexample in {screened.effective} effective cases; at most {bound} violate it (95 % confidence)"
    return (
        f"{most}, {strict} if {_open(screened)} count as violations" if screened.open else f"{most}; none was left open"
    )


def _too_many_open(screened: Screen) -> str:
    return (
        f"no counterexample in {screened.effective} effective cases, but more than {OPEN:.0%} of all are open: "
        f"{_open(screened)}"
    )


def _open(screened: Screen) -> str:
    """Return in words how many cases the explainer left open, and why most of them."""
    kinds = {"undecided": screened.undecided, "refused": screened.refused, "timed out": screened.timed_out}
    counts = " and ".join(f"{count} {kind}" for kind, count in kinds.items() if count)
    why = f", {reason}" if (reason := most_frequent(screened.reasons)) else ""
    return f"the {screened.open} that it left open ({counts}{why})"


def _too_few(screened: Screen) -> str:
    if screened.drawn < ENOUGH and not screened.timed_out:
        return f"{screened.drawn} cases cannot show that it holds: {ENOUGH} are needed"
    count = f"only {screened.effective} of {screened.drawn} screened cases could show anything; {ENOUGH} are needed"
    return count + (f"; most often {reason}" if (reason := most_frequent(screened.silent)) else "")
