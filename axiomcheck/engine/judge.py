"""One case, judged: what an axiom's gaps amount to under a tolerance."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property

from ..axioms import Axiom, CallError, Curve, Gap, Observation, Rejected
from ..axioms.arithmetic import Dtype
from ..axioms.subject import SubjectCase
from ..axioms.variation import bending
from ..explainers import Declaration, Explainer, Unsupported, declaration
from ..explainers.refinement import points_of, refined, steps_of
from ..networks import DoesNotApply, Vector
from .bound_explainer import BoundExplainer
from .own_call import Clock, ExplainerError, Refused
from .runtime.deadline import Deadline, TimedOut
from .tolerance import Kind, Tolerance

COMPLETENESS = "conservation"
"""The axiom that quadratures break: others compare sums over the same points."""
FINER, SHRINKS = 31, 3
"""How many times the points are asked for, and by what factor the gap of a quadrature shrinks then, at least.

For a piecewise linear f the error is at most (kinks / points) times the largest slope. Midpoints stay, as it is odd.
"""
COARSE = "the gap is that of a quadrature: with more {steps} it shrinks"


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
    is_set_aside: bool = False
    """Whether it fails, and nobody asks for that."""

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


TIMED_OUT = Outcome("timed out", reason="timed out", is_open=True)
"""What a case shows that was not finished, or not even drawn."""


@dataclass(frozen=True)
class Judge:
    """An explainer and an axiom, ready to judge cases; ``within`` is a share of the scale that is allowed too.

    ``device`` is where the explainer runs; it is judged on the CPU. With a ``memory`` each case is judged but once.
    """

    explainer: Explainer
    axiom: Axiom
    dtype: Dtype = "float64"
    clock: Clock = field(default_factory=Clock, compare=False)
    deadline: Deadline = field(default_factory=Deadline, compare=False)
    within: float = 0.0
    device: str = "cpu"
    memory: dict[SubjectCase, Outcome] | None = field(default=None, compare=False, repr=False)

    @property
    def remembering(self) -> "Judge":
        """The judge that judges each case once: to find a cause the same small cases are asked again and again."""
        return replace(self, memory={})

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
        if self.memory is None:
            return self._judged(case)
        if case in self.memory:
            return self.memory[case]
        outcome = self._judged(case)
        if outcome is not TIMED_OUT:
            self.memory[case] = outcome
        return outcome

    def _judged(self, case: SubjectCase) -> Outcome:
        explain = self._bound(self.explainer, case)
        try:
            self._require_fit(case)
            gaps = self.deadline.keep(lambda: list(self.axiom(explain, case)))
            tolerance = replace(self.tolerance, rounding=explain.rounding)
            excused = self._excused(case, [gap for gap in gaps if tolerance.judge(gap) == "violated"])
        except TimedOut:
            return TIMED_OUT
        except ExplainerError as error:
            return Outcome("error", reason=str(error), observed=CallError(str(error)))
        except Unsupported as unsupported:
            return Outcome("unsupported", reason=str(unsupported), is_open=isinstance(unsupported, Refused))
        except (Rejected, DoesNotApply) as rejected:
            return Outcome("rejected", reason=str(rejected))
        outcome = self._worst([gap for gap in gaps if gap not in excused], tolerance)
        if excused and outcome.kind != "violated":
            return Outcome("rejected", reason=COARSE.format(steps=steps_of(self.explainer)), is_open=True)
        return outcome

    def _require_fit(self, case: SubjectCase) -> None:
        """Raise ``Unsupported`` where a case is not one for the explainer, as far as it says."""
        summed = self.declared.form == "channel-summed" and case.subject.shape[0] > 1
        if summed and self.axiom.of_variables:
            raise Unsupported("its scores are sums over channels, and no variable has one of its own")
        if misfit := self.declared.domain.misfit(case.subject.shape, case.belongs_to):
            raise Unsupported(misfit)

    def _bound(self, explainer: Explainer, case: SubjectCase) -> BoundExplainer:
        return BoundExplainer(explainer, self.declared, case, self.dtype, self.clock, device=self.device)

    def is_of_quadrature(self, case: SubjectCase, outcome: Outcome) -> bool:
        """Return whether the gap of a violation is the error of a sum that stands for an integral.

        Then it shrinks with more points; not so if there is no time to see it.
        """
        if outcome.kind != "violated" or not self._completes:
            return False
        with suppress(TimedOut):
            return self._shrinks(case, outcome.gap, outcome.observed, self._finer_gaps(case))
        return False

    def _excused(self, case: SubjectCase, violations: list[Gap]) -> list[Gap]:
        """Return those that are errors of a quadrature, if such are declared and nobody asks for something else."""
        declares = not self.within and self.declared.tolerance > self.tolerance.usual
        if not (violations and declares and self._completes):
            return []
        finer = self._finer_gaps(case)
        return [gap for gap in violations if self._shrinks(case, gap.size, gap.observed, finer)]

    @property
    def _completes(self) -> bool:
        """Whether sums over points are asked to add up to a change: that is what a quadrature breaks."""
        asked = self.axiom.name == COMPLETENESS and self.declared.conserves == "change"
        return asked and bool(steps_of(self.explainer))

    def _finer_gaps(self, case: SubjectCase) -> dict[Vector, float]:
        """Return the gap at each input with ``FINER`` times the points, nothing if that cannot be asked.

        All inputs of the batch are asked at once: what mixes them is no quadrature.
        """
        finer = self._bound(refined(self.explainer, FINER), case)
        try:
            gaps = self.deadline.keep(lambda: list(self.axiom(finer, case)))
        except (ExplainerError, Unsupported, Rejected, DoesNotApply):
            return {}
        sizes: dict[Vector, float] = {}
        for gap in gaps:
            if gap.observed is not None and gap.observed.point is not None:
                sizes[gap.observed.point] = max(gap.size, sizes.get(gap.observed.point, 0.0))
        return sizes

    def _shrinks(
        self, case: SubjectCase, size: float, observed: Observation | None, finer: Mapping[Vector, float]
    ) -> bool:
        point = None if observed is None else observed.point
        if point is None or point not in finer:
            return False
        if finer[point] <= size / SHRINKS:
            return True
        bent = bending(case.subject, case.baseline, point, case.target)  # all of f may lie between two points
        return finer[point] <= bent / (FINER * points_of(self.explainer))

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
