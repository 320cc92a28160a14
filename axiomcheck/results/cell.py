"""Cell: the verdict of one explainer on one axiom in one family, as data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal

from .claim import Claim
from .counterexample import Counterexample
from .plain_data import plain_fields
from .rule import Count, Rule, Seconds, Share, keys
from .scope import Scope
from .severity import Severity

GAPS = "gap over share of the cases"
"""The curve that tells how the gaps of a cell are distributed."""

VerdictName = Literal["violated", "holds", "inconclusive", "unsupported", "error"]
OPEN = ("undecided", "refused")
"""Cases that the explainer left open; older certificates do not count them."""
SEARCH = keys("drawn", "effective", "rejected", optional=OPEN)
SCREEN = keys("drawn", "effective", "violations", "timed_out", optional=OPEN)
SECONDS = Rule(propertyNames={"enum": ["total", "in_explainer"]})
TOLERANCE = Rule(
    **{
        "if": {"properties": {"search": {"minProperties": 1}}},
        "then": {"properties": {"tolerance": {"minProperties": 1}}},
    }
)
"""What was searched was judged by a tolerance."""
FAILURES: tuple[VerdictName, ...] = ("violated", "inconclusive", "error")


@dataclass(frozen=True)
class Cell:
    """The verdict of one explainer on one axiom in one family. ``seconds`` are wall-clock, all else repeats.

    ``curves`` are points (at, value) of the screened cases, named "value over at". ``expected`` is the reason of a
    known violation, where that is what was found. ``severity`` is that of what is violated, ``further`` are
    counterexamples of other causes than the first. ``outcomes`` has a letter for each screened case: v(iolated),
    h(olds), o(ther), and a stroke between stretches; cells of one sample are compared by it, case by case.
    ``evidence`` says in how many effective cases of the screen each kind of layer, option, style and rewrite was. Files
    may lack what came ``later``.
    """

    explainer: str
    axiom: str
    family: str
    verdict: VerdictName
    reason: str
    search: Annotated[Mapping[str, Count], SEARCH] = field(default_factory=dict)
    screen: Annotated[Mapping[str, Count], SCREEN] = field(default_factory=dict)
    violation_rate_upper_bound: Share | None = None
    worst_gap: float = 0.0
    tolerance: Annotated[Mapping[str, float], keys("relative", "rounding")] = field(default_factory=dict)
    scope: Scope | None = None
    claim: Claim | None = None
    figures: Mapping[str, Annotated[Mapping[str, float], keys("median", "max")]] = field(default_factory=dict)
    curves: Mapping[str, Sequence[tuple[float, float]]] = field(default_factory=dict)
    seconds: Annotated[Mapping[str, Seconds], SECONDS] = field(default_factory=dict)
    counterexample: Counterexample | None = None
    expected: str | None = None
    severity: Severity | None = None
    further: tuple[Counterexample, ...] = ()
    outcomes: Annotated[str, Rule(pattern="^[vho/]*$")] = ""
    evidence: Mapping[str, Count] = field(default_factory=dict)

    later: ClassVar[Sequence[str]] = ("severity", "further", "outcomes", "evidence")
    rule: ClassVar[Rule] = TOLERANCE

    @property
    def key(self) -> tuple[str, str, str]:
        """Explainer, axiom and family."""
        return self.explainer, self.axiom, self.family

    def as_data(self) -> dict[str, Any]:
        """Return the cell as JSON knows it."""
        return plain_fields(self)
