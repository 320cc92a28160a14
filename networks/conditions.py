"""Conditions: what is special about a case, its positions included, in words."""

from collections.abc import Iterator

from .case import Case
from .gradients import has_ties
from .layers import Vector
from .style import OPTIONS, PLAIN

Conditions = frozenset[str]
FUNCTIONS = ("functional", "clamp")
"""Settings of a style by which a layer is a function, no module."""
SMALL = 0.25
"""What a pre-activation is below that a stabiliser of a hundredth takes much from."""


def conditions_of(case: Case) -> Conditions:
    """Return what is special about a case: of its network, its code, and its points.

    >>> from .layers import Linear
    >>> from .network import Network
    >>> line = Network((Linear(((1.0,),), (0.0,)),))
    >>> sorted(conditions_of(Case(line, (0.0,), inputs=((0.0,),))))[:3]
    ['a pre-activation is 0', 'an input is 0', 'f = 0']
    """
    return frozenset((*_of_network(case), *_of_code(case), *(word for x in case.points for word in _at(case, x))))


def _of_network(case: Case) -> Iterator[str]:
    networks = case.networks
    if any(bias for network in networks for layer in network.leaves for bias in layer.biases):
        yield "biases"
    if any(network.depth > 1 for network in networks):
        yield "several layers with weights"
    if any(network.out_features > 1 for network in networks):
        yield "several outputs"
    if any(network.has_softmax for network in networks):
        yield "a softmax at the end"
    if any(layer.branches for network in networks for layer in network.layers):
        yield "a sum or a concatenation"
    if len(case.inputs) > 1:
        yield "a batch of several inputs"
    if len(set(case.inputs)) < len(case.inputs):
        yield "equal inputs in a batch"


def _of_code(case: Case) -> Iterator[str]:
    """Yield the settings of the style that are not plain."""
    for network in case.networks[:1]:
        for name in OPTIONS:
            if (value := getattr(network.style, name)) != getattr(PLAIN, name):
                yield f"code with {name}={value}"
            if value in FUNCTIONS:
                yield f"{name} as a function"


def _at(case: Case, x: Vector) -> Iterator[str]:
    value = case.network.value(x)[case.target]
    if not value:
        yield "f = 0"
    if case.path is None and value == case.network.value(case.baseline)[case.target]:
        yield "f is the same at the baseline"
    if not all(x):
        yield "an input is 0"
    if min(x) < 0:
        yield "an input is negative"
    if len(set(x)) < len(x):
        yield "equal inputs"
    if any(one == start for one, start in zip(x, case.baseline, strict=True)):
        yield "x equals the baseline in some variable"
    if case.path is None:
        yield from _inside(case, x)


def _inside(case: Case, x: Vector) -> Iterator[str]:
    """Yield what is special about the pre-activations, also beside those at the baseline."""
    sums = [*zip(*map(case.network.preactivations, (x, case.baseline)), strict=True)]
    if any((values == 0).any() for values, _ in sums):
        yield "a pre-activation is 0"
    if any(((values != 0) & (abs(values) < SMALL)).any() for values, _ in sums):
        yield "a pre-activation is small"
    if any(((values == start) & (values != 0)).any() for values, start in sums):
        yield "a pre-activation equals that at the baseline"
    if has_ties(case.network.steps, x):
        yield "maxima tie"
