"""A question: whether an explainer satisfies an axiom in a family; and the budget for its answer."""

from dataclasses import dataclass, replace
from functools import cached_property
from random import Random

from ..axioms import Axiom
from ..axioms.arithmetic import Dtype
from ..explainers import Located, declaration
from ..explainers.domain import ANY
from ..networks import Family
from .judge import Judge
from .population import Population, population_of
from .runtime.deadline import Deadline, Timed
from .shrink import BUDGET

LEAST = 1e-3
"""Seconds that are left of any budget."""


@dataclass(frozen=True)
class Budget:
    """How many cases are searched and how many screened, from which seed, in which arithmetic, in how many seconds.

    ``within`` is the share of its scale that a gap may have, beside what explainers declare; ``device`` is where models
    and explainers run. ``timed`` says which seconds the timeout counts: on a machine that is busy with other work those
    of the processor are the same. ``trials`` are the cases that shrinking may try.
    """

    examples: int = 500
    seed: int = 0
    dtype: Dtype = "float64"
    timeout: float | None = None
    within: float = 0.0
    device: str = "cpu"
    timed: Timed = "elapsed"
    trials: int = BUDGET

    def less(self, seconds: float) -> "Budget":
        """Return what is left of it after so many seconds, in which a model was loaded."""
        return self if self.timeout is None else replace(self, timeout=max(self.timeout - seconds, LEAST))

    def until(self, share: float) -> Deadline:
        """Return when a share of a cell's time, which begins now, is over."""
        return Deadline.after(None if self.timeout is None else share * self.timeout, self.timed)


@dataclass(frozen=True)
class Question:
    """What a cell asks: whether this explainer satisfies this axiom in this family, or on this model."""

    located: Located
    axiom: Axiom
    family: Family | Population
    budget: Budget

    @property
    def key(self) -> tuple[str, str, str]:
        """Explainer, axiom and family by name."""
        return self.located.name, self.axiom.name, str(self.family)

    @cached_property
    def population(self) -> Population:
        """What its cases are drawn from."""
        explain = self.located.explain
        return population_of(self.family, ANY if explain is None else declaration(explain).domain)

    @property
    def judge(self) -> Judge:
        """Return what judges its cases."""
        assert self.located.explain is not None
        return Judge(
            self.located.explain, self.axiom, self.budget.dtype, within=self.budget.within, device=self.budget.device
        )

    def random(self, purpose: str) -> Random:
        """Return a stream that depends on what draws the cases, the family, and the purpose: not on the explainer.

        All explainers meet the same cases, and so do axioms that draw alike.
        """
        drawer = self.axiom.draws.__name__
        return Random("|".join(map(str, (self.budget.seed, drawer, self.family, purpose))))  # noqa: S311 - no secret
