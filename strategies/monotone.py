"""Cases of functions that never fall in one variable, and a path along it."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from ..networks import Array, Case, Family, Layer, Network, Path
from ..networks.facts import Monotone
from ..networks.layers import as_weighted
from ..networks.rewrites.rewrite import put
from ..networks.tree import map_leaves
from .codec import draw_baseline, draw_network, draw_points, draw_target
from .layout import CASE, COMMON, case_layout
from .live_outputs import enliven
from .retry_until import and_perceptrons, retry_until

MONOTONE = case_layout("a monotone function", COMMON)
VARIABLE = MONOTONE.index("which of the variables in which it is", CASE + 12)
CONSISTENT = MONOTONE.index("the variable for which signs are made to agree", CASE + 13, shares=True)
TURNED = MONOTONE.chance("the signs of the first and the last layer turned", CASE + 14, 128)


def _draw(block: bytes, family: Family) -> Case:
    for chosen in and_perceptrons(family):
        drawn = enliven(block, chosen, draw_network(block, chosen))
        target = draw_target(block, drawn)
        for network in _monotone_networks(block, drawn, target):
            rising = [i for i in range(network.in_features) if network.rises(i, target)]
            if rising and network in family:
                return _along(block, family, network, VARIABLE.of(block, rising))
    return _along(block, family, drawn, None)


def _changes(case: Case) -> bool:
    if case.fact(Monotone) is None or case.path is None:
        return False
    start, end = case.path.vertices
    return case.network.value(start)[case.target] != case.network.value(end)[case.target]


monotone_functions = retry_until(_draw, _changes)
"""A case of a function whose weights show that it never falls in some variable, with a path upward along that one."""


def _along(block: bytes, family: Family, network: Network, variable: int | None) -> Case:
    size = network.in_features
    x, y = draw_points(block, family, size, 2)
    if variable is None:
        return Case(network, draw_baseline(block, family, size), (x,), target=draw_target(block, network))
    low, high = sorted((x[variable], y[variable]))
    path = Path((put(x, variable, low), put(x, variable, high if high > low else low + 1)))
    return Case(
        network,
        draw_baseline(block, family, size),
        path=path,
        target=draw_target(block, network),
        facts=(Monotone(variable),),
    )


def _monotone_networks(block: bytes, network: Network, target: int) -> Iterable[Network]:
    """Yield networks near one, that rise in some variable if it can be done, those with more signs first."""
    yield network
    if network.is_plain:
        yield _consistent(network, CONSISTENT(block, network.in_features), target)
    positive = replace(network, layers=map_leaves(network.layers, lambda _, layer: (layer.with_positive_weights(),)))
    numbers = [n for n, layer in enumerate(positive.leaves) if layer.units]
    if TURNED(block) and len(numbers) > 1:
        turned = (numbers[0], numbers[-1])
        yield replace(
            positive,
            layers=map_leaves(positive.layers, lambda n, layer: (_negative(layer) if n in turned else layer,)),
        )
    yield positive


def _negative(layer: Layer) -> Layer:
    weighted = as_weighted(layer)
    return layer if weighted is None else weighted.with_weight(-weighted.array)


def _consistent(network: Network, variable: int, target: int) -> Network:
    """Return a perceptron with signs changed such that every way from a variable to the output multiplies to > 0.

    Each unit rises or falls in the variable as its first weight on such a way says, and the others are made to agree.
    """
    signs: Array = np.zeros(network.in_features)
    signs[variable] = 1
    layers: list[Layer] = []
    for layer in network.layers:
        weighted = as_weighted(layer)
        if weighted is None:
            layers.append(layer)
            continue
        weight = weighted.array
        ways = weight * signs
        above = np.array([np.sign(row[np.flatnonzero(row)[0]]) if row.any() else 0.0 for row in ways])
        if sum(below.units > 0 for below in layers) == len(network.linears) - 1:
            above[target] = abs(above[target])
        layers.append(weighted.with_weight(np.where(ways != 0, above[:, None] * signs * abs(weight), weight)))
        signs = above
    return replace(network, layers=tuple(layers))
