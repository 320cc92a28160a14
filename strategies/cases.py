"""What the axioms ask for: cases decoded from a block of bytes."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from ..networks import REWRITES, Branch, Case, Conv, Family, Linear, Network, Path, ReLU, Shape, Vector
from ..networks.facts import Irrelevant, OnKinks
from ..networks.layers import Layer, frozen
from .aims import aimed
from .boundary_points import (
    at_equal_preactivation,
    at_zero_denominator,
    at_zero_preactivation,
    moving,
    on_kink,
    partly_at,
    through,
    tied,
    within_reach,
)
from .codec import draw_baseline, draw_network, draw_points, draw_target
from .draws import Draw, replace_bytes
from .layout import CASE, COMMON, INPUTS, KINK, LIKE_INPUT, VARIABLES, WHICH_LIKE_INPUT, case_layout
from .live_outputs import enliven
from .rewrites import CHOSEN, TWIN, draw_twin, wanted

SINGLE = case_layout("a network", COMMON)
WHICH = SINGLE.index("which unit, or variables", CASE + 14)
SPECIAL = SINGLE.among(
    "special inputs",
    CASE + 15,
    {"none": 184, "zero denominators": 24, "pre-activations of the baseline": 24, "ties": 24},
)

AIMED_TWIN = case_layout("a twin with inputs at zeros", TWIN)
ZERO = AIMED_TWIN.index("which unit's zero", CASE + 14, shares=True)
ZEROS = AIMED_TWIN.among("zero pre-activations", CASE + 15, {"none": 64, "rewritten first": 144, "own first": 48})


def one_network(block: bytes, family: Family) -> Case:
    """Return a case of one network with one to four inputs; in a quarter of them all but the first are special.

    They are at zero denominators, where a unit is as at the baseline, or have equal variables.
    """
    case = _at_points(block, family, enliven(block, family, draw_network(block, family)))
    return _special(block, family, case) if SPECIAL(block) != "none" else case


def _special(block: bytes, family: Family, case: Case) -> Case:
    """Move all inputs but the first, at which the network was made alive."""
    network, nonnegative, kind = case.network, family.inputs == "nonnegative", SPECIAL(block)

    def moved(x: Vector, choice: int) -> Vector:
        if kind == "ties":
            return tied(x, choice)
        if kind == "zero denominators":
            return at_zero_denominator(network, x, choice, nonnegative=nonnegative)
        return at_equal_preactivation(network, x, case.baseline, choice, nonnegative=nonnegative)

    first, *others = case.inputs
    return replace(case, inputs=(first, *(moved(x, WHICH(block, 256) + place) for place, x in enumerate(others))))


def one_twin(block: bytes, family: Family, kinds: Sequence[str] = tuple(REWRITES)) -> Case:
    """Return a case of a network and its re-implementation, with one to four inputs on which they are equal.

    ``kinds`` names the rewrites that may be used.
    """
    block = aimed(block, family, wanted(block, family, kinds))
    twin = draw_twin(block, enliven(block, family, draw_network(block, family)), family, kinds)
    if twin.on_nonnegative:
        family = replace(family, inputs="nonnegative")
    case = replace(_at_points(block, family, twin.network), rewrites=twin.rewrites)
    return _at_zeros(block, family, case) if ZEROS(block) != "none" else case


def _at_zeros(block: bytes, family: Family, case: Case) -> Case:
    """Move all inputs but the last to zero pre-activations of either network, if they stay in the family."""
    inputs = list(case.inputs)
    networks = case.networks if ZEROS(block) == "own first" else case.networks[::-1]
    for number, x in enumerate(inputs[: max(len(inputs) - 1, 1)]):
        choice = ZERO(block, 256) + number
        moved = (at_zero_preactivation(network, x, choice) for network in networks)
        at_zero = next((there for there in moved if there != x), x)
        inputs[number] = at_zero if family.admits_point(at_zero) else x
    return replace(case, inputs=tuple(inputs))


def one_path(block: bytes, family: Family) -> Case:
    """Return a case of a network with a path: of one to three segments, through a kink, or of a moving pattern."""
    network = enliven(block, family, draw_network(block, family))
    baseline = _baseline(block, family, network)
    points = draw_points(block, family, network.in_features, 4)
    drawn = (block, family, network, points, baseline)
    course = BASELINE_COURSE if "baselinekinks" in family.items else COURSE
    path = course(block)(*drawn) or _polyline(*drawn)
    return Case(network, baseline, path=path, target=draw_target(block, network))


Points = tuple[Vector, ...]


def _polyline(block: bytes, family: Family, network: Network, points: Points, baseline: Vector) -> Path:
    vertices = points[: 1 + SEGMENTS(block)]
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
    point = on_kink(network, points[0], CROSSED(block, 256), nonnegative=family.inputs == "nonnegative")
    if point is None:
        return None
    path = through(point, points[1])
    return path if all(map(family.admits_point, path.vertices)) else None


def _moving(block: bytes, family: Family, network: Network, points: Points, baseline: Vector) -> Path | None:
    return moving(points[0], network.shape) if len(network.shape) > 1 else None


Course = Callable[[bytes, Family, Network, Points, Vector], Path | None]


PATH = case_layout("a path", COMMON)
SEGMENTS = PATH.among("segments", CASE, {1: 128, 2: 84, 3: 44})
COURSE: Draw[Course] = PATH.among(
    "course", CASE + 1, {_polyline: 112, _from_baseline: 48, _through_kink: 64, _moving: 32}
)
BASELINE_COURSE: Draw[Course] = PATH.among(
    "course where baselines lie on kinks",
    CASE + 1,
    {_polyline: 112, _from_baseline: 64, _around_baseline: 80},
    shares=True,
)
CROSSED = PATH.index("which kink is crossed", CASE + 2)

NULL = case_layout("a network that ignores variables", COMMON)
PAIR = NULL.chance("a cancelling pair", CASE, 128)
SOURCE = NULL.index("which of the variables the pair reads", CASE + 3)
IGNORED = NULL.index("which variables are ignored", CASE + 15)


def irrelevant_variables(block: bytes, family: Family) -> Case:
    """Return a case of a network that does not depend on some of its two or more variables.

    Their weights are zero; in half of the cases a pair of units reads one of them and cancels.
    """
    wider = VARIABLES.at_least(block, 2)
    for chosen in (family, replace(family, items=frozenset({"mlp"}))):
        masks = "conv" in chosen.items
        network, irrelevant = without_influence(draw_network(wider, chosen), IGNORED(block, 256), masks_images=masks)
        if 0 < len(irrelevant) < network.in_features:
            break
    case = _at_points(wider, family, enliven(wider, family, network))
    case = replace(case, facts=(Irrelevant(irrelevant), *case.facts)) if irrelevant else case
    return _with_cancelling_pair(block, family, case) if PAIR(block) else case


def without_influence(network: Network, byte: int, *, masks_images: bool) -> tuple[Network, tuple[int, ...]]:
    """Return the network with the weights of some variables, or of a channel, 0 where they are read; and which."""
    first, size = network.layers[0], network.in_features
    if isinstance(first, Linear) and size > 1:
        chosen = 1 + byte % (2**size - 2)
        gone = tuple(i for i in range(size) if chosen >> (size - 1 - i) & 1)
        return _with_first(network, first.without_inputs(gone)), gone
    if isinstance(first, Conv) and first.groups == 1 and first.in_channels > 1:
        network = _with_first(network, first.without_inputs((byte % first.in_channels,)))
    elif network.shape[0] > 1 and (masks_images or len(network.shape) == 1):
        network = replace(network, layers=(*_mask(network.shape, byte), *network.layers))
    reached: list[bool] = np.any(network.influence, axis=1).tolist()
    return network, tuple(i for i in range(size) if not reached[i])


def _with_first(network: Network, layer: Layer) -> Network:
    return replace(network, layers=(layer, *network.layers[1:]))


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
    first = CHOSEN[0].place
    at_source = replace_bytes(block, {first + 1: 0, first + 2: SOURCE.of(block, irrelevant)})
    twin = draw_twin(at_source, case.network, family, kinds=("cancelling-pair",), count=1)
    return replace(case, rewrites=twin.rewrites)


def _at_points(block: bytes, family: Family, network: Network) -> Case:
    size = network.in_features
    inputs = draw_points(block, family, size, INPUTS(block))
    baseline = _baseline(block, family, network)
    case = Case(network, baseline, inputs=inputs, target=draw_target(block, network))
    return _on_kinks(block, family, case) if "kinks" in family.items else case


def _on_kinks(block: bytes, family: Family, case: Case) -> Case:
    """Move the first input onto a kink."""
    first = _onto_kink(block, family, case.network, case.inputs[0])
    return replace(case, inputs=(first, *case.inputs[1:]), facts=(OnKinks(),))


def _baseline(block: bytes, family: Family, network: Network) -> Vector:
    """Return the baseline, with some variables as in the first input now and then, on a kink where the family asks."""
    baseline = draw_baseline(block, family, network.in_features)
    if LIKE_INPUT(block):
        (first,) = draw_points(block, family, network.in_features, 1)
        baseline = partly_at(first, baseline, WHICH_LIKE_INPUT(block, 256))
    return _onto_kink(block, family, network, baseline) if "baselinekinks" in family.items else baseline


def _onto_kink(block: bytes, family: Family, network: Network, x: Vector) -> Vector:
    """Return ``x`` moved onto a kink, or ``x`` if none is met."""
    return on_kink(network, x, KINK(block, 256), nonnegative=family.inputs == "nonnegative") or x
