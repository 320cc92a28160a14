"""One case, judged: the tolerance, and what an axiom's gaps amount to under it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import inf
from typing import Literal

from ..axioms import Axiom, CallError, Curve, Gap, Observation, Rejected
from ..axioms.arithmetic import ROUNDING, Dtype
from ..axioms.subject import SubjectCase
from ..axioms.variation import bending
from ..explainers import Declaration, Explainer, Unsupported, declaration
from ..explainers.refinement import points_of, refined, steps_of
from ..networks import DoesNotApply, Vector
from .bound_explainer import BoundExplainer, Clock, ExplainerError, Refused
from .runtime.deadline import Deadline, TimedOut

LARGEST = 1e300
"""What is larger counts as this: files hold finite numbers."""
COMPLETENESS = "conservation"
"""The axiom that quadratures break: others compare sums over the same points."""
FINER, SHRINKS = 31, 3
"""How many times the points are asked for, and by what factor the gap of a quadrature shrinks then, at least.

For a piecewise linear f the error is at most (kinks / points) times the largest slope. Midpoints stay, as it is odd.
"""
COARSE = "the gap is that of a quadrature: with more {steps} it shrinks"
NEGLIGIBLE = 1e-9
"""The share of what a network adds up that is next to nothing."""
Kind = Literal["violated", "error", "unsupported", "rejected", "vacuous", "holds", "timed out"]


@dataclass(frozen=True)
class Tolerance:
    """A gap is allowed ``relative`` of its scale; below ``rounding`` of its magnitudes more, nobody can say.

    What is declared or asked for, and is wider than ``usual``, is a share of all that f changes by on the way.
    """

    relative: float
    rounding: float
    usual: float = 1e-6

    @classmethod
    def of(cls, dtype: Dtype, declared: Declaration, within: float = 0.0) -> "Tolerance":
        """Return the tolerance for an arithmetic, widened to what the explainer declares, or is asked ``within``."""
        own = 1e-6 if dtype == "float64" else 1e-3
        return cls(max(own, declared.tolerance, within), ROUNDING[dtype], own)

    def allowed(self, gap: Gap) -> float:
        """Return the largest size at which the gap counts as none."""
        return self.relative * (gap.change if self.relative > self.usual else gap.scale)

    @staticmethod
    def share(gap: Gap) -> float:
        """Return the gap as a share of its scale, or of all magnitudes added up where the scale is 0."""
        return min(gap.size / (gap.change or gap.rounding or gap.size or 1.0), LARGEST)

    def leaves_open(self, gap: Gap) -> bool:
        """Return whether it is the explainer's doing that nobody can say what a gap shows.

        It is not where rounding errors of the network alone could be all of it: scores that ought to be 0 seldom are.
        To make its scores as small as that helps an explainer no more than to return 0.
        """
        if self.is_negligible(gap):
            return False
        return gap.undecided or gap.size > self.allowed(gap) + self.rounding * gap.magnitude

    @staticmethod
    def is_negligible(gap: Gap) -> bool:
        """Return whether all that is at stake is next to nothing of what the network adds up, as where it saturates."""
        return 0 < gap.change <= NEGLIGIBLE * gap.magnitude and gap.size <= NEGLIGIBLE * gap.magnitude

    def judge(self, gap: Gap) -> Kind:
        """Return what one gap shows."""
        if gap.size > self.allowed(gap) + self.rounding * gap.rounding:
            return "rejected" if self.is_negligible(gap) else "violated"
        if gap.undecided or gap.size > self.allowed(gap):
            return "rejected"
        return "vacuous" if gap.vacuous else "holds"


@dataclass(frozen=True)
class Outcome:
    """What one case shows: of its inputs the worst.

    ``is_open`` says that the case fits the axiom, and that it is the explainer's doing that it shows nothing: its
    scores are undecidable, it refused, or it did not finish.
    """

    kind: Kind
    gap: float = 0.0
    allowed: float = 0.0
    observed: Observation | None = None
    reason: str = ""
    figures: Mapping[str, float] = field(default_factory=dict)
    curves: Mapping[str, Curve] = field(default_factory=dict)
    is_open: bool = False
    share: float = 0.0
    """The gap as a share of its scale."""

    @property
    def fails(self) -> bool:
        """Whether the case is one against the explainer."""
        return self.kind in ("violated", "error")

    @property
    def effective(self) -> bool:
        """Whether the case could show something, and did."""
        return self.kind in ("violated", "holds")

    @property
    def is_silent(self) -> bool:
        """Whether the case says nothing of the explainer."""
        return self.kind in ("rejected", "vacuous", "unsupported")


@dataclass(frozen=True)
class Judge:
    """An explainer and an axiom, ready to judge cases; ``within`` is a share of the scale that is allowed too.

    ``device`` is where the explainer runs; it is judged on the CPU.
    """

    explainer: Explainer
    axiom: Axiom
    dtype: Dtype = "float64"
    clock: Clock = field(default_factory=Clock, compare=False)
    deadline: Deadline = field(default_factory=Deadline, compare=False)
    within: float = 0.0
    device: str = "cpu"

    @cached_property
    def declared(self) -> Declaration:
        """What the explainer says of itself."""
        return declaration(self.explainer)

    @cached_property
    def tolerance(self) -> Tolerance:
        """The tolerance for the explainer and the arithmetic."""
        return Tolerance.of(self.dtype, self.declared, self.within)

    def __call__(self, case: SubjectCase) -> Outcome:
        """Return what ``case`` shows."""
        explain = BoundExplainer(self.explainer, self.declared, case, self.dtype, self.clock, device=self.device)
        try:
            gaps = self.deadline.keep(lambda: list(self.axiom(explain, case)))
        except TimedOut:
            return Outcome("timed out", reason="timed out", is_open=True)
        except ExplainerError as error:
            return Outcome("error", reason=str(error), observed=CallError(str(error)))
        except Unsupported as unsupported:
            return Outcome("unsupported", reason=str(unsupported), is_open=isinstance(unsupported, Refused))
        except (Rejected, DoesNotApply) as rejected:
            return Outcome("rejected", reason=str(rejected))
        outcome = self._worst(gaps, replace(self.tolerance, rounding=explain.rounding))
        if self._excuses_quadrature and self.is_of_quadrature(case, outcome):
            return Outcome("rejected", reason=COARSE.format(steps=steps_of(self.explainer)), is_open=True)
        return outcome

    def is_of_quadrature(self, case: SubjectCase, outcome: Outcome) -> bool:
        """Return whether a gap is the error of a sum that stands for an integral: with more points it shrinks."""
        completes = self.axiom.name == COMPLETENESS and self.declared.conserves == "change"
        point = outcome.observed.point if outcome.observed else None
        if outcome.kind != "violated" or not completes or point is None or not steps_of(self.explainer):
            return False
        finer = self._gap_at(case, point, FINER)
        if finer <= outcome.gap / SHRINKS:
            return True
        bent = bending(case.subject, case.baseline, point, case.target)  # all of f may lie between two points
        return finer <= bent / (FINER * points_of(self.explainer))

    def _gap_at(self, case: SubjectCase, point: Vector, factor: int) -> float:
        """Return the gap at one input with so many times the points; infinity if that cannot be asked.

        All inputs of the batch are asked with it: what mixes them is no quadrature.
        """
        finer = BoundExplainer(refined(self.explainer, factor), self.declared, case, self.dtype, self.clock)
        try:
            gaps = self.deadline.keep(lambda: list(self.axiom(finer, case)))
        except (TimedOut, ExplainerError, Unsupported, Rejected, DoesNotApply):
            return inf
        return max((gap.size for gap in gaps if gap.observed and gap.observed.point == point), default=inf)

    @property
    def _excuses_quadrature(self) -> bool:
        """Whether errors of a quadrature are declared, and nobody asks whether it holds within something else."""
        return not self.within and self.declared.tolerance > self.tolerance.usual

    def within_cause(self, case: SubjectCase, outcome: Outcome) -> "Judge":  # noqa: ARG002 - some judges look
        """Return what judges simpler cases of the same failure."""
        return self

    def _worst(self, gaps: list[Gap], tolerance: Tolerance) -> Outcome:
        kinds = [tolerance.judge(gap) for gap in gaps]
        for kind in ("violated", "rejected", "holds", "vacuous"):
            matching = [gap for gap, verdict in zip(gaps, kinds, strict=True) if verdict == kind]
            if matching:
                worst = max(matching, key=lambda gap: gap.size)
                allowed = tolerance.allowed(worst)
                measurements = _largest(gaps), _joined(gaps)
                is_open = kind == "rejected" and tolerance.leaves_open(worst)
                shown = (worst.size, allowed, worst.observed, _reason(kind, worst), *measurements)
                return Outcome(kind, *shown, is_open=is_open, share=tolerance.share(worst))
        return Outcome("vacuous", reason=REASONS["vacuous"])


REASONS: dict[str, str] = {
    "vacuous": "vacuous",
    "rejected": "rounding and a defect could not be told apart",
}
"""Why a case says nothing, where the axiom did not reject it."""


def _reason(kind: Kind, worst: Gap) -> str:
    if kind == "violated":
        return worst.observed.sentence() if worst.observed else ""
    return REASONS.get(kind, "")


def _largest(gaps: list[Gap]) -> dict[str, float]:
    names = {name: None for gap in gaps for name in gap.figures}
    return {name: max(gap.figures[name] for gap in gaps if name in gap.figures) for name in names}


def _joined(gaps: list[Gap]) -> dict[str, Curve]:
    names = {name: None for gap in gaps for name in gap.curves}
    return {name: [point for gap in gaps for point in gap.curves.get(name, ())] for name in names}
