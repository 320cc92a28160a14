"""Kinks on paths against sampling and bisection, kinks at points against neighbours."""

from fractions import Fraction
from random import Random

import numpy as np
import pytest

from axiomcheck.networks import Linear, Network, Path, ReLU
from axiomcheck.networks.family import PRESETS
from axiomcheck.networks.kinks import gradients
from axiomcheck.strategies.codec import COORDINATES, draw_network

SAMPLES = 32
BITS = 60
CLOSE = 1e-12

SUM = Linear(((1.0, -1.0, 1.0),), (0.0,))
CHAIN = (Linear(((1.0, 0.0), (0.0, 1.0), (1.0, 1.0)), (0.0, 0.0, -1.0)), ReLU(), SUM, ReLU())
FLAT_HALF = Network(CHAIN)
"""relu(relu(x1) - relu(x2) + relu(x1 + x2 - 1)): from 0 to (1, 1) the last unit is 0 on the first half."""


def _drawn(draw_blocks, preset, count, seed):
    random = Random(seed)
    for block in draw_blocks(count, seed):
        network = draw_network(block, PRESETS[preset])
        corners = [tuple(random.choice(COORDINATES) for _ in range(network.in_features)) for _ in range(3)]
        yield network, Path(tuple(corners[: random.randint(2, 3)]))


def _preactivations(network, naive, x):
    entering = naive(network, x)
    return {
        (position, unit): value
        for position, layer in enumerate(network.layers)
        if isinstance(layer, ReLU)
        for unit, value in enumerate(entering[position])
    }


def _signs(network, naive, x):
    return {key: (z > 0) - (z < 0) for key, z in _preactivations(network, naive, x).items()}


def _sign_changes(network, path, naive):
    """Yield (layer, unit, t) for the sign changes that samples off the simple numbers show, by bisection."""
    ts = [
        Fraction(0),
        *(Fraction(3 * i + 1, 3 * SAMPLES) for i in range(SAMPLES * path.segments)),
        Fraction(path.segments),
    ]
    signs = [_signs(network, naive, path.point(t)) for t in ts]
    for index in range(len(ts) - 1):
        for key, before in signs[index].items():
            if signs[index + 1][key] != before:
                left, right = ts[index], ts[index + 1]
                while right - left > Fraction(1, 2**BITS):
                    middle = (left + right) / 2
                    middle = Fraction(int(middle * 2 ** (BITS + 4)), 2 ** (BITS + 4))
                    if _signs(network, naive, path.point(middle))[key] == before:
                        left = middle
                    else:
                        right = middle
                yield *key, left


@pytest.mark.parametrize("preset", PRESETS)
def test_every_sign_change_is_a_kink(preset, draw_blocks, naive):
    """What bisection finds between samples, ``kinks`` has at the same unit and parameter."""
    changes = 0
    for network, path in _drawn(draw_blocks, preset, 20, seed=21):
        kinks = network.kinks(path)
        for layer, unit, t in _sign_changes(network, path, naive):
            changes += 1
            same = [kink for kink in kinks if (kink.layer, kink.unit) == (layer, unit)]
            assert any(min(abs(kink.at - t), abs(kink.until - t)) < CLOSE for kink in same)
    assert changes > 25


@pytest.mark.parametrize("preset", PRESETS)
def test_every_kink_is_a_zero_that_is_not_flat(preset, draw_blocks, naive):
    """At a kink the pre-activation is exactly 0; close by on the path, or beside it if it runs along, it is not."""
    found = 0
    for network, path in _drawn(draw_blocks, preset, 60, seed=22):
        for kink in network.kinks(path):
            found += 1
            key = (kink.layer, kink.unit)
            assert _preactivations(network, naive, path.point(kink.at))[key] == 0
            if kink.until == kink.at:
                sides = [
                    t for t in (kink.at - Fraction(1, 2**70), kink.at + Fraction(1, 2**70)) if 0 <= t <= path.segments
                ]
                assert any(_preactivations(network, naive, path.point(t))[key] for t in sides)
            else:
                middle = path.point((kink.at + kink.until) / 2)
                assert _preactivations(network, naive, middle)[key] == 0
                assert _is_not_flat(network, naive, middle, key)
    assert found > 60


def _is_not_flat(network, naive, x, key):
    """Whether a pre-activation that is 0 at ``x`` differs from 0 somewhere around it."""
    random = Random(23)
    moved = ([value + Fraction(random.randint(-(2**20), 2**20), 2**60) for value in x] for _ in range(8))
    return any(_preactivations(network, naive, near)[key] for near in moved)


@pytest.mark.parametrize("preset", PRESETS)
def test_points_on_kinks_are_those_with_a_zero_that_is_not_flat(preset, draw_blocks, naive):
    """``on_kink`` says whether some ReLU's pre-activation is 0 there, but not all around."""
    random, answers = Random(24), []
    for block in draw_blocks(150, seed=24):
        network = draw_network(block, PRESETS[preset])
        x = tuple(float(random.randint(-2, 2)) for _ in range(network.in_features))
        zeros = [key for key, z in _preactivations(network, naive, x).items() if z == 0]
        answers.append(network.on_kink(x))
        assert answers[-1] == any(_is_not_flat(network, naive, x, key) for key in zeros)
    assert 20 < sum(answers) < 140


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


def test_the_way_back_has_the_same_kinks(draw_blocks):
    """Turned round, a path meets each kink at the mirrored parameter."""
    for network, path in _drawn(draw_blocks, "biased", 40, seed=25):
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


def test_gradients_are_the_slopes_up_to_a_common_factor(draw_blocks, naive):
    """Off kinks the integers are the finite differences times one positive number."""
    random = Random(26)
    for block in draw_blocks(80, seed=26):
        network = draw_network(block, PRESETS["biased"])
        x = [Fraction(random.randint(-(2**30), 2**30), 2**27 - 1) for _ in range(network.in_features)]
        step = Fraction(1, 2**80)
        moved = [[value + step * (i == j) for j, value in enumerate(x)] for i in range(len(x))]
        at_x = naive(network, x)[-1]
        slopes = [[(b - a) / step for a, b in zip(at_x, naive(network, m)[-1], strict=True)] for m in moved]
        found = np.array([[Fraction(v) for v in row] for row in gradients(network.steps, x).tolist()])
        factor = max((f / s for f, s in zip(found.flat, np.array(slopes).flat, strict=True) if s), default=1)
        assert factor > 0
        assert (found == np.array(slopes) * factor).all()
