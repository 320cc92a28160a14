"""Cases of one network at which something is at stake."""

from ..networks import Case, Vector
from ..networks.exact import evaluate
from .cases import one_network
from .retry_until import retry_until


def changing_alone(case: Case, reference: Vector) -> dict[Vector, int]:
    """Return ``reference`` with one variable as in an input, where that alone changes the output; and which it is."""
    points = {
        (*reference[:i], value, *reference[i + 1 :]): i
        for x in case.inputs
        for i, value in enumerate(x)
        if value != reference[i]
    }
    before, *outputs = (values[case.target] for values in evaluate(case.network.steps, [reference, *points]))
    return {x: i for (x, i), output in zip(points.items(), outputs, strict=True) if output != before}


def _changes_alone(case: Case) -> bool:
    references = {case.baseline, (0.0,) * case.network.in_features}
    return all(changing_alone(case, reference) for reference in references)


one_at_a_time = retry_until(one_network, _changes_alone)
"""A case of a network whose output one variable alone changes, from the baseline and from 0."""


def _is_at_least_0(case: Case) -> bool:
    return any(case.network.value(x)[case.target] >= 0 and not case.is_dead(x) for x in case.inputs)


at_least_0 = retry_until(one_network, _is_at_least_0)
"""A case of a network whose output is at least 0 at some input, and alive there."""
