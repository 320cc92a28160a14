"""A model of one's own as a population: cases drawn from its data."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any

from ..axioms import Axiom
from ..axioms.names import EQUALITY
from ..models import wiring_draws
from ..models.admitted import draw, lacks
from ..models.case import ModelCase
from ..models.draws import SIZE, distribution
from ..models.pace import Pace, pace_of
from ..models.preparation import Measured
from ..models.shrinking import shrink
from ..models.source import Loaded, ModelSource
from ..results.cause import Cause
from ..results.counterexample import AnyCase
from .causes.cause import cause_of
from .judge import Judge, Outcome
from .population import Population
from .runtime.threads import one_thread


@dataclass(frozen=True, eq=False)
class ModelPopulation:
    """The cases of a model that ``source`` names; it is loaded when it is first asked for.

    Its twins are made by the ``only`` kind of exchange, if there is one; what was ``measured`` elsewhere is known.
    """

    source: ModelSource
    only: str = ""
    measured: Measured | None = None

    def __str__(self) -> str:
        return str(self.loaded.draws.name)

    @cached_property
    def loaded(self) -> Loaded:
        """The model, ready to draw; ``AxiomcheckError`` where it cannot be judged."""
        loaded = self.source.load(self.measured)
        return replace(loaded, draws=replace(loaded.draws, only=self.only))

    @cached_property
    def distribution(self) -> str:
        """What random blocks amount to, in words."""
        return distribution(self.loaded.draws, (*wiring_draws.distribution(), *self.loaded.remarks))

    @property
    def task(self) -> dict[str, Any]:
        """What another process needs to load it."""
        measured = self.loaded.measured
        return {
            "source": asdict(self.source),
            "only": self.only,
            "measured": None if measured is None else asdict(measured),
        }

    @property
    def is_named(self) -> bool:
        """Whether another process finds the model and its inputs."""
        return self.source.is_named

    @property
    def block_size(self) -> int:
        """The bytes of a block."""
        return SIZE

    def draw(self, axiom: Axiom, block: bytes) -> ModelCase:
        """Return the case of an axiom that a block stands for."""
        return draw(self.loaded.draws, "conservation" if axiom.name.startswith(EQUALITY) else axiom.name, block)

    def lacks(self, axiom: Axiom) -> str:
        """Return why there is no case of an axiom, or nothing."""
        return "" if axiom.name.startswith(EQUALITY) else lacks(axiom.name, self.loaded.draws.name.out_features)

    def has(self, case: AnyCase) -> bool:
        """Return whether a case is one of this model, with these weights."""
        name = self.loaded.draws.name
        return isinstance(case, ModelCase) and (case.model.source, case.model.sha256) == (name.source, name.sha256)

    def shrink(self, case: ModelCase, judge: Callable[[ModelCase], Outcome], budget: int) -> ModelCase:
        """Return a simpler case that fails as ``case`` does."""
        kind = judge(case).kind
        return shrink(case, self.loaded.draws.data, lambda simpler: judge(simpler).kind == kind, budget)

    def cause(self, judge: Judge, case: ModelCase, outcome: Outcome) -> Cause:
        """Return the cause of a failure."""
        return cause_of(judge, case, outcome)

    def undrawn(self, evidence: Mapping[str, int]) -> list[str]:  # noqa: ARG002
        """Return nothing: which exchanges are drawn stands in the distribution."""
        return []

    def narrower(self, case: ModelCase) -> Sequence[Population]:  # noqa: ARG002
        """Return none: there is but this model."""
        return ()

    @cached_property
    def pace(self) -> Pace:
        """How long the model takes for one input, in one thread."""
        draws = self.loaded.draws
        with one_thread():
            return pace_of(draws.twins.model, draws.data.inputs)

    @property
    def alone(self) -> Sequence[Population]:
        """None, for the same reason."""
        return ()
