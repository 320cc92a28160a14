"""Exact rows, and balls."""

from fractions import Fraction
from itertools import product
from random import Random

import numpy as np
import pytest

from axiomcheck.networks.steps import Affine, Ball, Max, Rectify, Rows, Softmax


def test_rows_keep_mixed_numbers_exactly():
    """Floats, integers and fractions of one point come back as they went in."""
    assert Rows.of([(0.1, Fraction(1, 3), 2)]).fractions() == [(Fraction(0.1), Fraction(1, 3), Fraction(2))]


def test_rows_of_a_batch_have_their_own_scales():
    """Each row has the least common denominator of its own numbers."""
    assert Rows.of([(0.5, 0.25), (Fraction(1, 3), 1.0)]).scale.tolist() == [4, 3]


def test_rows_are_rounded_once():
    """As floats each number is the one nearest to it."""
    assert Rows.of([(Fraction(1, 3), Fraction(2, 3))]).floats().tolist() == [[1 / 3, 2 / 3]]


def _random_steps(random, toys, *, large):
    """Return steps from three units with one or two that are not exact among them."""
    size, steps = 3, []
    for _ in range(random.randint(2, 4)):
        out = random.randint(2, 4)
        grow = 2.0 ** random.randint(-30, 30) if large else 1.0
        weight = [[random.randint(-16, 16) / 8 * grow for _ in range(size)] for _ in range(out)]
        steps.append(Affine.of_rows(weight, [random.randint(-4, 4) / 4 for _ in range(out)]))
        kinds = (Softmax(out), toys["silu"](out), Rectify.all(out), Max(((0, out - 1), (1,)), out))
        steps.append(random.choice(kinds))
        size = steps[-1].width[1]
    return [*steps, Affine.of_rows([[random.randint(-9, 9) / 3 for _ in range(size)]], [0.1])]


def _error_and_radius(steps, decimals, point):
    values = Rows.of([point])
    for step in steps:
        values = values.through(step)
    (center,), (radius,) = values.fractions(), values.errors().tolist()
    truth = [Fraction(value) for value in decimals(steps, point)]
    return max(abs(c - t) for c, t in zip(center, truth, strict=True)), max(radius)


@pytest.mark.parametrize("large", [False, True])
def test_true_values_are_within_the_radius(decimals, toys, large):
    """To many digits: whatever steps follow one another, and however much their sums cancel."""
    random, balls, ratios = Random(70), 0, []
    for _ in range(150):
        steps = _random_steps(random, toys, large=large)
        point = [Fraction(random.randint(-300, 300), random.choice((1, 3, 16))) for _ in range(3)]
        error, radius = _error_and_radius(steps, decimals, point)
        assert error <= radius + Fraction(1, 10**50)
        if not all(step.is_exact for step in steps):
            balls += 1
            ratios.append(float(error) / radius)
    assert balls > 60
    assert max(ratios) > 1 / 400  # it is no bound that means nothing


def test_radii_are_small_where_nothing_cancels(toys):
    """Of numbers of ordinary size twelve digits and more are known."""
    steps = [Affine.of_rows([[1.0, -0.5], [0.25, 2.0]], [0.5, 0.0]), toys["silu"](2), Softmax(2)]
    values = Rows.of([(Fraction(1, 3), 2.0)])
    for step in steps:
        values = values.through(step)
    assert 0 < values.errors().max() < 1e-13


def test_a_ball_of_what_floats_hold_has_no_radius():
    """What is rounded has one of a unit in the last place or two, what is not has none."""
    ball = Ball.of(Rows.of([(0.5, Fraction(1, 3))]))
    exact, rounded = ball.errors()[0]
    assert exact == 0
    assert abs(Fraction(1, 3) - Fraction(1 / 3)) <= rounded < 1e-15


MAPS = {
    "affine": Affine.of_rows([[1.0, -2.0, 0.5], [3.0, 0.0, 1.0]], [1.0, -1.0]),
    "rectify": Rectify.all(3),
    "max": Max(((0, 1), (1, 2), (2,)), 3),
    "softmax": Softmax(3),
}


@pytest.mark.parametrize("name", MAPS)
def test_what_is_in_a_ball_has_its_image_in_the_next(name):
    """Corners of a ball go to points of the ball that is returned, and some of them to near its end."""
    step, random, reach = MAPS[name], Random(71), 0.0
    for _ in range(200):
        center = np.array([[random.uniform(-5, 5) for _ in range(3)]])
        radius = np.array([[random.choice((0.01, 0.5, 3.0)) for _ in range(3)]])
        image = step.enclose(Ball(center, radius))
        for signs in product((-1, 1), repeat=3):
            moves = abs(step.forward(center + radius * np.array([signs])) - image.values)
            assert (moves <= image.errors() + 1e-14).all()  # the sum that makes a corner is rounded
            reach = max(reach, float((moves / np.where(image.errors() > 0, image.errors(), np.inf)).max()))
    assert reach > 0.5


def test_what_overflows_is_unknown():
    """Where floats do not reach, the radius is infinite and stays so."""
    huge = Affine.of_rows([[1e200]], [0.0])
    ball = Ball(np.array([[1e200]]), np.zeros((1, 1)))
    with np.errstate(over="ignore", invalid="ignore"):
        assert ball.through(huge).errors().tolist() == [[np.inf]]
        assert ball.through(huge).through(Rectify.all(1)).errors().tolist() == [[np.inf]]
