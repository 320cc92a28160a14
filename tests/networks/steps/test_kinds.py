"""Every kind of step, against plain loops."""

from fractions import Fraction
from random import Random

import numpy as np
import pytest

from axiomcheck.networks.exact import evaluate
from axiomcheck.networks.steps import Affine, Max, Rectify, Softmax

AFFINE = Affine.of_rows([[1.0, 0.5], [-2.0, 0.25], [0.0, 3.0]], [0.75, 0.0, -1.0])
STEPS = (AFFINE, Rectify.all(2), Rectify(np.array([1]), np.array([0]), 2), Max(((1,), (0, 1), (1, 0)), 2))


def _by_hand(step, v):
    if isinstance(step, Affine):
        columns = range(step.weight.shape[1])
        total = [
            sum((v[i] * int(step.weight[i, j]) for i in range(len(v))), Fraction(int(step.bias[j]))) for j in columns
        ]
        return [value / step.scale for value in total]
    if isinstance(step, Rectify):
        return [max(value, Fraction(0)) if unit in step.units else value for unit, value in enumerate(v)]
    return [max(v[unit] for unit in group) for group in step.groups]


def _points(count):
    random = Random(40)
    return [[Fraction(random.randint(-96, 96), 16) for _ in range(2)] for _ in range(count)]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: type(step).__name__)
def test_each_is_what_it_says_in_integers_and_in_floats(step):
    """Plain loops, exact integers and float64 give the same, bit for bit on dyadic points."""
    points = _points(20)
    expected = [_by_hand(step, point) for point in points]
    assert evaluate([step], points) == [tuple(values) for values in expected]
    assert step.forward(np.array(points, dtype=np.float64)).tolist() == expected


@pytest.mark.parametrize("step", STEPS, ids=lambda step: type(step).__name__)
@pytest.mark.parametrize(("before", "behind"), [(0, 0), (2, 0), (0, 1), (3, 2)])
def test_what_is_around_passes(step, before, behind):
    """Embedded, it does the same to its own units, and the units before and behind are as they were."""
    embedded = step.embedded(before, behind)
    assert embedded.width == tuple(before + size + behind for size in step.width)
    for point in _points(5):
        around = [Fraction(number, 3) for number in range(-before, behind)]
        vector = [*around[:before], *point, *around[before:]]
        expected = (*around[:before], *_by_hand(step, point), *around[before:])
        assert evaluate([embedded], [vector]) == [expected]


def test_names_stay_when_embedded():
    """Units are told by their number within their layer, wherever they stand in the vector."""
    assert Rectify.all(2).embedded(3, 1).names.tolist() == [0, 1]
    assert Rectify.all(2, copies=2).names.tolist() == [0, 1, 0, 1]
    embedded = Max(((0, 1), (2,)), 3).embedded(2, 1).embedded(1, 0)
    assert embedded.groups.index((3, 4)) == embedded.first


@pytest.mark.parametrize("step", STEPS, ids=lambda step: type(step).__name__)
def test_bounds_hold(step):
    """The bound at |v| is at least every value, also of vectors that are smaller in absolute value."""
    for point in _points(20):
        limit = step.bound(np.abs(np.array(point, dtype=np.float64)))
        for share in (Fraction(1), Fraction(-1), Fraction(1, 3)):
            values = _by_hand(step, [value * share for value in point])
            assert all(abs(value) <= most for value, most in zip(values, limit.tolist(), strict=True))


def test_softmax_of_large_numbers():
    """What would overflow does not: equal numbers share equally."""
    assert Softmax(2).forward(np.array([[1e6, 1e6], [0.0, 1e6]])).tolist() == [[0.5, 0.5], [0.0, 1.0]]
