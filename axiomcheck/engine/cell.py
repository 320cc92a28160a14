"""One cell: search, confirm, shrink, screen, and the verdict."""

import logging
from dataclasses import dataclass, replace
from random import Random
from time import perf_counter

from ..axioms import Axiom
from ..axioms.arithmetic import Dtype
from ..explainers import Located
from ..networks import AxiomcheckError, Case, Family
from ..results.certificate import Cell, VerdictName
from ..results.counterexample import Counterexample
from .claims import judged_claim
from .judge import Judge, Outcome
from .path_profile import path_profile
from .runtime.deadline import Deadline
from .runtime.threads import one_thread
from .runtime.versions import versions
from .screen import Screen, rate_upper_bound, screen
from .search import ENOUGH, Search, search
from .shrink import shrunk

LOG = logging.getLogger("axiomcheck")


@dataclass(frozen=True)
class Budget:
    """How many cases are searched and how many screened, from which seed, in which arithmetic, in how many seconds."""

    examples: int = 500
    seed: int = 0
    dtype: Dtype = "float64"
    timeout: float | None = None

    def until(self, share: float) -> Deadline:
        """Return when a share of a cell's time, which begins now, is over."""
        return Deadline.after(None if self.timeout is None else share * self.timeout)


SEARCHING, SCREENING = 0.4, 0.8
"""When the search must end, and when the screen, in shares of a cell's time; the rest is for shrinking."""


@dataclass(frozen=True)
class Finding:
    """A failure that was seen: its counterexample if it repeats, else only what was seen once."""

    kind: str
    reason: str
    counterexample: Counterexample | None


class Interrupted(KeyboardInterrupt):
    """Ctrl-C in a hunt, with what was found until then, not shrunk."""

    def __init__(self, finding: Finding | None) -> None:
        super().__init__()
        self.finding = finding


@dataclass(frozen=True)
class Question:
    """What a cell asks: whether this explainer satisfies this axiom in this family."""

    located: Located
    axiom: Axiom
    family: Family
    budget: Budget

    @property
    def key(self) -> tuple[str, str, str]:
        """Explainer, axiom and family by name."""
        return self.located.name, self.axiom.name, str(self.family)

    @property
    def judge(self) -> Judge:
        """Return what judges its cases."""
        assert self.located.explain is not None
        return Judge(self.located.explain, self.axiom, self.budget.dtype)

    def random(self, purpose: str) -> Random:
        """Return a stream that depends on the question alone, not on what was asked before."""
        asked = (self.budget.seed, self.located.name, self.axiom.name, str(self.family), purpose)
        return Random("|".join(map(str, asked)))  # noqa: S311 - no secret

    def hunt(self, *, largest: bool = False) -> tuple[Search, Finding | None]:
        """Search for a counterexample; shrink and confirm it. The ``largest`` is not shrunk: its gap would be less.

        Ctrl-C raises ``Interrupted``.
        """
        judge, searching, shrinking = self.judge, self.budget.until(SCREENING), self.budget.until(1)
        searched, now = Search(), Deadline.after(0)
        with one_thread():
            timed, examples, random = replace(judge, deadline=searching), self.budget.examples, self.random("search")
            try:
                search(timed, self.family, examples, random, largest=largest, result=searched)
                return searched, self.confirmed(judge, searched.failed, now if largest else shrinking)
            except KeyboardInterrupt as stop:
                raise Interrupted(self.confirmed(judge, searched.failed, now)) from stop

    def confirmed(self, judge: Judge, case: Case | None, deadline: Deadline) -> Finding | None:
        """Shrink a failing case until the deadline, and look at it again on fresh copies of everything."""
        if case is None:
            return None
        first, second = judge(case), judge(case)
        if not (first.fails and first.kind == second.kind):
            return Finding(
                "unconfirmed", "a failure was seen and not again: the explainer does not repeat itself", None
            )
        smallest = shrunk(case, self.family, replace(judge, deadline=deadline))
        outcome, again = judge(smallest), judge(smallest)
        if outcome.kind != first.kind or again.kind != first.kind:
            smallest, outcome = case, second
        return Finding(outcome.kind, outcome.reason, self._counterexample(judge, smallest, outcome))

    def _counterexample(self, judge: Judge, case: Case, outcome: Outcome) -> Counterexample:
        return Counterexample(
            explainer=self.located.name,
            axiom=self.axiom.name,
            family=str(self.family),
            seed=self.budget.seed,
            versions=versions(),
            case=case,
            observed=outcome.observed,
            reason=outcome.reason,
            gap=outcome.gap,
            tolerance=outcome.allowed,
            has_baseline=judge.declared.has_baseline,
            explainer_code=self.located.code,
            axiom_code=self.axiom.code,
            dtype=self.budget.dtype,
            along=path_profile(judge, case, outcome.observed),
        )

    def cell(self) -> Cell:
        """Answer the question, and say what came of what the explainer claims.

        A fault of our own is the error of this cell, so that the others are not lost; it is logged.
        """
        try:
            cell = self.judged()
            return cell if self.located.explain is None else replace(cell, claim=judged_claim(self, cell))
        except AxiomcheckError:
            raise
        except Exception as fault:
            LOG.exception("axiomcheck failed on %s, %s, %s", self.located.name, self.axiom.name, self.family)
            return self._cell("error", f"axiomcheck itself failed, please report it: {type(fault).__name__}: {fault}")

    def judged(self) -> Cell:
        """Answer the question."""
        if self.located.explain is None:
            return self._cell("unsupported", self.located.reason)
        if lacking := self.axiom.lacks(self.family):
            return self._cell("unsupported", lacking)
        start, judge, examples = perf_counter(), self.judge, self.budget.examples
        searching, screening, shrinking = map(self.budget.until, (SEARCHING, SCREENING, 1.0))
        with one_thread():
            searched = search(replace(judge, deadline=searching), self.family, examples, self.random("search"))
            if searched.hopeless and searched.errored is None:
                return self._cell("unsupported", searched.refused)
            screened = screen(replace(judge, deadline=screening), self.family, examples, self.random("screen"))
            failed = searched.found or screened.found or searched.errored or screened.errored
            finding = self.confirmed(judge, failed, shrinking)
        verdict, reason = _verdict(finding, screened, searched.refused, judge.declared.tolerance)
        return self._cell(
            verdict,
            reason,
            search={"drawn": searched.drawn, "effective": searched.effective, "rejected": searched.rejected},
            screen={
                "drawn": screened.drawn,
                "effective": screened.effective,
                "violations": screened.violations,
                "timed_out": screened.timed_out,
            },
            violation_rate_upper_bound=rate_upper_bound(screened.violations, screened.effective),
            worst_gap=max(searched.worst_gap, screened.worst_gap),
            tolerance={"relative": judge.tolerance.relative, "rounding": judge.tolerance.rounding},
            figures=screened.figures,
            curves=screened.curves,
            seconds={
                "total": round(perf_counter() - start, 3),
                "in_explainer": round(judge.clock.seconds, 3),
            },
            counterexample=finding.counterexample if finding else None,
        )

    def _cell(self, verdict: VerdictName, reason: str, **rest: object) -> Cell:
        return Cell(self.located.name, self.axiom.name, str(self.family), verdict, reason, **rest)  # type: ignore[arg-type]


def _verdict(finding: Finding | None, screened: Screen, refused: str, own: float) -> tuple[VerdictName, str]:
    if finding is not None:
        kinds: dict[str, VerdictName] = {"violated": "violated", "error": "error"}
        return kinds.get(finding.kind, "inconclusive"), finding.reason
    late = f"; {screened.timed_out} cases timed out" if screened.timed_out else ""
    if screened.effective < ENOUGH and refused:
        return "unsupported", refused + late
    if screened.effective < ENOUGH:
        return "inconclusive", _too_few(screened) + late
    bound = rate_upper_bound(0, screened.effective)
    return "holds", (
        (f"within {own:.3g} of the scale: " if own else "")
        + f"no counterexample in {screened.effective} effective cases; at most {bound:.2%} violate it (95 % confidence)"
        + (f"; it refused others: {refused}" if refused else "")
        + late
    )


def _too_few(screened: Screen) -> str:
    if screened.drawn < ENOUGH and not screened.timed_out:
        return f"{screened.drawn} cases cannot show that it holds: {ENOUGH} are needed"
    told = f"only {screened.effective} of {screened.drawn} screened cases could show anything; {ENOUGH} are needed"
    return told + "".join(f"; most often {reason}" for reason, _ in screened.silent.most_common(1) if reason)
