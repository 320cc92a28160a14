"""Cases of networks that are symmetric in two variables, whose values are equal."""

from collections.abc import Sequence
from dataclasses import replace

from ..networks import REWRITES, Case, Conv, Family, Linear, Network, Vector
from ..networks.expressions import Pair, is_symmetric
from ..networks.facts import Fact, Symmetric
from ..networks.parallel import in_parallel, with_input_order
from ..networks.rewrites.rewrite import put
from ..networks.tree import replace_leaves
from .codec import draw_baseline, draw_network, draw_points, draw_target
from .layout import CASE, INPUTS, VARIABLES, case_layout
from .live_outputs import enliven
from .retry_until import and_perceptrons, is_non_vacuous, retry_until
from .rewrites import TWIN, draw_twin

KINDS = tuple(name for name, kind in REWRITES.items() if kind.level == "function")
SYMMETRIC = case_layout("a symmetric function", TWIN)
FIRST = SYMMETRIC.index("the first variable", CASE + 10, shares=True)
DISTANCE = SYMMETRIC.index("how far the second is, beyond 1", CASE + 11, shares=True)
NEIGHBOUR = SYMMETRIC.index("the first of two neighbours", CASE + 12, shares=True)
IN_PARALLEL = SYMMETRIC.chance("two networks in parallel", CASE + 13, 128, shares=True)
HIDDEN = SYMMETRIC.chance("a rewrite that hides it", CASE + 15, 128)
NEIGHBOURS = 6
"""How many pairs of neighbours are tried, in an image or where a block reads the input."""


def _draw(block: bytes, family: Family) -> Case:
    wider = VARIABLES.at_least(block, 2)
    for chosen in and_perceptrons(family):
        network, pairs = _make_symmetric(wider, draw_network(wider, chosen))
        network = enliven(wider, chosen, network)
        pair = next((pair for pair in pairs if is_symmetric(network, draw_target(wider, network), pair)), ())
        if pair:
            break
    return _of(wider, family, network, pair)


symmetric_variables = retry_until(_draw, lambda case: case.fact(Symmetric) is not None and is_non_vacuous(case))
"""A case of a function symmetric in two variables that are equal at every input and at the baseline.

Two columns of weights are the same, or two networks stand side by side of which one reads them the other way round. In
half of the cases a rewrite of the function's layers hides it.
"""


def _of(block: bytes, family: Family, network: Network, pair: Pair) -> Case:
    target, size = draw_target(block, network), network.in_features
    if pair and HIDDEN(block):
        twin = draw_twin(block, network, family, KINDS)
        if is_symmetric(twin.network, target, pair):
            points = _points(block, replace(family, inputs="nonnegative") if twin.on_nonnegative else family, size)
            inputs, baseline = _equalise(points, pair)
            return Case(twin.network, baseline, inputs, target=target, rewrites=twin.rewrites, facts=_facts(pair))
    inputs, baseline = _equalise(_points(block, family, size), pair)
    return Case(network, baseline, inputs, target=target, facts=_facts(pair))


def _points(block: bytes, family: Family, size: int) -> tuple[Vector, ...]:
    inputs = draw_points(block, family, size, INPUTS(block))
    return (*inputs, draw_baseline(block, family, size))


def _equalise(points: tuple[Vector, ...], pair: Pair) -> tuple[tuple[Vector, ...], Vector]:
    *inputs, baseline = (put(x, pair[1], x[pair[0]]) if pair else x for x in points)
    return tuple(inputs), baseline


def _facts(pair: Pair) -> tuple[Fact, ...]:
    return (Symmetric(*pair),) if pair else ()


def _make_symmetric(block: bytes, network: Network) -> tuple[Network, Sequence[Pair]]:
    """Return the network with two variables that it reads alike, as far as small changes can do it; and which."""
    number, first = next(((i, r) for i, r in enumerate(network.leaves) if r.numeric), (0, None))
    size = network.in_features
    if isinstance(first, Linear) and first.in_features == size > 1 and network.layers[0] == first:
        i = FIRST(block, size)
        j = (i + 1 + DISTANCE(block, size - 1)) % size
        pairs = [(min(i, j), max(i, j))]
        if IN_PARALLEL(block) and network.is_plain and len(network.linears) > 1:
            order = [{i: j, j: i}.get(k, k) for k in range(size)]
            return in_parallel((network, with_input_order(network, order)), (1.0, 1.0)), pairs
        rows = tuple(put(row, j, row[i]) for row in first.weight)
        return replace(network, layers=replace_leaves(network.layers, {number: Linear(rows, first.bias)})), pairs
    start = NEIGHBOUR(block, max(size - 1, 1))
    pairs = [(i, i + 1) for i in (*range(start, size - 1), *range(start))][:NEIGHBOURS]
    if isinstance(first, Conv):
        weight = first.array
        weight[..., :] = weight[..., :1]
        network = replace(network, layers=replace_leaves(network.layers, {number: first.with_weight(weight)}))
    return network, pairs
