"""Smooth functions of units, beside many digits."""

from fractions import Fraction
from random import Random

import numpy as np
import pytest
from mpmath import mp, mpf

from axiomcheck.networks.steps import Ball, Rows, Unitwise
from axiomcheck.networks.steps.functions import FUNCTIONS, GELU, SIGMOID, SILU

TRUE = {
    "sigmoid": lambda z: 1 / (1 + mp.exp(-z)),
    "tanh": mp.tanh,
    "softplus": lambda z: mp.log(1 + mp.exp(z)),
    "silu": lambda z: z / (1 + mp.exp(-z)),
    "gelu": lambda z: z * mp.ncdf(z),
    "gelu_tanh": lambda z: z * (1 + mp.tanh(mp.sqrt(2 / mp.pi) * (z + mpf(0.044715) * z**3))) / 2,
}
"""The functions as their papers define them."""
FINE = np.arange(-12, 12, 1e-4)


@pytest.fixture(autouse=True)
def _digits():
    with mp.workdps(60):
        yield


@pytest.fixture(params=FUNCTIONS, ids=lambda function: function.name)
def function(request):
    """Return one function after the other."""
    return request.param


def _points(count, seed=80):
    random = Random(seed)
    return [random.choice((-1, 1)) * random.uniform(0.5, 1) * 2.0 ** random.randint(-40, 6) for _ in range(count)]


def test_true_values_are_in_the_ball_and_the_ball_is_small(function):
    """At one float after the other, also far out and next to 0; what is lost is a share of the value, or of z."""
    for z in [0.0, 30.0, -30.0, -37.5, 700.0, *_points(400)]:
        ball = Unitwise(function, 1).apply(Rows.of([(z,)]))
        (value,), (radius,) = ball.values[0].tolist(), ball.radius[0].tolist()
        assert abs(TRUE[function.name](mpf(z)) - mpf(value)) <= mpf(radius)
        assert radius <= 2.0**-47 * abs(z if function.cancels else value) + 2.0**-1000


def test_the_ball_holds_all_that_enters_makes(function):
    """Of a ball that enters, the ends and points between are taken into the ball that leaves."""
    for z in _points(100, seed=81):
        radius = abs(z) * 0.25
        ball = Unitwise(function, 1).enclose(Ball(np.array([[z]]), np.array([[radius]])))
        for share in (-1, -0.5, 0.3, 1):
            true = TRUE[function.name](mpf(z) + mpf(share) * mpf(radius))
            assert abs(true - mpf(ball.values[0, 0])) <= mpf(ball.radius[0, 0])


def test_slopes_are_the_derivatives(function):
    """They are the derivatives that many digits give, up to a few roundings of what is added up."""
    for z in [0.0, 8.0, -8.0, *_points(60, seed=82)]:
        expected = mp.diff(TRUE[function.name], mpf(z))
        assert float(abs(mpf(float(function.slope(np.array(z)))) - expected)) <= 1e-14 * max(1, abs(z) ** 3)


def test_none_is_steeper_or_more_curved_than_is_said(function):
    """No slope on a fine grid is steeper, nor can one between be where the bound is no limit; none is loose."""
    slopes = function.slope(FINE)
    assert np.abs(slopes).max() <= function.steepest
    if function.steepest not in (0.25, 1.0):  # those are met at 0 or far out, where the slope is flat
        assert np.abs(slopes).max() + 1e-4 * function.curvature / 2 <= function.steepest
    curvature = np.abs(np.diff(slopes)).max() / 1e-4
    assert 0.99 * function.curvature <= curvature <= function.curvature * (1 + 1e-7)
    assert np.abs(slopes).max() >= 0.99 * function.steepest


def test_at_zero_and_where_they_fall(function):
    """g(0), and whether g falls anywhere, are what a function says."""
    assert function.value(np.array(0.0)) == pytest.approx(function.at_zero, abs=1e-16)
    assert function.never_falls == (np.diff(function.value(FINE)) >= 0).all()


def test_what_is_around_passes():
    """Embedded, it does the same to its own units alone, and so do its gradients, balls, trends and texts."""
    step = Unitwise(GELU, 2).embedded(1, 2)
    assert step.width == (5, 5)
    values = np.array([[3.0, 1.0, -1.0, 4.0, 5.0]])
    assert step.forward(values).tolist() == [[3.0, *GELU.value(values[0, 1:3]).tolist(), 4.0, 5.0]]
    gradient = step.jvp(Rows.of(values), np.eye(5, dtype=np.int64))
    assert np.diag(gradient).tolist() == [1.0, *GELU.slope(values[0, 1:3]).tolist(), 1.0, 1.0]
    ball = step.enclose(Ball(values, np.full((1, 5), 0.5)))
    assert ball.radius[0, [0, 3, 4]].tolist() == [0.5, 0.5, 0.5]
    up, down = step.trends(np.eye(5), np.zeros((5, 5)))
    assert down.diagonal().tolist() == [0, 1, 1, 0, 0]
    assert up.tolist() == np.eye(5).tolist()
    assert step.text(list("abcde")) == ["a", "gelu(b)", "gelu(c)", "d", "e"]
    assert Unitwise(SIGMOID, 1).trends(np.eye(1), np.zeros((1, 1)))[1].tolist() == [[0.0]]


def test_gradients_of_huge_integers():
    """Up to a common factor they are those of small ones."""
    huge = np.array([[10**400, -(10**400)]], dtype=object)
    gradient = Unitwise(SILU, 2).jvp(Rows.of([(Fraction(1, 3), 2.0)]), huge)
    small = Unitwise(SILU, 2).jvp(Rows.of([(Fraction(1, 3), 2.0)]), np.array([[1, -1]]))
    assert gradient.tolist() == small.tolist()


def test_bounds_hold(function):
    """They are at least every value, and the derivative times what enters."""
    z = np.array(_points(200, seed=83))
    bound = Unitwise(function, len(z)).bound(np.abs(z))
    assert (np.abs(function.value(z)) <= bound * (1 + 1e-12)).all()
    assert (np.abs(function.slope(z) * z) <= bound * (1 + 1e-12)).all()
