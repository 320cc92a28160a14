"""Tally: what many judged cases amount to, in a search and in a screen."""

from collections import Counter
from dataclasses import dataclass, field

from ..results.counterexample import AnyCase
from .judge import Outcome

COUNTS = ("drawn", "effective", "violations", "timed_out", "undecided", "refused")


@dataclass
class Tally:
    """Cases counted by what they show: drawn, effective, violations, and those left open.

    ``timed_out`` counts the cases that were due when the cell timed out, ``silent`` why others showed nothing. That is
    the explainer's doing where they are ``undecided``, or ``refused``; ``reasons`` says why. ``violation`` is one of
    the violations, ``errored`` the first case on which the explainer failed. ``worst_share`` is the largest gap of a
    violation as a share of its scale.
    """

    drawn: int = 0
    effective: int = 0
    violations: int = 0
    timed_out: int = 0
    undecided: int = 0
    refused: int = 0
    worst_gap: float = 0.0
    worst_share: float = 0.0
    violation: AnyCase | None = None
    errored: AnyCase | None = None
    silent: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def failed(self) -> AnyCase | None:
        """A violation, or else the first error."""
        return self.violation or self.errored

    @property
    def open(self) -> int:
        """The cases that fitted the axiom, and that the explainer left undecided, refused or did not finish."""
        return self.undecided + self.refused + self.timed_out

    def count(self, case: AnyCase, outcome: Outcome) -> None:
        """Add one case."""
        self.drawn += 1
        if outcome.kind == "violated":
            self.violations += 1
            self.keep(case, outcome)
        if outcome.kind == "error":
            self.errored = self.errored or case
        if outcome.is_open:
            self.undecided += outcome.kind == "rejected"
            self.refused += outcome.kind == "unsupported"
            self.reasons[outcome.reason] += 1
        if outcome.effective:
            self.effective += 1
            self.worst_gap = max(self.worst_gap, outcome.gap)
        if outcome.is_silent:
            self.silent[outcome.reason] += 1

    def add(self, other: "Tally") -> None:
        """Add what another one counted; of failures the first stays."""
        for name in COUNTS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.worst_gap = max(self.worst_gap, other.worst_gap)
        self.worst_share = max(self.worst_share, other.worst_share)
        self.violation = self.violation or other.violation
        self.errored = self.errored or other.errored
        self.silent.update(other.silent)
        self.reasons.update(other.reasons)

    def keep(self, case: AnyCase, outcome: Outcome) -> None:
        """Keep what is wanted of a violation: here the first case, and the largest share."""
        self.violation = self.violation or case
        self.worst_share = max(self.worst_share, outcome.share)


def most_frequent(counts: Counter[str]) -> str:
    """Return what was counted most often, the first by name of several; nothing if nothing was.

    >>> most_frequent(Counter("abracadabrab")), most_frequent(Counter("ba"))
    ('a', 'a')
    """
    return min(counts, key=lambda name: (-counts[name], name), default="")
