"""Rewrites that put a layer in."""

import pytest

from axiomcheck.networks import DoesNotApply, Linear, Network, ReLU
from axiomcheck.networks.rewrites.layers import Factorise, Guard, Identity, MoveBias

FIRST = Linear(((1.0, 2.0),), (3.0,))
SPLIT = Linear(((1.0, 0.0), (0.0, 1.0), (-1.0, -0.0), (-0.0, -1.0)), (0.0,) * 4)
LINEAR = Network((FIRST,))
HIDDEN = Network((FIRST, ReLU(), Linear(((4.0,),), (5.0,))))


def test_identity_of_the_inputs():
    """x1 + 2·x2 + 3 becomes relu(x1) + 2·relu(x2) - relu(-x1) - 2·relu(-x2) + 3."""
    assert Identity(0).apply(LINEAR) == Network((SPLIT, ReLU(), Linear(((1.0, 2.0, -1.0, -2.0),), (3.0,))))


def test_identity_of_the_output():
    """Past the last layer, the output f becomes relu(f) - relu(-f)."""
    split, join = Linear(((1.0,), (-1.0,)), (0.0, 0.0)), Linear(((1.0, -1.0),), (0.0,))
    assert Identity(1).apply(LINEAR) == Network((FIRST, split, ReLU(), join))


def test_factorise():
    """x1 + 2·x2 + 3 becomes the sum of the two hidden units x1 and 2·x2."""
    apart = Linear(((1.0, 0.0), (0.0, 2.0)), (0.0, 0.0))
    assert Factorise(0, 0).apply(LINEAR) == Network((apart, Linear(((1.0, 1.0),), (3.0,))))


def test_move_bias():
    """2 is added to x2, and 2·2 is taken from the bias."""
    shift = Linear(((1.0, 0.0), (0.0, 1.0)), (0.0, 2.0))
    assert MoveBias(0, 1, 2.0).apply(LINEAR) == Network((shift, Linear(((1.0, 2.0),), (-1.0,))))


def test_guard():
    """relu(x1 + 2·x2 + 3) becomes relu(relu(x1 + 2·x2 + 4) - 1)."""
    expected = (Linear(((1.0, 2.0),), (4.0,)), ReLU(), Linear(((1.0,),), (-1.0,)), ReLU(), HIDDEN.layers[2])
    assert Guard(0, 0, 1.0).apply(HIDDEN) == Network(expected)


def test_guard_of_an_output():
    """A ReLU at the end can be guarded too, and the other units pass unchanged."""
    network = Network((Linear(((1.0,), (2.0,)), (0.0, 5.0)), ReLU()))
    expected = (
        Linear(((1.0,), (2.0,)), (0.5, 5.0)),
        ReLU(),
        Linear(((1.0, 0.0), (0.0, 1.0)), (-0.5, 0.0)),
        ReLU(),
    )
    assert Guard(0, 0, 0.5).apply(network) == Network(expected)


def test_guard_is_planted_below():
    """Planting lowers the bias by what the guard moves, so that the first layer stays as it was."""
    guard = Guard(0, 0, 1.0)
    assert guard.plant(HIDDEN).linears[0].bias == (2.0,)
    assert guard.apply(guard.plant(HIDDEN)).linears[0] == FIRST


@pytest.mark.parametrize(
    ("rewrite", "why"),
    [
        (Identity(1), "passed a ReLU"),
        (MoveBias(1, 0, 1.0), "passed a ReLU"),
        (MoveBias(0, 0, 0.0), "changes nothing"),
        (MoveBias(0, 2, 1.0), "reads no unit 2"),
        (Factorise(0, 2), "reads no unit 2"),
        (Factorise(0, -1), "reads no unit -1"),
        (Guard(0, 0, 0.0), "positive amount"),
        (Guard(0, 0, -1.0), "positive amount"),
        (Guard(0, 1, 1.0), "has no unit 1"),
        (Guard(1, 0, 1.0), "no ReLU behind"),
    ],
)
def test_side_conditions(rewrite, why):
    """Where the side condition fails, the rewrite says which."""
    with pytest.raises(DoesNotApply, match=why):
        rewrite.apply(HIDDEN)


def test_identity_of_a_rectified_output():
    """An output that has passed a ReLU is left alone."""
    with pytest.raises(DoesNotApply, match="passed a ReLU"):
        Identity(1).apply(Network((FIRST, ReLU())))
