"""Cases of functions that never fall in one variable, and a path along it."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from ..networks import Array, BatchNorm, Case, Family, Layer, Linear, Network, Path
from ..networks.facts import Rising
from ..networks.layers import Convolution, frozen
from ..networks.rewrites.rewrite import put
from ..networks.tree import changed
from .cases import enlivened
from .codec import REWRITES as START
from .codec import draw_baseline, draw_network, draw_points, draw_target
from .retry_until import and_perceptrons, steered


def _drawn(block: bytes, family: Family) -> Case:
    for chosen in and_perceptrons(family):
        drawn = enlivened(block, chosen, draw_network(block, chosen))
        target = draw_target(block, drawn)
        for network in _rising_networks(block, drawn, target):
            rising = [i for i in range(network.in_features) if network.rises(i, target)]
            if rising and network in family:
                return _along(block, family, network, rising[block[START + 12] % len(rising)])
    return _along(block, family, drawn, None)


def _changes(case: Case) -> bool:
    if case.fact(Rising) is None or case.path is None:
        return False
    start, end = case.path.vertices
    return case.network.exact(start)[case.target] != case.network.exact(end)[case.target]


rising_functions = steered(_drawn, _changes)
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
        facts=(Rising(variable),),
    )


def _rising_networks(block: bytes, network: Network, target: int) -> Iterable[Network]:
    """Yield networks near one, that rise in some variable if it can be done, those with more signs first."""
    yield network
    if network.is_plain:
        yield _consistent(network, block[START + 13] % network.in_features, target)
    positive = replace(network, layers=changed(network.layers, lambda _, layer: (_positive(layer),)))
    numbers = [n for n, layer in enumerate(positive.leaves) if isinstance(layer, (Linear, Convolution))]
    if block[START + 14] >= 128 and len(numbers) > 1:
        turned = (numbers[0], numbers[-1])
        yield replace(
            positive,
            layers=changed(positive.layers, lambda n, layer: (_negative(layer) if n in turned else layer,)),
        )
    yield positive


def _positive(layer: Layer) -> Layer:
    if isinstance(layer, (Linear, Convolution, BatchNorm)):
        return replace(layer, weight=frozen(np.abs(np.array(layer.weight))))
    return layer


def _negative(layer: Layer) -> Layer:
    assert isinstance(layer, (Linear, Convolution))
    return replace(layer, weight=frozen(-np.array(layer.weight)))


def _consistent(network: Network, variable: int, target: int) -> Network:
    """Return a perceptron with signs changed such that every way from a variable to the output multiplies to > 0.

    Each unit rises or falls in the variable as its first weight on such a way says, and the others are made to agree.
    """
    signs: Array = np.zeros(network.in_features)
    signs[variable] = 1
    layers: list[Layer] = []
    last = len(network.linears) - 1
    for layer in network.layers:
        if isinstance(layer, Linear):
            weight = np.array(layer.weight)
            ways = weight * signs
            above = np.array([np.sign(row[np.flatnonzero(row)[0]]) if row.any() else 0.0 for row in ways])
            if sum(isinstance(below, Linear) for below in layers) == last:
                above[target] = abs(above[target])
            layers.append(
                replace(layer, weight=frozen(np.where(ways != 0, above[:, None] * signs * abs(weight), weight)))
            )
            signs = above
        else:
            layers.append(layer)
    return replace(network, layers=tuple(layers))
