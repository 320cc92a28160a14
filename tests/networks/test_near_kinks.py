"""Kinks behind smooth steps."""

import pytest

from axiomcheck.networks import GELU, Case, Linear, Network, Path, ReLU, Softplus

TWO = Linear(((1.0, 0.0), (0.0, 1.0)), (0.0, 0.0))
DIFFERENCE = Linear(((1.0, -1.0),), (0.0,))
APART = Network((TWO, GELU(), DIFFERENCE, ReLU()))
"""relu(gelu(x1) - gelu(x2))."""


@pytest.mark.parametrize(
    ("x", "is_kink"),
    [((1.0, 1.0), True), ((1.0, 1.0 + 2.0**-50), True), ((1.0, 1.0 + 2.0**-30), False), ((2.0, 1.0), False)],
)
def test_where_floats_cannot_tell_a_kink_from_its_surroundings(x, is_kink):
    """On the diagonal what the ReLU reads is 0; 1e-9 beside it floats tell that it is not."""
    assert APART.on_kink(x) is is_kink
    assert APART.bends(x, 0) is is_kink


def test_zero_at_zero_is_a_kink():
    """relu(gelu(x1)) bends at 0, where both are exactly 0."""
    network = Network((GELU(), ReLU()), (1,))
    assert [network.on_kink((x,)) for x in (0.0, 0.5, -0.5)] == [True, False, False]


def test_what_is_dead_is_no_kink():
    """relu(-1 - softplus(x)) is 0 everywhere; a ReLU that reads it, and a bias of 0, is on no kink."""
    dead = (Softplus(), Linear(((-1.0,),), (-1.0,)), ReLU())
    assert not Network((*dead, Linear(((1.0,),), (0.0,)), ReLU()), (1,)).on_kink((2.0,))
    assert Network((*dead, Linear(((1.0,),), (0.0,))), (1,)).error((2.0,))[0] < 1e-300


def test_kinks_before_and_without_relu_behind():
    """Nothing is looked for where nothing bends; a kink below a GELU is known exactly."""
    assert not Network((DIFFERENCE, GELU())).on_kink((1.0, 1.0))
    below = Network((DIFFERENCE, ReLU(), GELU()))
    assert [below.on_kink(x) for x in ((1.0, 1.0), (1.0, 1.0 + 2.0**-50))] == [True, False]


@pytest.mark.parametrize(
    ("start", "end", "along"),
    [
        ((0.0, 0.0), (3.0, 3.0), True),
        ((0.0, 0.0), (3.0, 2.0), False),
        ((-1.0, 1.0), (1.0, -1.0), False),
        ((-2.0, 0.0), (2.0, 0.0), False),
    ],
)
def test_ways_along_a_kink(start, end, along):
    """The diagonal runs along the kink, and other ways cross it or do not meet it."""
    assert APART.runs_along(Path((start, end))) is along
    case = Case(APART, baseline=start, inputs=(end,))
    assert case.input_is_generic(end, from_baseline=True) is not (along or APART.on_kink(end))


def test_a_part_of_the_way():
    """relu(gelu(relu(x1)) - gelu(relu(x2))) from (-1, -2) to (1, 1): below 0 it is dead, then 0 along the diagonal."""
    network = Network((TWO, ReLU(), GELU(), DIFFERENCE, ReLU()))
    assert not network.runs_along(Path(((-1.0, -1.0), (-1.0, -2.0))))
    assert network.runs_along(Path(((-2.0, -2.0), (1.0, 1.0))))
