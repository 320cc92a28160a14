"""Products of units."""

from fractions import Fraction
from random import Random

import numpy as np

from axiomcheck.networks.exact import evaluate
from axiomcheck.networks.steps import Ball, Multiply, Rows

STEP = Multiply(2).embedded(1, 1)


def _points(count):
    random = Random(100)
    return [[Fraction(random.randint(-20, 20), random.choice((1, 3, 16))) for _ in range(6)] for _ in range(count)]


def test_products_are_exact():
    """In fractions they are what one multiplies, and what is around passes."""
    points = _points(30)
    expected = [(p[0], p[1] * p[3], p[2] * p[4], p[5]) for p in points]
    assert evaluate([STEP], points) == expected
    assert STEP.width == (6, 4)
    floats = STEP.forward(np.array(points, dtype=np.float64))
    np.testing.assert_allclose(floats, np.array(expected, dtype=np.float64), rtol=1e-15)


def test_the_ball_holds_all_products():
    """Of corners of a ball that enters, in exact arithmetic."""
    random = Random(101)
    for point in _points(50):
        centre = np.array([point], dtype=np.float64)
        radius = np.array([[random.choice((0.0, 1e-9, 0.5)) for _ in range(6)]])
        ball = STEP.enclose(Ball(centre, radius))
        for _ in range(8):
            corner = [
                Fraction(c) + random.choice((-1, 1)) * Fraction(r) for c, r in zip(centre[0], radius[0], strict=True)
            ]
            for true, value, most in zip(evaluate([STEP], [corner])[0], ball.values[0], ball.radius[0], strict=True):
                assert abs(true - Fraction(value)) <= Fraction(most)


def test_gradients_reach_and_text():
    """The product rule; either factor leads to it, and with which sign nobody knows."""
    values = Rows.of([[2.0, 3.0, 5.0, 7.0, 11.0, 13.0]])
    gradient = STEP.jvp(values, np.eye(6, dtype=np.int64))
    assert gradient.T.tolist() == [[1, 0, 0, 0, 0, 0], [0, 7, 0, 3, 0, 0], [0, 0, 11, 0, 5, 0], [0, 0, 0, 0, 0, 1]]
    assert STEP.influence(np.eye(6)).sum(axis=0).tolist() == [1, 2, 2, 1]
    _, down = STEP.trends(np.eye(6), np.zeros((6, 6)))
    assert down.sum(axis=0).tolist() == [0, 2, 2, 0]
    assert STEP.text(["a", "b", "c + 1", "d", "relu(e)", "f"]) == ["a", "b*d", "(c + 1)*relu(e)", "f"]
    numbers = {}
    found = STEP.expressions([0, 1, 2, 2, 1, 3], lambda key: numbers.setdefault(key, 10 + len(numbers)))
    assert found == [0, 10, 10, 3]
