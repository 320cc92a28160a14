"""Equality of two explainers, asked as an axiom is: by drawn cases, and the smallest network where it ends."""

from collections.abc import Callable
from math import fsum

import numpy as np
import torch

from axiomcheck.axioms import Axiom, Gap, Rejected
from axiomcheck.axioms.axiom import axiom
from axiomcheck.explainers import declaration, locate
from axiomcheck.explainers.graph import evaluated, graph
from axiomcheck.explainers.operations import Layer
from axiomcheck.explaining import BoundExplainer
from axiomcheck.networks import Network, Vector
from axiomcheck.strategies.cases import one_network

Condition = Callable[[Network, Vector], bool]


def anywhere(_: Network, __: Vector) -> bool:
    """Every input."""
    return True


def off_zeros(network: Network, x: Vector) -> bool:
    """Inputs off every kink at which no affine layer, sum or average is 0."""
    if network.on_kink(x):
        return False
    nodes = graph(network.module())
    values = evaluated(nodes, torch.tensor(x, dtype=torch.float64).reshape(1, *network.shape))
    layers = [value for node, value in zip(nodes, values[1:], strict=True) if isinstance(node.operation, Layer)]
    return all(bool((value.abs() > 1e-9).all()) for value in layers)


def equality(other: str, where: Condition = anywhere, *, from_zero: bool = False) -> Axiom:
    """Return the axiom that an explainer gives what ``other`` gives, at the inputs where ``where`` holds.

    ``from_zero``: for cases whose baseline is 0 alone.
    """
    second = locate(other).explain

    @axiom(
        cites="",
        draws=one_network,
        says="at x = {x} the scores are {relevance}, and {other}",
        code="",
        verb="is equal",
    )
    def equal(explain, case):
        """Give what another gives."""
        if from_zero and any(case.baseline):
            raise Rejected("the baseline is not 0")
        inputs = [x for x in case.inputs if where(case.network, x)]
        if not inputs:
            raise Rejected("the condition does not hold")
        bound = BoundExplainer(second, declaration(second), case, explain.dtype)
        one, two = (of(case.network, np.array(inputs)) for of in (explain, bound))
        for x, first, twin in zip(inputs, one, two, strict=True):
            yield Gap(
                size=float(np.abs(first - twin).max()),
                scale=float(max(np.abs(first).max(), np.abs(twin).max())),
                rounding=fsum(np.abs([*first, *twin])) + case.magnitude(x),
                vacuous=case.is_dead(x),
                observed={"x": list(x), "relevance": first.tolist(), "other": twin.tolist()},
            )

    return equal
