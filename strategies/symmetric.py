"""Cases of networks that are symmetric in two variables, whose values are equal."""

from collections.abc import Sequence
from dataclasses import replace

from ..networks import REWRITES, Case, Conv, Family, Linear, Network, Vector
from ..networks.expressions import Pair, is_symmetric
from ..networks.facts import Fact, Symmetric
from ..networks.layers import frozen
from ..networks.parallel import beside, reading
from ..networks.rewrites.rewrite import put
from ..networks.tree import exchanged
from .cases import enlivened
from .codec import REWRITES as START
from .codec import SHAPE, draw_baseline, draw_network, draw_points, draw_target
from .retry_until import and_perceptrons, is_lively, steered
from .rewrites import draw_twin

KINDS = tuple(name for name, kind in REWRITES.items() if kind.level == "function")
NEIGHBOURS = 6
"""How many pairs of neighbours are tried, in an image or where a block reads the input."""


def _drawn(block: bytes, family: Family) -> Case:
    wider = bytes([*block[: SHAPE + 1], max(block[SHAPE + 1], 32), *block[SHAPE + 2 :]])
    for chosen in and_perceptrons(family):
        network, pairs = _made_symmetric(wider, draw_network(wider, chosen))
        network = enlivened(wider, chosen, network)
        pair = next((pair for pair in pairs if is_symmetric(network, draw_target(wider, network), pair)), ())
        if pair:
            break
    return _of(wider, family, network, pair)


symmetric_variables = steered(_drawn, lambda case: case.fact(Symmetric) is not None and is_lively(case))
"""A case of a function symmetric in two variables that are equal at every input and at the baseline.

Two columns of weights are the same, or two networks stand side by side of which one reads them the other way round. In
half of the cases a rewrite of the function's layers hides it.
"""


def _of(block: bytes, family: Family, network: Network, pair: Pair) -> Case:
    target, size = draw_target(block, network), network.in_features
    if pair and block[START + 15] >= 128:
        twin = draw_twin(block, network, family, KINDS)
        if is_symmetric(twin.network, target, pair):
            points = _points(block, replace(family, inputs="nonnegative") if twin.on_nonnegative else family, size)
            inputs, baseline = _equalised(points, pair)
            return Case(twin.network, baseline, inputs, target=target, rewrites=twin.rewrites, facts=_facts(pair))
    inputs, baseline = _equalised(_points(block, family, size), pair)
    return Case(network, baseline, inputs, target=target, facts=_facts(pair))


def _points(block: bytes, family: Family, size: int) -> tuple[Vector, ...]:
    inputs = draw_points(block, family, size, 1 + block[SHAPE + 4] // 64)
    return (*inputs, draw_baseline(block, family, size))


def _equalised(points: tuple[Vector, ...], pair: Pair) -> tuple[tuple[Vector, ...], Vector]:
    *inputs, baseline = (put(x, pair[1], x[pair[0]]) if pair else x for x in points)
    return tuple(inputs), baseline


def _facts(pair: Pair) -> tuple[Fact, ...]:
    return (Symmetric(*pair),) if pair else ()


def _made_symmetric(block: bytes, network: Network) -> tuple[Network, Sequence[Pair]]:
    """Return the network with two variables that it reads alike, as far as small changes can do it; and which."""
    number, first = next(((i, r) for i, r in enumerate(network.leaves) if r.numeric), (0, None))
    size = network.in_features
    if isinstance(first, Linear) and first.in_features == size > 1 and network.layers[0] == first:
        i, j = block[START + 10] % size, (block[START + 10] + 1 + block[START + 11] % (size - 1)) % size
        pairs = [(min(i, j), max(i, j))]
        if block[START + 13] >= 128 and network.is_plain and len(network.linears) > 1:
            order = [{i: j, j: i}.get(k, k) for k in range(size)]
            return beside((network, reading(network, order)), (1.0, 1.0)), pairs
        rows = tuple(put(row, j, row[i]) for row in first.weight)
        return replace(network, layers=exchanged(network.layers, {number: Linear(rows, first.bias)})), pairs
    start = block[START + 12] % max(size - 1, 1)
    pairs = [(i, i + 1) for i in (*range(start, size - 1), *range(start))][:NEIGHBOURS]
    if isinstance(first, Conv):
        weight = first.array
        weight[..., :] = weight[..., :1]
        network = replace(network, layers=exchanged(network.layers, {number: replace(first, weight=frozen(weight))}))
    return network, pairs
