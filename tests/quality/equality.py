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

Inputs = tuple[Vector, ...]
Condition = Callable[[Network, Inputs], Inputs]
"""From the inputs of a network, those of which something is said."""


def anywhere(_: Network, inputs: Inputs) -> Inputs:
    """Every input."""
    return inputs


def off_zeros(network: Network, inputs: Inputs) -> Inputs:
    """Inputs off every kink at which no affine layer, sum or average is 0."""
    nodes = graph(network.module())
    points = torch.tensor(inputs, dtype=torch.float64).reshape(len(inputs), *network.shape)
    values = evaluated(nodes, points)
    layers = [v.flatten(1) for node, v in zip(nodes, values[1:], strict=True) if isinstance(node.operation, Layer)]
    smallest = torch.cat([points.new_ones(len(inputs), 1), *layers], 1).abs().amin(1).tolist()
    return tuple(x for x, size in zip(inputs, smallest, strict=True) if size > 1e-9 and not network.on_kink(x))


def equality(other: str, where: Condition = anywhere) -> Axiom:
    """Return the axiom that an explainer gives what ``other`` gives, from the baseline 0, at inputs in ``where``."""
    second = locate(other).explain

    @axiom(cites="", draws=one_network, says="at x = {x} the scores are {relevance}, and {other}", code="", verb="")
    def equal(explain, case):
        """Give what another gives."""
        inputs = where(case.network, case.inputs)
        if not inputs:
            raise Rejected("nothing is said of any input")
        bound = BoundExplainer(second, declaration(second), case, explain.dtype)
        zero = np.zeros(case.network.in_features)
        one, two = (of(case.network, np.array(inputs), baseline=zero) for of in (explain, bound))
        for x, first, twin in zip(inputs, one, two, strict=True):
            yield Gap(
                size=float(np.abs(first - twin).max()),
                scale=float(max(np.abs(first).max(), np.abs(twin).max())),
                rounding=fsum(np.abs([*first, *twin])) + case.magnitude(x),
                vacuous=case.is_dead(x),
                observed={"x": list(x), "relevance": first.tolist(), "other": twin.tolist()},
            )

    return equal
