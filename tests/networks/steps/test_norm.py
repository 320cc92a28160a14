"""Division by the root mean square, beside many digits."""

from random import Random

import numpy as np
import pytest
from mpmath import mp, mpf

from axiomcheck.networks import LayerNorm, Linear, Network, RMSNorm
from axiomcheck.networks.expressions import is_symmetric
from axiomcheck.networks.steps import Ball, RootMeanSquare, Rows

STEP = RootMeanSquare(3, eps=2.0**-10)


@pytest.fixture(autouse=True)
def _digits():
    with mp.workdps(60):
        yield


def _true(point, eps):
    deviation = mp.sqrt(sum(mpf(v) ** 2 for v in point) / len(point) + mpf(eps))
    return [mpf(v) / deviation for v in point]


def _points(count, seed):
    random = Random(seed)
    for _ in range(count):
        scale = 2.0 ** random.randint(-30, 12)
        yield [random.uniform(-1, 1) * scale * 2.0 ** random.randint(-3, 0) for _ in range(3)]


@pytest.mark.parametrize("eps", [1e-5, 2.0**-10, 0.5])
def test_true_values_are_in_the_ball_and_the_ball_is_small(eps):
    """At one float vector after the other, of every size, and at 0."""
    for point in ([0.0, 0.0, 0.0], *_points(200, 90)):
        ball = RootMeanSquare(3, eps=eps).apply(Rows.of([point]))
        for true, value, radius in zip(_true(point, eps), ball.values[0], ball.radius[0], strict=True):
            assert abs(true - mpf(value)) <= mpf(radius)
            assert radius <= 2.0**-44 * abs(value) + 2.0**-1000


def test_the_ball_holds_all_that_enters_makes():
    """Corners and points inside of a ball that enters, small or as large as the vector, are in the ball that leaves."""
    random = Random(91)
    for point in _points(100, 92):
        radius = [abs(v) * random.choice((0.01, 1.0)) for v in point]
        ball = STEP.enclose(Ball(np.array([point]), np.array([radius])))
        for _ in range(6):
            moved = [mpf(v) + random.choice((-1, 1, 0.5)) * mpf(r) for v, r in zip(point, radius, strict=True)]
            for true, value, most in zip(_true(moved, STEP.eps), ball.values[0], ball.radius[0], strict=True):
                assert abs(true - mpf(value)) <= mpf(most)


def test_gradients_are_differences():
    """Each is a difference quotient of many digits, also embedded, where others pass."""
    for point in _points(30, 93):
        found = STEP.embedded(1, 0).jvp(Rows.of([[7.0, *point]]), np.eye(4, dtype=np.int64))
        assert (found[0].tolist(), found[:, 0].tolist()) == ([1, 0, 0, 0], [1, 0, 0, 0])
        for i in range(3):
            step = mpf(10) ** -25
            moved = [mpf(v) + step * (i == j) for j, v in enumerate(point)]
            pairs = zip(_true(moved, STEP.eps), _true(point, STEP.eps), strict=True)
            expected = [float((a - b) / step) for a, b in pairs]
            assert found[i + 1, 1:].tolist() == pytest.approx(expected, rel=1e-9, abs=1e-10)


def test_it_mixes_all_units():
    """Each unit leads to each, up and down; two that are weighed alike are alike."""
    assert STEP.influence(np.eye(3)).all()
    up, down = STEP.trends(np.eye(3), np.zeros((3, 3)))
    assert up.all()
    assert down.all()
    network = Network((RMSNorm.of(3), Linear(((1.0, 1.0, 2.0),), (0.0,))), (3,))
    assert is_symmetric(network, 0, (0, 1))
    assert not is_symmetric(network, 0, (0, 2))


def test_values_by_hand():
    """(3, -3, 3, -3) with eps 0 but for 1e-5 is (1, -1, 1, -1); less its mean of 5 so is (8, 2, 8, 2)."""
    signs = [1, -1, 1, -1]
    rms, layer = (Network((kind.of(4),), (4,)) for kind in (RMSNorm, LayerNorm))
    assert [float(v) for v in rms.value((3.0, -3.0, 3.0, -3.0))] == pytest.approx(signs, abs=1e-6)
    assert [float(v) for v in layer.value((8.0, 2.0, 8.0, 2.0))] == pytest.approx(signs, abs=1e-6)
    assert layer.formula(0).startswith("f(x1, x2, x3, x4) = norm(0.75*x1 - 0.25*x2")


def test_magnitudes_are_taken_where_it_is():
    """Far from 0 a norm is flat, and next to 0 steep by 1/√eps."""
    network = Network((RMSNorm.of(2), Linear(((1.0, 1.0),), (0.0,))), (2,))
    assert network.magnitude((100.0, 100.0)) < 4
    assert network.magnitude((0.0, 0.0)) > 300
