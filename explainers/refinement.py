"""Refinement: an explainer that sums over points of an integral, with more of them."""

import inspect
from functools import partial, update_wrapper
from typing import Any, Protocol, runtime_checkable

from .protocol import Explainer

STEPS = ("n_steps", "steps", "num_steps", "nsteps", "n_integration_steps")
"""What the option for the number of points is called."""


@runtime_checkable
class Refinable(Protocol):
    """An explainer that says itself how it is refined."""

    @property
    def steps(self) -> str:
        """The name of the option for its number of points; nothing if it has none."""

    @property
    def points(self) -> int:
        """How many points it has."""

    def refined(self, factor: int) -> Explainer:
        """Return it with so many times as many points."""


def steps_of(explain: Explainer) -> str:
    """Return the name of the option that says how many points an explainer sums over; nothing if there is none.

    >>> steps_of(lambda model, inputs, target, baseline, steps=100: inputs)
    'steps'
    """
    if isinstance(explain, Refinable):
        return explain.steps
    options = inspect.signature(explain).parameters
    return next((name for name in STEPS if name in options and _is_count(options[name].default)), "")


def points_of(explain: Explainer) -> int:
    """Return how many points an explainer of which ``steps_of`` names an option sums over.

    >>> points_of(lambda model, inputs, target, baseline, steps=100: inputs)
    100
    """
    if isinstance(explain, Refinable):
        return explain.points
    count: int = inspect.signature(explain).parameters[steps_of(explain)].default
    return count


def refined(explain: Explainer, factor: int) -> Explainer:
    """Return an explainer of which ``steps_of`` names an option with ``factor`` times as many points.

    An odd factor keeps midpoints among the points.
    """
    if isinstance(explain, Refinable):
        return explain.refined(factor)
    more: dict[str, Any] = {steps_of(explain): factor * points_of(explain)}
    return update_wrapper(partial(explain, **more), explain)


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0
