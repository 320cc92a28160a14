"""What the axioms ask for: cases decoded from a block of bytes."""

from dataclasses import replace

from ..networks import Case, Family, Linear, Network, Path, Vector
from ..networks.rewrites.rewrite import scaled, with_linears
from .aiming import at_zero_preactivation
from .codec import REWRITES, SHAPE, WEIGHTS, draw_baseline, draw_network, draw_points, draw_target
from .rewriting import draw_twin


def one_network(block: bytes, family: Family) -> Case:
    """Return a case of one network with one to four inputs."""
    return _at_points(block, family, _enlivened(block, family, draw_network(block, family)))


def one_twin(block: bytes, family: Family) -> Case:
    """Return a case of a network and its re-implementation, with one to four inputs on which they are equal."""
    twin = draw_twin(block, _enlivened(block, family, draw_network(block, family)), family)
    if twin.on_nonnegative:
        family = replace(family, inputs="nonnegative")
    case = replace(_at_points(block, family, twin.network), rewrites=twin.rewrites)
    return _aimed(block, family, case) if block[REWRITES + 15] >= 128 else case


def _aimed(block: bytes, family: Family, case: Case) -> Case:
    """Move the first input to a zero pre-activation of the re-implementation, if it stays in the family."""
    aimed = at_zero_preactivation(case.networks[-1], case.inputs[0], block[REWRITES + 14])
    if family.inputs == "nonnegative" and min(aimed) < 0:
        return case
    return replace(case, inputs=(aimed, *case.inputs[1:]))


def one_path(block: bytes, family: Family) -> Case:
    """Return a case of a network with a path of one to three segments."""
    network = _enlivened(block, family, draw_network(block, family))
    size = network.in_features
    vertices = draw_points(block, family, size, 2 + (block[REWRITES] >= 128) + (block[REWRITES] >= 212))
    if len(set(vertices)) == 1:
        vertices = (vertices[0], tuple(x + 1 for x in vertices[0]))
    baseline = draw_baseline(block, family, size)
    return Case(network, baseline, path=Path(vertices), target=draw_target(block, network))


def irrelevant_variables(block: bytes, family: Family) -> Case:
    """Return a case of a network that does not depend on some of its two or more variables.

    Their weights are zero; in half of the cases a pair of units reads one of them and cancels.
    """
    wider = bytes([*block[: SHAPE + 1], max(block[SHAPE + 1], 32), *block[SHAPE + 2 :]])
    network = draw_network(wider, family)
    size = network.in_features
    chosen = 1 + block[WEIGHTS - 1] % (2**size - 2)
    irrelevant = tuple(i for i in range(size) if chosen >> (size - 1 - i) & 1)
    first = network.linears[0]
    weight = tuple(tuple(0.0 if i in irrelevant else w for i, w in enumerate(row)) for row in first.weight)
    network = _enlivened(wider, family, with_linears(network, {0: Linear(weight, first.bias)}))
    case = replace(_at_points(wider, family, network), irrelevant=irrelevant)
    return _with_cancelling_pair(block, family, case) if block[REWRITES] >= 128 else case


def _with_cancelling_pair(block: bytes, family: Family, case: Case) -> Case:
    source = case.irrelevant[block[REWRITES + 3] % len(case.irrelevant)]
    at_source = bytes([*block[: REWRITES + 2], 0, source, *block[REWRITES + 4 :]])
    twin = draw_twin(at_source, case.network, family, kinds=("cancelling-pair",), count=1)
    return replace(case, rewrites=twin.rewrites)


def _at_points(block: bytes, family: Family, network: Network) -> Case:
    size = network.in_features
    inputs = draw_points(block, family, size, 1 + block[SHAPE + 4] // 64)
    baseline = draw_baseline(block, family, size)
    return Case(network, baseline, inputs=inputs, target=draw_target(block, network))


def _enlivened(block: bytes, family: Family, network: Network) -> Network:
    """Turn the sign of the target's weights where a final ReLU would be dead at the first point."""
    if not network.ends_in_relu:
        return network
    point: Vector = draw_points(block, family, network.in_features, 1)[0]
    target = draw_target(block, network)
    if network.exact(point)[target] > 0:
        return network
    last = network.linears[-1]
    weight = tuple(scaled(row, -1.0) if i == target else row for i, row in enumerate(last.weight))
    return with_linears(network, {len(network.linears) - 1: Linear(weight, last.bias)})
