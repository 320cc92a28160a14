"""The smallest random network that fails by the same cause as a model of somebody's own."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from torch import nn

from ..explainers import Unsupported
from ..networks import Family
from ..networks.layers import layer_kinds
from ..networks.rewrites import REWRITES
from ..results.cause import AT, KINK, REWRITTEN, Cause
from ..results.counterexample import Counterexample
from .causes.where import without_dimensions
from .hunt import hunt_for
from .model_population import ModelPopulation
from .question import Question
from .resolve import of_rewrite

EXAMPLES, SHARE, TRIED = 200, 0.25, 2
"""How many cases are drawn at most, in which share of the time that the hunt had, and for how many causes."""
UNITS = {
    "cancelling-channels": "cancelling-pair",
    "dead-channel": "dead-unit",
    "permute-channels": "permute",
    "split-channel": "split",
}
"""Exchanges of channels, and what they are called in networks of units."""


def counterpart(question: Question, causes: Sequence[Cause]) -> Counterexample | None:
    """Return that of the first cause that has one; None on random networks, and where a short search finds none.

    Of causes that say of no kind of layer and no rewrite there is none.
    """
    population = question.population
    if not isinstance(population, ModelPopulation):
        return None
    model = population.loaded.draws.twins.model.reference
    found = (_found(*asked, cause) for cause in causes if (asked := _asked(question, cause, model)))
    return next(filter(None, islice(found, TRIED)), None)


def _found(question: Question, where: str, cause: Cause) -> Counterexample | None:
    timeout = question.budget.timeout
    budget = replace(
        question.budget,
        examples=min(question.budget.examples, EXAMPLES),
        timeout=None if timeout is None else SHARE * timeout,
    )
    try:
        finding = hunt_for(replace(question, budget=budget), (cause.failure, where))
    except Unsupported:
        return None
    return None if finding is None else finding.counterexample


def _asked(question: Question, cause: Cause, model: nn.Module) -> tuple[Question, str] | None:
    """Return what is asked of random networks, and where the failure arises in them."""
    if cause.where.startswith(REWRITTEN):
        (name, *further) = (UNITS.get(name, name) for name in cause.rewrites)
        if further or name not in REWRITES:
            return None
        return of_rewrite(replace(question, family=Family.parse("ordinary")), name), f"{REWRITTEN}{name}"
    start = f"{KINK} of " if cause.where.startswith(KINK) else AT
    if not cause.where.startswith(start):
        return None
    place, *event = cause.where.removeprefix(start).split(" ", 1)
    called = place if start != AT else type(dict(model.named_modules()).get(place)).__name__
    kind = without_dimensions(called.lower())
    items = {layer.needs().name for name, layer in layer_kinds().items() if without_dimensions(name) == kind}
    if not items:
        return None
    where = f"{start}{kind}" if start != AT else " ".join([f"{AT}{kind}", *event])
    return replace(question, family=Family.parse(",".join(items))), where
