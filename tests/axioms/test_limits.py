"""Limits: what points on both sides of a place say, for laws by hand and both arithmetics."""

import numpy as np
import pytest

from axiomcheck.axioms.limits import JUMP, Sides, is_calm, rungs

STEPS = {"float64": 2.0**-40, "float32": 2.0**-20}
FARS = {"float64": 2.0**-31, "float32": 2.0**-17}
both = pytest.mark.parametrize("dtype", STEPS)


def _kind(function, dtype="float64", scale=1.0):
    """Return the kind of the place t = 0 for scores that are a function of t."""
    distances = rungs(STEPS[dtype], FARS[dtype])
    left, right = (function(sign * distances)[:, None] for sign in (-1, 1))
    if is_calm(left[[0, -1]], right[[0, -1]], STEPS[dtype], scale):
        return "none"
    return Sides(distances, left, right).kind(scale, scale)


@both
@pytest.mark.parametrize("size", [1.01 * JUMP, 0.1, 1.0])
def test_steps_are_jumps(dtype, size):
    """A step of a thousandth of the scale or more, alone and beside a slope of ten."""
    assert _kind(lambda t: size * (t > 0), dtype) == "jump"
    assert _kind(lambda t: size * (t > 0) + 10 * t, dtype) == "jump"
    assert _kind(lambda t: size * (t > 0) - 10 * t, dtype) == "jump"


@both
@pytest.mark.parametrize("slope", [1e2, 1e5, 1e6, 5e8])
def test_slopes_are_none(dtype, slope):
    """A line is no jump: in float32 a slope of 500 is as steep as 5·10⁸ in float64."""
    slope = slope if dtype == "float64" else slope / 1e6
    assert _kind(lambda t: slope * t, dtype) == "none"
    assert _kind(lambda t: slope * np.abs(t), dtype) == "none"


@pytest.mark.parametrize("sign", [-1, 1])
def test_a_jump_beside_the_steepest_slope(sign):
    """A thousandth beside a slope of 10⁶, up or down, still stands out."""
    assert _kind(lambda t: 1.01 * JUMP * (t > 0) + sign * 0.9e6 * t) == "jump"


@pytest.mark.parametrize(
    ("dtype", "power"), [("float64", 1), ("float64", 2), ("float64", 0.5), ("float32", 1), ("float32", 2)]
)
@pytest.mark.parametrize("sided", [np.sign, np.abs, lambda t: t > 0], ids=["odd", "even", "one-sided"])
def test_poles_are_blow_ups(dtype, power, sided):
    """Powers of 1/t, with a change of sign, without, and on one side only; 1/√t grows too little in float32."""
    weights = np.ones_like if sided is np.abs else sided
    assert _kind(lambda t: weights(t) * np.abs(t) ** -power, dtype) == "blow-up"


def test_a_pole_that_a_term_keeps_away_jumps():
    """1/(t + ε·sign(t)) goes to ±1/ε: where ε is far above the step both limits are seen."""
    assert _kind(lambda t: 1 / (t + 1e-9 * np.sign(t)), scale=1e9) == "jump"


@pytest.mark.parametrize("degree", [1, 2, 3, 4])
@pytest.mark.parametrize("steepness", [0.1, 1.0, 10.0])
def test_shares_that_a_small_term_takes_away_fade(degree, steepness):
    """(z/(z + ε))ⁿ goes to 0 within ε = 10⁻⁹, as relevance does where a unit dies: steep, but no jump."""

    def share(t):
        z = steepness * np.maximum(t, 0)
        return (z / (z + 1e-9)) ** degree

    assert _kind(share) == "none"


@pytest.mark.parametrize("power", [1 / 8, 1 / 4, 1 / 2])
def test_roots_are_no_jumps(power):
    """√t and its kin are continuous with an infinite slope at 0."""
    assert _kind(lambda t: np.sign(t) * np.abs(t) ** power) != "jump"
    assert _kind(lambda t: np.abs(t) ** power) != "jump"


def test_square_roots_are_continuous():
    """√t changes by 2·2⁻²⁰ across the place."""
    assert _kind(lambda t: np.sign(t) * np.sqrt(np.abs(t))) == "none"


@both
def test_a_jump_below_what_must_be_found_is_undecided(dtype):
    """Neither a slope up to 10⁶ nor a jump by a thousandth: nobody can say."""
    assert _kind(lambda t: 0.5 * JUMP * (t > 0), dtype) == "undecided"


@both
def test_noise_is_undecided(dtype):
    """Scores that follow no law on their way have no limits, and settle nowhere."""
    assert _kind(lambda t: np.sin(np.arange(len(t)) * 7 + (t[0] > 0)), dtype) == "undecided"


@both
@pytest.mark.parametrize("width", [1e-4, 1e-6, 1e-9, 1e-12])
def test_narrow_peaks_do_not_blow_up(dtype, width):
    """The top of a peak is flat, or it is not resolved: never a blow-up."""
    assert _kind(lambda t: np.maximum(1 - np.abs(t) / width, 0), dtype) != "blow-up"


@pytest.mark.parametrize("width", [1e-6, 1e-9, 1e-11])
def test_peaks_that_a_term_keeps_finite_do_not_blow_up(width):
    """1/(1 + |t|/ε) is flat within ε, which eleven digits still resolve."""
    assert _kind(lambda t: 1 / (1 + np.abs(t) / width)) != "blow-up"


def test_nothing_is_none():
    """Scores that are 0, or constant, are calm."""
    assert _kind(np.zeros_like) == _kind(np.ones_like) == "none"
