"""What the axioms ask for: cases decoded from a block of bytes."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from ..networks import REWRITES, Branch, Case, Conv, Family, Linear, Network, Path, ReLU, Shape, Vector
from ..networks.facts import Irrelevant, OnKinks
from ..networks.layers import frozen
from ..networks.rewrites.rewrite import scaled, with_linears
from ..networks.tree import exchanged
from .boundary_points import at_zero_denominator, at_zero_preactivation, moving, on_kink, through, within_reach
from .codec import REWRITES as START
from .codec import SHAPE, WEIGHTS, draw_baseline, draw_network, draw_points, draw_target
from .rewrites import draw_twin


def one_network(block: bytes, family: Family) -> Case:
    """Return a case of one network with one to four inputs; in one case of ten some are at zero denominators."""
    case = _at_points(block, family, enlivened(block, family, draw_network(block, family)))
    return _at_denominators(block, family, case) if block[START + 15] >= 232 else case


def _at_denominators(block: bytes, family: Family, case: Case) -> Case:
    """Move all inputs but the first, at which the network was enlivened, to zeros of denominators."""
    aimed = (
        at_zero_denominator(case.network, x, block[START + 14] + number, nonnegative=family.inputs == "nonnegative")
        for number, x in enumerate(case.inputs[1:])
    )
    return replace(case, inputs=(case.inputs[0], *aimed))


def one_twin(block: bytes, family: Family, kinds: Sequence[str] = tuple(REWRITES)) -> Case:
    """Return a case of a network and its re-implementation, with one to four inputs on which they are equal.

    ``kinds`` names the rewrites that may be used.
    """
    twin = draw_twin(block, enlivened(block, family, draw_network(block, family)), family, kinds)
    if twin.on_nonnegative:
        family = replace(family, inputs="nonnegative")
    case = replace(_at_points(block, family, twin.network), rewrites=twin.rewrites)
    return _aimed(block, family, case) if block[START + 15] >= 64 else case


def _aimed(block: bytes, family: Family, case: Case) -> Case:
    """Move all inputs but the last to zero pre-activations of either network, if they stay in the family."""
    inputs = list(case.inputs)
    networks = case.networks[::-1] if block[START + 15] < 208 else case.networks
    for number, x in enumerate(inputs[: max(len(inputs) - 1, 1)]):
        choice = block[START + 14] + number
        moved = (at_zero_preactivation(network, x, choice) for network in networks)
        aimed = next((there for there in moved if there != x), x)
        inputs[number] = aimed if family.admits_point(aimed) else x
    return replace(case, inputs=tuple(inputs))


def one_path(block: bytes, family: Family) -> Case:
    """Return a case of a network with a path: of one to three segments, through a kink, or of a moving pattern."""
    network = enlivened(block, family, draw_network(block, family))
    baseline = _baseline(block, family, network)
    points = draw_points(block, family, network.in_features, 4)
    drawn = (block, family, network, points, baseline)
    path = _course(block[START + 1], family)(*drawn) or _polyline(*drawn)
    return Case(network, baseline, path=path, target=draw_target(block, network))


Points = tuple[Vector, ...]


def _polyline(block: bytes, family: Family, network: Network, points: Points, baseline: Vector) -> Path:
    vertices = points[: 2 + (block[START] >= 128) + (block[START] >= 212)]
    if len(set(vertices)) == 1:
        vertices = (vertices[0], tuple(x + 1 for x in vertices[0]))
    return Path(vertices)


def _from_baseline(block: bytes, family: Family, network: Network, points: Points, baseline: Vector) -> Path | None:
    return Path((baseline, points[0])) if points[0] != baseline else None


def _around_baseline(block: bytes, family: Family, network: Network, points: Points, baseline: Vector) -> Path | None:
    """Return a triangle's two sides around the baseline, so that it crosses all kinks on which that lies."""
    opposite = tuple(2 * b - x for x, b in zip(points[0], baseline, strict=True))
    vertices = (points[0], points[1], opposite)
    admitted = within_reach(opposite) and all(map(family.admits_point, vertices))
    return Path(vertices) if len(set(vertices)) == 3 and admitted else None


def _through_kink(block: bytes, family: Family, network: Network, points: Points, baseline: Vector) -> Path | None:
    point = on_kink(network, points[0], block[START + 2], nonnegative=family.inputs == "nonnegative")
    if point is None:
        return None
    path = through(point, points[1])
    return path if all(map(family.admits_point, path.vertices)) else None


def _moving(block: bytes, family: Family, network: Network, points: Points, baseline: Vector) -> Path | None:
    return moving(points[0], network.shape) if len(network.shape) > 1 else None


Course = Callable[[bytes, Family, Network, Points, Vector], Path | None]


def _course(byte: int, family: Family) -> Course:
    if "baselinekinks" in family.items and byte >= 112:
        return _from_baseline if byte < 176 else _around_baseline
    return (_polyline, _from_baseline, _through_kink, _moving)[sum(byte >= start for start in (112, 160, 224))]


def irrelevant_variables(block: bytes, family: Family) -> Case:
    """Return a case of a network that does not depend on some of its two or more variables.

    Their weights are zero; in half of the cases a pair of units reads one of them and cancels.
    """
    wider = bytes([*block[: SHAPE + 1], max(block[SHAPE + 1], 32), *block[SHAPE + 2 :]])
    for chosen in (family, replace(family, items=frozenset({"mlp"}))):
        masks = "conv" in chosen.items
        network, irrelevant = without_influence(draw_network(wider, chosen), block[WEIGHTS - 1], masks_images=masks)
        if 0 < len(irrelevant) < network.in_features:
            break
    case = _at_points(wider, family, enlivened(wider, family, network))
    case = replace(case, facts=(Irrelevant(irrelevant), *case.facts)) if irrelevant else case
    return _with_cancelling_pair(block, family, case) if block[START] >= 128 else case


def without_influence(network: Network, byte: int, *, masks_images: bool) -> tuple[Network, tuple[int, ...]]:
    """Return the network with the weights of some variables, or of a channel, 0 where they are read; and which."""
    number, first = next(((i, r) for i, r in enumerate(network.leaves) if r.numeric), (0, None))
    size = network.in_features
    if isinstance(first, Linear) and first.in_features == size > 1 and network.layers[0] == first:
        chosen = 1 + byte % (2**size - 2)
        gone = tuple(i for i in range(size) if chosen >> (size - 1 - i) & 1)
        rows = tuple(tuple(0.0 if i in gone else w for i, w in enumerate(row)) for row in first.weight)
        return replace(network, layers=exchanged(network.layers, {number: Linear(rows, first.bias)})), gone
    if isinstance(first, Conv) and first.groups == 1 and first.in_channels > 1 and network.layers[0] == first:
        weight = first.array
        weight[:, byte % first.in_channels] = 0
        network = replace(network, layers=exchanged(network.layers, {number: replace(first, weight=frozen(weight))}))
    elif network.shape[0] > 1 and (masks_images or len(network.shape) == 1):
        network = replace(network, layers=(*_mask(network.shape, byte), *network.layers))
    reached: list[bool] = np.any(network.influence, axis=1).tolist()
    return network, tuple(i for i in range(size) if not reached[i])


def _mask(shape: Shape, byte: int) -> Branch:
    """Return layers that pass all variables, or channels, but some."""
    chosen = 1 + byte % (2 ** shape[0] - 2)
    kept = np.diag([float(not chosen >> i & 1) for i in range(shape[0])])
    zeros = (0.0,) * shape[0]
    if len(shape) == 1:
        return (Linear(frozen(kept), zeros), ReLU())
    return (Conv.of(kept.reshape(*kept.shape, *[1] * (len(shape) - 1))), ReLU())


def _with_cancelling_pair(block: bytes, family: Family, case: Case) -> Case:
    irrelevant = case.variables(Irrelevant)
    if not irrelevant:
        return case
    source = irrelevant[block[START + 3] % len(irrelevant)]
    at_source = bytes([*block[: START + 2], 0, source, *block[START + 4 :]])
    twin = draw_twin(at_source, case.network, family, kinds=("cancelling-pair",), count=1)
    return replace(case, rewrites=twin.rewrites)


def _at_points(block: bytes, family: Family, network: Network) -> Case:
    size = network.in_features
    inputs = draw_points(block, family, size, 1 + block[SHAPE + 4] // 64)
    baseline = _baseline(block, family, network)
    case = Case(network, baseline, inputs=inputs, target=draw_target(block, network))
    return _on_kinks(block, family, case) if "kinks" in family.items else case


def _on_kinks(block: bytes, family: Family, case: Case) -> Case:
    """Move the first input onto a kink."""
    first = _moved(block, family, case.network, case.inputs[0])
    return replace(case, inputs=(first, *case.inputs[1:]), facts=(OnKinks(),))


def _baseline(block: bytes, family: Family, network: Network) -> Vector:
    """Return the baseline, on a kink where the family asks for it."""
    baseline = draw_baseline(block, family, network.in_features)
    return _moved(block, family, network, baseline) if "baselinekinks" in family.items else baseline


def _moved(block: bytes, family: Family, network: Network, x: Vector) -> Vector:
    """Return ``x`` moved onto a kink, or ``x`` if none is met."""
    return on_kink(network, x, block[START + 13], nonnegative=family.inputs == "nonnegative") or x


def enlivened(block: bytes, family: Family, network: Network) -> Network:
    """Turn the sign of the target's weights where a final ReLU would be dead at the first point."""
    if not network.ends_in_relu or len(network.layers) < 2 or not isinstance(network.layers[-2], Linear):
        return network
    point: Vector = draw_points(block, family, network.in_features, 1)[0]
    target = draw_target(block, network)
    if network.exact(point)[target] > 0:
        return network
    last = network.linears[-1]
    weight = tuple(scaled(row, -1.0) if i == target else row for i, row in enumerate(last.weight))
    return with_linears(network, {len(network.linears) - 1: Linear(weight, last.bias)})
