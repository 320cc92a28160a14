"""Kinks on paths against activation patterns in plain loops.

The points of one pattern (the signs of all pre-activations at their thresholds, the winners of all windows) form a
convex set: where the patterns of the layers below are fixed, thresholds are crossed by affine functions. So two points
of a straight line that share a pattern show that it holds all the way between them.
"""

from fractions import Fraction
from itertools import pairwise
from random import Random

import pytest

from axiomcheck.engine.campaign import DEFAULT_FAMILIES
from axiomcheck.networks import (
    Concat,
    ConvTranspose,
    Flatten,
    Hardtanh,
    LeakyReLU,
    Linear,
    MaxPool,
    Network,
    Path,
    PReLU,
    ReLU,
    ReLU6,
    Residual,
    Softmax,
)
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies.codec import block_size, draw_network
from axiomcheck.strategies.tables import COORDINATES

NETWORKS = 100
LONG = 1000
SAMPLES = 16
BITS = 60
NEAR = Fraction(1, 2**BITS)

SUM = Linear(((1.0, -1.0, 1.0),), (0.0,))
CHAIN = (Linear(((1.0, 0.0), (0.0, 1.0), (1.0, 1.0)), (0.0, 0.0, -1.0)), ReLU(), SUM, ReLU())
FLAT_HALF = Network(CHAIN)
"""relu(relu(x1) - relu(x2) + relu(x1 + x2 - 1)): from 0 to (1, 1) the last unit is 0 on the first half."""

THRESHOLDS = {
    ReLU: lambda _: (0,),
    LeakyReLU: lambda _: (0,),
    PReLU: lambda _: (0,),
    ReLU6: lambda _: (0, 6),
    Hardtanh: lambda layer: (layer.low, layer.high),
}


@pytest.fixture(scope="session")
def pattern(entering, covered):
    """Return a function for the activation pattern at a point, by layer and unit."""

    def signs(network, x):
        found = {}
        for number, (layer, grid) in enumerate(entering(network, x)):
            values = [grid[place] for place in sorted(grid)]
            if isinstance(layer, MaxPool):
                found.update({(number, unit): _winners(window) for unit, window in enumerate(covered(layer, grid))})
            elif type(layer) in THRESHOLDS:
                for unit, z in enumerate(values):
                    found[number, unit] = tuple((z > t) - (z < t) for t in THRESHOLDS[type(layer)](layer))
        return found

    return signs


def _winners(window):
    return frozenset(position for position, value in enumerate(window) if value == max(window))


def _is_threshold(found):
    """Whether a unit's pattern is that of a threshold or a tie."""
    return len(found) > 1 if isinstance(found, frozenset) else 0 in found


def _paths(networks, seed):
    """Yield the networks with paths of one or two segments, some of them between simple points."""
    random = Random(seed)
    for network in networks:
        coordinates = random.choice((COORDINATES, (-1.0, 0.0, 1.0, 2.0, 6.0)))
        corners = [tuple(random.choice(coordinates) for _ in range(network.in_features)) for _ in range(3)]
        yield network, Path(tuple(corners[: random.randint(2, 3)]))


def _cuts(network, path):
    """Return all parameters at which kinks begin and end, and those of the corners."""
    kinks = network.kinks(path)
    return sorted({kink.at for kink in kinks} | {kink.until for kink in kinks} | set(range(path.segments + 1)))


def _without_kinks_nothing_changes(network, path, pattern):
    """Between neighbouring kinks the pattern is one and the same; return how many of the stretches were looked at."""
    cuts = [Fraction(t) for t in _cuts(network, path)]
    for left, right in pairwise(cuts):
        inset = (right - left) * NEAR
        assert pattern(network, path.point(left + inset)) == pattern(network, path.point(right - inset))
    return len(cuts) - 1


def _kinks_are_where_patterns_change(network, path, pattern):
    """At each kink its unit is at a threshold, or tied, and is not so all around; return how many there are."""
    kinks = network.kinks(path)
    for kink in kinks:
        unit = (kink.layer, kink.unit)
        middle = pattern(network, path.point((kink.at + kink.until) / 2))[unit]
        assert _is_threshold(middle)
        if kink.at == kink.until:
            sides = [t for t in (kink.at - NEAR, kink.at + NEAR) if 0 <= t <= path.segments]
            assert any(pattern(network, path.point(t))[unit] != middle for t in sides)
        else:
            assert _changes_around(network, path.point((kink.at + kink.until) / 2), pattern, {unit})
    return len(kinks)


def _changes_around(network, x, pattern, units):
    """Whether the pattern of any of ``units`` is another somewhere around ``x``."""
    here, random = pattern(network, x), Random(23)
    for _ in range(8):
        moved = pattern(network, [value + Fraction(random.randint(-(2**20), 2**20), 2**70) for value in x])
        if any(moved[unit] != here[unit] for unit in units):
            return True
    return False


def _compare(networks, seed, pattern):
    stretches = kinks = 0
    for network, path in _paths(networks, seed):
        stretches += _without_kinks_nothing_changes(network, path, pattern)
        kinks += _kinks_are_where_patterns_change(network, path, pattern)
    return stretches, kinks


def test_kinks_are_where_the_pattern_changes(random_networks, pattern):
    """On networks of all layers each change of pattern lies at a kink, and each kink is one, or runs along one."""
    stretches, kinks = _compare(random_networks(NETWORKS, 30, thirds=True, softmax=True), 30, pattern)
    assert min(stretches, kinks) > 3 * NETWORKS


@pytest.mark.long
def test_kinks_are_where_the_pattern_changes_on_many_networks(random_networks, pattern):
    """So it is on many more."""
    stretches, kinks = _compare(random_networks(LONG, 31, thirds=True, softmax=True), 31, pattern)
    assert min(stretches, kinks) > 3 * LONG


@pytest.mark.parametrize("preset", DEFAULT_FAMILIES)
def test_kinks_of_drawn_networks(preset, draw_blocks, pattern):
    """So it is on the networks that are drawn for the families."""
    family = PRESETS[preset]
    networks = [draw_network(block, family) for block in draw_blocks(40, 21, block_size(family))]
    stretches, kinks = _compare(networks, 32, pattern)
    assert min(stretches, kinks) > 40


def test_bisection_finds_no_other_kinks(random_networks, pattern):
    """Changes between fine samples, bisected to 2⁻⁶⁰ of the path, are kinks of the unit that changes."""
    changes = 0
    for network, path in _paths(random_networks(12, 33), 33):
        kinks = network.kinks(path)
        for unit, t in _bisected(network, path, pattern):
            changes += 1
            same = [kink for kink in kinks if (kink.layer, kink.unit) == unit]
            assert any(min(abs(kink.at - t), abs(kink.until - t)) < 4 * NEAR for kink in same)
    assert changes > 25


def _bisected(network, path, pattern):
    """Yield the unit and the parameter of every change between samples off the simple numbers."""
    inner = [Fraction(3 * i + 1, 3 * SAMPLES) for i in range(SAMPLES * path.segments)]
    ts = [Fraction(0), *inner, Fraction(path.segments)]
    patterns = [pattern(network, path.point(t)) for t in ts]
    for (left, before), (right, behind) in pairwise(zip(ts, patterns, strict=True)):
        for unit in (unit for unit in before if before[unit] != behind[unit]):
            low, high = left, right
            while high - low > NEAR:
                middle = Fraction(int((low + high) * 2 ** (BITS + 3)), 2 ** (BITS + 4))
                here = pattern(network, path.point(middle))[unit]
                low, high = (middle, high) if here == before[unit] else (low, middle)
            yield unit, low


def test_points_on_kinks_are_those_around_which_the_pattern_changes(random_networks, pattern):
    """``on_kink`` says whether some unit at a threshold, or tied, is so there but not all around."""
    random, answers = Random(24), []
    for network in random_networks(150, 24):
        x = tuple(float(random.randint(-2, 2)) for _ in range(network.in_features))
        units = {unit for unit, found in pattern(network, x).items() if _is_threshold(found)}
        answers.append(network.on_kink(x))
        assert answers[-1] == _changes_around(network, x, pattern, units)
    assert 30 < sum(answers) < 130


def test_kinks_on_a_line_are_exact():
    """relu(3·x1 - 1) has its kink at a third of the way from 0 to 1."""
    network = Network((Linear(((3.0,),), (-1.0,)), ReLU()))
    (kink,) = network.kinks(Path(((0.0,), (1.0,))))
    assert (kink.at, kink.until, kink.layer, kink.unit) == (Fraction(1, 3), Fraction(1, 3), 1, 0)


def test_kinks_come_in_order_and_once():
    """A kink on a corner of the path is told once, and all are sorted by parameter."""
    network = Network((Linear(((1.0,), (2.0,)), (0.0, -1.0)), ReLU()))
    kinks = network.kinks(Path(((-1.0,), (0.0,), (1.0,))))
    assert [(kink.at, kink.unit) for kink in kinks] == [(1, 0), (Fraction(3, 2), 1)]


def test_the_way_back_has_the_same_kinks(random_networks):
    """Turned round, a path meets each kink at the mirrored parameter."""
    for network, path in _paths(random_networks(60, 25), 25):
        back = network.kinks(Path(path.vertices[::-1]))
        mirrored = {(path.segments - k.until, path.segments - k.at, k.layer, k.unit) for k in back}
        assert {(k.at, k.until, k.layer, k.unit) for k in network.kinks(path)} == mirrored


def test_a_path_that_runs_along_a_kink():
    """Along x1 = x2 the unit x1 - x2 is 0 all the way."""
    network = Network((Linear(((1.0, -1.0),), (0.0,)), ReLU()))
    (kink,) = network.kinks(Path(((0.0, 0.0), (1.0, 1.0))))
    assert (kink.at, kink.until) == (0, 1)


def test_half_a_path_runs_along_a_kink():
    """From 0 to (1, 1) relu(x1) - relu(x2) + relu(x1 + x2 - 1) is 0 half of the way, and runs along its kink."""
    along = [k for k in FLAT_HALF.kinks(Path(((0.0, 0.0), (1.0, 1.0)))) if k.until > k.at]
    assert [(k.at, k.until, k.layer) for k in along] == [(0, Fraction(1, 2), 3)]
    assert not FLAT_HALF.on_kink((1.0, 1.0))
    assert FLAT_HALF.on_kink((0.25, 0.25))


def test_dead_units_make_no_kink():
    """A ReLU fed by dead ReLUs alone is 0 on an open set: no kink, neither on a path nor at a point."""
    network = Network((Linear(((1.0,), (2.0,)), (-5.0, -5.0)), ReLU(), Linear(((1.0, -1.0),), (0.0,)), ReLU()))
    assert network.kinks(Path(((-1.0,), (1.0,)))) == ()
    assert not network.on_kink((0.0,))


def test_a_unit_that_dies_on_the_way_has_its_kink_where_it_dies():
    """relu(relu(x1)) has both kinks at 0 and none on the dead side."""
    network = Network((Linear(((1.0,),), (0.0,)), ReLU(), Linear(((1.0,),), (0.0,)), ReLU()))
    kinks = network.kinks(Path(((-1.0,), (1.0,))))
    assert [(k.at, k.until, k.layer) for k in kinks] == [(Fraction(1, 2), Fraction(1, 2), layer) for layer in (1, 3)]


def test_linear_networks_have_no_kinks():
    """Without a ReLU nothing is a kink."""
    network = Network((Linear(((1.0,),), (0.0,)),))
    assert network.kinks(Path(((-1.0,), (1.0,)))) == ()
    assert not network.on_kink((0.0,))


@pytest.mark.parametrize(
    ("layers", "shape", "path", "places"),
    [
        ((ReLU(),), (1,), ((-1.0,), (1.0,)), [(Fraction(1, 2), 0)]),
        ((PReLU((0.5,)),), (2,), ((-1.0, 1.0), (1.0, 0.5)), [(Fraction(1, 2), 0)]),
        ((ReLU6(),), (1,), ((-2.0,), (8.0,)), [(Fraction(1, 5), 0), (Fraction(4, 5), 0)]),
        ((Hardtanh(-1.0, 2.0),), (1,), ((-2.0,), (3.0,)), [(Fraction(1, 5), 0), (Fraction(4, 5), 0)]),
        ((MaxPool((2,), (2,)), Flatten()), (1, 2), ((0.0, 1.0), (1.0, 0.0)), [(Fraction(1, 2), 0)]),
        ((Residual(((LeakyReLU(-1.0),), ())), ReLU()), (1,), ((-1.0,), (2.0,)), [(Fraction(1, 3), 0)] * 2),
        (
            (MaxPool((2,), (1,)), Flatten()),
            (1, 3),
            ((0.0, 1.0, 0.0), (0.0, 0.0, 3.0)),
            [(Fraction(1, 4), 1), (Fraction(1), 0)],
        ),
    ],
)
def test_kinks_by_hand(layers, shape, path, places):
    """Thresholds, ties and sums have their kinks where one computes them to be."""
    kinks = Network(layers, shape).kinks(Path(path))
    assert [(kink.at, kink.unit) for kink in kinks] == places
    assert all(kink.at == kink.until for kink in kinks)


def test_residual_sums_have_the_kinks_of_what_they_add():
    """relu(relu(x) - 2 + x) has kinks at 0 and at 1, inside the block and behind it."""
    body = (ReLU(), Linear(((1.0,),), (-2.0,)))
    network = Network((Residual((body, ())), ReLU()), (1,))
    kinks = network.kinks(Path(((-1.0,), (3.0,))))
    assert [(kink.at, kink.layer) for kink in kinks] == [(Fraction(1, 4), 0), (Fraction(1, 2), 2)]


def test_only_the_largest_ties():
    """Where two units of a window cross below the largest there is no kink."""
    network = Network((MaxPool((3,), (3,)), Flatten()), (1, 3))
    assert network.kinks(Path(((0.0, 1.0, 5.0), (1.0, 0.0, 5.0)))) == ()
    (kink,) = network.kinks(Path(((0.0, 1.0, 0.25), (1.0, 0.0, 0.25))))
    assert kink.at == Fraction(1, 2)


def test_a_tie_of_three():
    """Where three units meet at once there is one kink."""
    network = Network((MaxPool((3,), (3,)), Flatten()), (1, 3))
    (kink,) = network.kinks(Path(((0.0, 2.0, 1.0), (2.0, 0.0, 1.0))))
    assert (kink.at, kink.until, kink.layer, kink.unit) == (Fraction(1, 2), Fraction(1, 2), 0, 0)


def test_a_path_that_runs_along_a_tie():
    """Where two variables stay equal and largest the path runs along the kink of their maximum, all the way or half."""
    network = Network((MaxPool((2,), (2,)), Flatten()), (1, 2))
    (kink,) = network.kinks(Path(((0.0, 0.0), (1.0, 1.0))))
    assert (kink.at, kink.until) == (0, 1)
    along = network.kinks(Path(((0.0, 0.0), (1.0, 1.0), (1.0, 0.0))))
    assert (0, 1) in [(kink.at, kink.until) for kink in along]
    assert max(kink.until for kink in along) == 1


def test_equal_copies_make_no_kink():
    """The maximum of two copies, and of two dead units, has none; two different zeros have one."""
    copied = Network((ConvTranspose.of([[[1.0, 1.0]]]), MaxPool((2,), (2,)), Flatten()), (1, 1))
    assert copied.kinks(Path(((-1.0,), (1.0,)))) == ()
    dead = Network((ReLU(), MaxPool((2,), (2,)), Flatten()), (1, 2))
    assert dead.kinks(Path(((-1.0, -2.0), (-2.0, -1.0)))) == ()
    assert dead.kinks(Path(((0.0, -2.0), (0.0, -1.0))))[0].layer == 0


def test_layers_in_blocks_are_counted_in_their_place():
    """Of two branches the second's ReLU is layer 2; its units are counted within the layer."""
    shifted = Linear(((1.0,), (1.0,)), (0.0, -1.0))
    network = Network((Concat(((shifted, ReLU()), (ReLU(),))),), (1,))
    found = {(kink.at, kink.layer, kink.unit) for kink in network.kinks(Path(((-1.0,), (3.0,))))}
    assert found == {(Fraction(1, 4), 1, 0), (Fraction(1, 2), 1, 1), (Fraction(1, 4), 2, 0)}


def test_a_path_of_one_point():
    """A segment that stands still on a kink runs along it; elsewhere it meets none."""
    network = Network((ReLU(),), (1,))
    (kink,) = network.kinks(Path(((0.0,), (0.0,))))
    assert (kink.at, kink.until) == (0, 1)
    assert network.kinks(Path(((1.0,), (1.0,)))) == ()


def test_a_softmax_has_no_kinks_but_those_below():
    """Probabilities bend where their logits do."""
    network = Network((Linear(((1.0,), (0.0,)), (0.0, 0.0)), ReLU(), Softmax()))
    (kink,) = network.kinks(Path(((-1.0,), (1.0,))))
    assert (kink.at, kink.layer) == (Fraction(1, 2), 1)
    assert Network((Softmax(),), (2,)).kinks(Path(((0.0, 1.0), (1.0, 0.0)))) == ()


def test_kinks_at_parameters_of_many_bits():
    """Crossings whose integers are beyond 64 bits are exact."""
    large = 2.0**50 + 1
    network = Network(
        (Linear(((large, -3.0), (1.0, large)), (-1.0, -7.0)), ReLU(), Linear(((1.0, -large),), (0.0,)), ReLU())
    )
    for kink in network.kinks(Path(((0.0, -1.0), (1.0, 1.0)))):
        before = network.layers[: kink.layer]
        assert Network(before).exact(Path(((0.0, -1.0), (1.0, 1.0))).point(kink.at))[kink.unit] == 0
    assert [kink.layer for kink in network.kinks(Path(((0.0, -1.0), (1.0, 1.0))))] == [1, 3]
