"""Populations: where the cases of a cell come from, a family of random networks or a model with its data."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Protocol

from ..axioms import Axiom
from ..explainers.domain import ANY, Domain
from ..models.case import ModelCase
from ..models.pace import Pace
from ..networks import Case, Family, without_ingredients
from ..networks.composition import composition, undrawn
from ..networks.ingredients import each_alone
from ..results.cause import Cause
from ..results.counterexample import AnyCase
from ..strategies.codec import block_size
from ..strategies.distribution import DISTRIBUTION
from .bank import BANK
from .causes.variants import generalise
from .judge import Judge, Outcome
from .runtime.deadline import Deadline, TimedOut
from .shrink import shrink

ATTEMPTS = 8
"""How often a block is read anew for a case in the explainer's domain, at most."""
TURN = 53
"""By how many bytes it is turned each time: no multiple of what draws of useful cases turn it by."""


class Population(Protocol):
    """What cases are drawn from, by blocks of bytes of one size; it knows how its cases are made simpler."""

    @property
    def block_size(self) -> int:
        """The bytes of a block."""

    @property
    def distribution(self) -> str:
        """What random blocks amount to, in words."""

    @property
    def is_named(self) -> bool:
        """Whether another process can draw from it too."""

    def draw(self, axiom: Axiom, block: bytes) -> Any:
        """Return the case of an axiom that a block stands for."""

    def lacks(self, axiom: Axiom) -> str:
        """Return why there is no case of an axiom, or nothing."""

    def has(self, case: AnyCase) -> bool:
        """Return whether a case is one of its own."""

    def shrink(self, case: Any, judge: Callable[[Any], Outcome], budget: int) -> Any:
        """Return a simpler case that fails as ``case`` does."""

    def cause(self, judge: Judge, case: Any, outcome: Outcome) -> Cause:
        """Return the cause of a failure, without what it does not need."""

    def undrawn(self, evidence: Mapping[str, int]) -> list[str]:
        """Return what could have been drawn and never was, given how often each ingredient was."""

    def narrower(self, case: Any) -> Sequence["Population"]:
        """Return populations without cases of what was found."""

    @property
    def pace(self) -> Pace | None:
        """How long one input takes, where that is long enough to be told."""

    @property
    def alone(self) -> Sequence["Population"]:
        """Populations of one kind of layer each, in which a defect of that kind stands beside little else."""


@dataclass(frozen=True)
class RandomNetworks:
    """The networks of a family, drawn by its codec; of the explainer's domain, as far as a few attempts find them."""

    family: Family
    domain: Domain = ANY

    def __str__(self) -> str:
        return str(self.family)

    @property
    def distribution(self) -> str:
        """What random blocks amount to, in words: the text speaks of all families."""
        return DISTRIBUTION

    @property
    def is_named(self) -> bool:
        """Whether another process can draw from it: a family is its name."""
        return True

    @property
    def block_size(self) -> int:
        """The bytes of a block for the family."""
        return block_size(self.family)

    def draw(self, axiom: Axiom, block: bytes) -> Case:
        """Return the case that the axiom draws in the family.

        A block whose case is outside the domain is turned: of random blocks these are independent draws still.
        """
        for attempt in range(ATTEMPTS):
            turned = block[TURN * attempt :] + block[: TURN * attempt]
            case = BANK.draw(axiom.draws, self.family, turned)
            if not self.domain.misfit(case.shape, case.belongs_to):
                break
        return case

    def lacks(self, axiom: Axiom) -> str:
        """Return why the family has no case of an axiom, or nothing."""
        return axiom.lacks(self.family)

    def has(self, case: AnyCase) -> bool:
        """Return whether the family may draw a case."""
        return isinstance(case, Case) and case.belongs_to(self.family)

    def shrink(self, case: Case, judge: Callable[[Case], Outcome], budget: int) -> Case:
        """Return the simplest case of the family that was found to fail as ``case`` does."""
        return shrink(case, self.family, judge, budget)

    def cause(self, judge: Judge, case: Case, outcome: Outcome) -> Cause:
        """Return the cause of a failure, with what all its variants share."""
        return generalise(judge, case, outcome, self.family)

    def undrawn(self, evidence: Mapping[str, int]) -> list[str]:
        """Return the kinds of layers that the family has and that were never drawn."""
        return undrawn(evidence, self.family.items - {"mlp"})

    def narrower(self, case: Case) -> Sequence[Population]:
        """Return the families without an ingredient of the case."""
        return [replace(self, family=family) for family in without_ingredients(case, self.family)]

    @property
    def alone(self) -> Sequence[Population]:
        """The families of one kind of layer each."""
        return [replace(self, family=family) for family in each_alone(self.family)]

    @property
    def pace(self) -> None:
        """None: small networks take no time."""


def draw_in_time(population: Population, axiom: Axiom, block: bytes, deadline: Deadline) -> Any | None:
    """Return the case of an axiom that a block stands for; None if time is up: twins of large models take some."""
    with suppress(TimedOut):
        return deadline.keep(lambda: population.draw(axiom, block))
    return None


def ingredients_of(case: AnyCase) -> frozenset[str]:
    """Return what a case is composed of, as certificates count it: of a model the exchanges of its twin."""
    return case.composition if isinstance(case, ModelCase) else composition(case)


def population_of(ground: Family | Population, domain: Domain = ANY) -> Population:
    """Return the population of a family within a domain, or the one that is given."""
    return RandomNetworks(ground, domain) if isinstance(ground, Family) else ground
