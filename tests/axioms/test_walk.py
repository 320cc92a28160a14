"""Walks along paths."""

import numpy as np
import pytest

from axiomcheck.axioms import Rejected
from axiomcheck.axioms.walk import Look, Walk
from axiomcheck.networks import Case, Path

STEP = 2.0**-40


class _Explain:
    """An explainer of one variable, as an axiom sees it, that keeps what it was asked."""

    rounding = resolution = STEP

    def __init__(self, function):
        self.function = function
        self.asked = []

    def __call__(self, network, points):
        self.asked.append(points[:, 0])
        return self.function(points)


def _walk(network, function, start=-1.0, stop=1.0):
    return Walk(_Explain(function), Case(network, (0.0,), path=Path(((start,), (stop,)))))


def test_a_jump_is_odd_and_its_neighbours_are_not():
    """A line that jumps by 2 in its last interval: only that one is not what its neighbours foretell."""
    look = Look(np.arange(6.0), np.array([[0.0], [1.0], [2.0], [3.0], [4.0], [7.0]]))
    assert look.oddities(np.full(5, fill_value=True)).tolist() == [0.0, 0.0, 0.0, 0.0, 2.0]


def test_kinks_at_the_ends_are_left_out(linear):
    """Beyond the ends there is no path: a kink at t = 0 has one side."""
    assert _walk(linear(1, relu=True), np.ones_like).kinks == [0.5]
    assert _walk(linear(1, relu=True), np.ones_like, start=0.0).kinks == []


def test_limits_that_differ_are_a_jump(linear):
    """A step by 1 half-way has the size 1; the same scores elsewhere none."""
    walk = _walk(linear(1), lambda x: 1.0 * (x > 0))
    assert walk.judged(0.5).size == 1.0
    assert walk.judged(0.25).size == 0.0


def test_the_first_look_meets_all_parts_of_the_path(linear):
    """No gap between two looks is longer than an eighth of a segment."""
    walk = _walk(linear(1), np.ones_like)
    assert np.diff([0.0, *walk.first.ts, 1.0]).max() < 1 / 8


def test_a_walk_that_meets_nothing(linear):
    """Without kinks or suspects the gap is 0; on a flat function it is vacuous."""
    assert not _walk(linear(1), np.ones_like).nothing.vacuous
    assert _walk(linear(0), np.ones_like).nothing.vacuous


def test_smooth_scores_have_no_suspect(linear):
    """A parabola and a line are smooth."""
    assert not list(_walk(linear(1), lambda x: x**2).suspects())
    assert not list(_walk(linear(1), lambda x: 3 * x).suspects())


def test_a_suspect_is_found_to_the_resolution(linear):
    """A step at x = 0.3 is found at t = 0.65."""
    (suspect,) = _walk(linear(1), lambda x: 1.0 * (x > 0.3)).suspects()
    assert suspect == pytest.approx(0.65, abs=2 * STEP)


@pytest.mark.parametrize(("start", "why"), [(1000.0, "too short"), (0.0, None)])
def test_what_cannot_be_resolved_is_rejected(linear, start, why):
    """Far from the origin a step of the resolution is lost."""
    if why is None:
        _walk(linear(1), np.ones_like, start, start + 1)
    else:
        with pytest.raises(Rejected, match=why):
            _walk(linear(1), np.ones_like, start, start + 1)
