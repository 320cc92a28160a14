"""Walks along paths: scores by hand, as functions of the path's parameter, in both arithmetics."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from axiomcheck.axioms.limits import JUMP
from axiomcheck.axioms.refinement import CALLS, POINTS, Look
from axiomcheck.axioms.walk import GRID, Walk, is_resolved
from axiomcheck.networks import Path

STEP = {"float64": 2.0**-40, "float32": 2.0**-20}
both = pytest.mark.parametrize("dtype", STEP)
PLACES = (0.5, 0.3, 0.14159, 0.9876)


class _Asked:
    """Scores of one variable, which keep what they were asked."""

    def __init__(self, function):
        self.function, self.calls = function, []

    def __call__(self, ts):
        self.calls.append(len(ts))
        return np.asarray(self.function(ts), dtype=float).reshape(len(ts), -1)


def _walk(function, known=(), dtype="float64", segments=1):
    return Walk(_Asked(function), segments, known, resolution=STEP[dtype])


def _kind(function, known=(), dtype="float64", segments=1):
    return _walk(function, known, dtype, segments).verdict().kind


def test_a_jump_is_odd_and_its_neighbours_are_not():
    """A line that jumps by 2 in its last interval: only that one is not what its neighbours foretell."""
    look = Look(np.arange(6.0), np.array([[0.0], [1.0], [2.0], [3.0], [4.0], [7.0]]))
    assert look.oddities(np.full(5, fill_value=True)).tolist() == [0.0, 0.0, 0.0, 0.0, 2.0]


def test_parabolas_are_not_odd_inside():
    """The mean of the slopes on both sides is that of a parabola in between, even on uneven intervals."""
    ts = np.array([0.0, 1.0, 1.5, 3.0, 4.0, 4.25])
    odd = Look(ts, (ts**2)[:, None]).oddities(np.full(5, fill_value=True))
    assert odd[1:-1] == pytest.approx(0.0, abs=1e-12)


def test_points_are_split_between_the_narrowest_the_oddest_and_others():
    """One interval gets all points, of two each half, of many the first two a third each."""
    look = Look(np.array([*range(100), 99.5]), np.zeros((101, 1)))
    assert len(look.within([3])) == len(look.within([3, 5])) == POINTS
    points = look.within(range(100))
    assert len(points) <= POINTS
    assert np.sum((points > 0) & (points < 1)) == np.sum(points > 99) == POINTS // 3


def test_places_at_the_ends_are_left_out():
    """Beyond the ends there is no path: what is known there has one side."""
    assert _walk(np.ones_like, (0.0, 0.5, 1.0)).known == [0.5]
    assert _walk(np.ones_like, segments=3).known == [1, 2]


def test_the_first_look_meets_all_parts_of_the_path():
    """No gap between two looks is longer than a 16th of a segment, and the ends are within a thousandth."""
    seen = _walk(np.ones_like, (0.5, 0.51), segments=2).look.ts
    assert np.diff(seen).max() < 2 / GRID
    assert max(seen[0], 2 - seen[-1]) < 1e-3


@pytest.mark.parametrize("function", [np.ones_like, lambda t: 3 * t, lambda t: t**2, lambda t: np.abs(t - 0.5)])
def test_calm_scores_are_looked_at_once(function):
    """Lines, a parabola, and a bend at a known place."""
    walk = _walk(function, known=(0.5,))
    assert walk.verdict().kind == "none"
    assert len(walk._scores.calls) == 1


CONTINUOUS = {
    "wave": lambda t: np.sin(20 * t),
    "waves": lambda t: np.sin(40 * t) + np.cos(25 * t),
    "bends": lambda t: np.abs(np.mod(7 * t, 1) - 0.5),
    "√": lambda t: np.sqrt(np.abs(t - 0.3)),
    "tanh 10²": lambda t: np.tanh(1e2 * (t - 0.3)),
    "tanh 10⁴": lambda t: np.tanh(1e4 * (t - 0.3)),
    "tanh 10⁶": lambda t: np.tanh(1e6 * (t - 0.3)),
    "ramp 10⁵": lambda t: np.clip(1e5 * (t - 0.3), 0, 1),
    "ramp 10⁶": lambda t: np.clip(1e6 * (t - 0.3), 0, 1),
    "hidden hill": lambda t: 1e-3 + np.maximum(1 - np.abs(t - 0.3) * 100, 0),
    "staircase": lambda t: sum(np.clip(1e6 * (t - 0.3 - k * 1e-5), 0, 1) for k in range(10)),
}


@pytest.mark.parametrize("name", CONTINUOUS)
def test_continuous_scores_never_break(name):
    """Slopes up to 10⁶ of the scale, off and right at what is known."""
    assert _kind(CONTINUOUS[name]) in ("none", "undecided")
    assert _kind(CONTINUOUS[name], (0.3,)) in ("none", "undecided")


@pytest.mark.parametrize("name", ["wave", "waves", "bends", "√", "tanh 10²", "tanh 10⁴", "tanh 10⁶", "ramp 10⁶"])
def test_continuous_scores_are_decided(name):
    """They are followed until the jump that might be there has faded."""
    assert _kind(CONTINUOUS[name], (0.3,)) == "none"


@pytest.mark.parametrize("slope", [10, 50, 100])
def test_continuous_scores_in_float32(slope):
    """There a slope of 100 is as steep as it gets."""
    ramp = lambda t: np.clip(slope * (t - 0.3), 0, 1)  # noqa: E731
    assert _kind(ramp, dtype="float32") in ("none", "undecided")
    assert _kind(ramp, (0.3,), dtype="float32") in ("none", "undecided")


@both
@pytest.mark.parametrize("at", PLACES)
@pytest.mark.parametrize("known", [True, False])
def test_jumps_are_found_where_they_are(dtype, at, known):
    """A thousandth, alone; on what is known and off."""
    place = _walk(lambda t: 1 + 1.01 * JUMP * (t > at), (at,) if known else (), dtype).verdict()
    assert place.kind == "jump"
    assert place.t == pytest.approx(at, abs=2 * STEP[dtype])
    assert place.size == pytest.approx(1.01 * JUMP, rel=1e-6)


@pytest.mark.parametrize("at", PLACES)
@pytest.mark.parametrize(("name", "scale"), [("wave", 1.0), ("waves", 2.0), ("bends", 0.5)])
def test_jumps_beside_variation_are_found(name, scale, at):
    """A thousandth of the scale does not hide in what varies: at what is known it is found, off it never denied."""
    smooth = CONTINUOUS[name]
    walk = _walk(lambda t: smooth(t) + 1.05 * JUMP * scale * (t > at), (at,))
    assert (walk.verdict().kind, walk.verdict().t) == ("jump", at)
    place = _walk(lambda t: smooth(t) + 5 * JUMP * scale * (t > at)).verdict()
    assert place.kind in ("jump", "undecided")
    assert place.kind == "undecided" or place.t == pytest.approx(at, abs=1e-11)


@pytest.mark.parametrize("at", PLACES)
@pytest.mark.parametrize("power", [1, 2])
@pytest.mark.parametrize("known", [True, False])
def test_poles_blow_up(at, power, known):
    """1/(t - t₀), and its square, which does not change its sign."""
    place = _walk(lambda t: 0.1 / (t - at) ** power, (at,) if known else ()).verdict()
    assert place.kind == "blow-up"
    assert place.t == pytest.approx(at, abs=2.0**-39)
    assert place.size > 1e9
    assert place.size == pytest.approx(abs(place.other[0] - place.relevance[0]))


def test_the_scale_follows_what_is_seen():
    """A hill between two points of the grid makes the scale 1, though the first look saw a thousandth."""
    walk = _walk(lambda t: 1e-3 * (1 + t) + np.maximum(1 - np.abs(t - 0.3) * 100, 0))
    first = walk.scale
    walk.verdict()
    assert walk.scale > 0.9 > first or first > 0.9


def test_a_lone_odd_value_is_no_jump():
    """Neither at what is known, nor where the grid happens to look."""
    first = _walk(np.ones_like)
    lone = float(first.look.ts[len(first.look.ts) // 2])
    assert _kind(lambda t: 1 + 5.0 * (t == lone)) != "jump"
    assert _kind(lambda t: 1 + 5.0 * (t == 0.5), (0.5,)) == "none"


def test_what_is_never_resolved_is_undecided():
    """A wave of a hundred thousand turns is more than the calls allowed can follow."""
    walk = _walk(lambda t: np.sin(6e5 * t))
    assert walk.verdict().kind == "undecided"
    assert len(walk._scores.calls) <= CALLS + 2


def test_no_call_has_more_points_than_allowed():
    """The first look apart."""
    walk = _walk(lambda t: np.sin(40 * t) + 0.01 * (t > 0.3))
    walk.verdict()
    assert max(walk._scores.calls[1:]) <= POINTS


def test_the_strongest_variation():
    """Of (2x, -x) it is 3 everywhere; a jump by 1 between points a 32nd of a path of length 2 apart adds 16."""

    def positions(ts):
        return 2 * ts[:, None]

    assert _walk(lambda t: np.stack([4 * t, -2 * t], 1)).steepest(positions) == pytest.approx(3)
    assert _walk(lambda t: 1.0 * (t > 0.3)).steepest(positions) == pytest.approx(16)


@pytest.mark.parametrize(
    ("start", "step", "resolved"),
    [(100.0, 2.0**-40, True), (1000.0, 2.0**-40, False), (2.0, 2.0**-20, True), (100.0, 2.0**-20, False)],
)
def test_what_floats_resolve(start, step, resolved):
    """A segment of length 1 may be 256 away from the origin in float64, 4 in float32."""
    assert is_resolved(Path(((start,), (start + 1,))), step) is resolved


@st.composite
def _curves(draw):
    """Return continuous piecewise linear curves, scaled such that no slope is above 10⁶ of the largest value."""
    size = draw(st.integers(2, 12))
    numbers = st.floats(-1, 1, allow_nan=False, width=32)
    ts = np.unique([0.0, 1.0, *draw(st.lists(st.floats(0, 1, width=32), min_size=size, max_size=size))])
    values = np.array(draw(st.lists(numbers, min_size=len(ts), max_size=len(ts))))
    for i in range(1, len(ts)):
        most = 0.9e6 * (ts[i] - ts[i - 1])
        values[i] = values[i - 1] + np.clip(values[i] - values[i - 1], -most, most)
    return ts, values + np.sign(values[0] + 0.5)


@settings(max_examples=150, deadline=None)
@given(_curves())
def test_piecewise_linear_curves_never_break(curve):
    """Whatever their corners, known or not, and whatever the slope up to 10⁶."""
    ts, values = curve
    for known in ((), tuple(ts)):
        assert _kind(lambda t: np.interp(t, ts, values), known) in ("none", "undecided")


@settings(max_examples=150, deadline=None)
@given(_curves(), st.floats(0.01, 0.99), st.sampled_from([-1, 1]), st.floats(1.02e-3, 1))
def test_jumps_at_known_places_are_always_found(curve, at, sign, size):
    """A jump by a thousandth of the scale, at a known place of any such curve whose slopes are gentle there."""
    ts, values = curve
    ts, values = ts[[0, -1]], values[[0, -1]]
    scale = float(np.abs(values).max()) + size
    place = _walk(lambda t: np.interp(t, ts, values) + sign * size * scale * (t > at) / (1 - size / 2), (at,)).verdict()
    assert place.kind == "jump"
    assert place.t == at


def test_how_often_jumps_off_known_places_are_found():
    """Among waves of up to five turns, jumps of a thousandth to a tenth of the scale: 19 of 20 at least."""
    random = np.random.default_rng(3)
    found = 0
    for _ in range(100):
        at, turns, phase = random.uniform(0.02, 0.98), random.uniform(1, 30), random.uniform(0, 6)
        size = 1.02e-3 * 10 ** random.uniform(0, 2)
        place = _walk(lambda t, a=at, w=turns, p=phase, s=size: np.sin(w * t + p) + s * (1 + s) * (t > a)).verdict()
        found += place.kind == "jump" and abs(place.t - at) < 1e-11
    assert found >= 95
