"""Rewrites of single hidden units."""

import pytest

from axiomcheck.networks import DoesNotApply, Linear, Network, ReLU
from axiomcheck.networks.rewrites.units import CancellingPair, DeadUnit, Permute, Rescale, Split

TOP = Linear(((5.0, 6.0),), (7.0,))
NETWORK = Network((Linear(((1.0, 2.0), (3.0, 4.0)), (-1.0, 0.5)), ReLU(), TOP))
DEEPER = Network((*NETWORK.layers[:2], Linear(((1.0, 1.0),), (0.0,)), Linear(((2.0,),), (0.0,))))
"""Its second affine layer has no ReLU behind it."""


def _network(first, top):
    return Network((first, ReLU(), top))


def test_permute():
    """Rows, biases and outgoing columns change places."""
    expected = _network(Linear(((3.0, 4.0), (1.0, 2.0)), (0.5, -1.0)), Linear(((6.0, 5.0),), (7.0,)))
    assert Permute(0, 0, 1).apply(NETWORK) == expected


def test_split():
    """A quarter and three quarters of the outgoing weight go out of two copies."""
    first = Linear(((1.0, 2.0), (3.0, 4.0), (3.0, 4.0)), (-1.0, 0.5, 0.5))
    assert Split(0, 1, 0.25).apply(NETWORK) == _network(first, Linear(((5.0, 1.5, 4.5),), (7.0,)))


def test_dead_unit():
    """The new unit reads nothing, has a bias of at most 0, and would add 9 times what it says."""
    first = Linear(((1.0, 2.0), (3.0, 4.0), (0.0, 0.0)), (-1.0, 0.5, -2.0))
    assert DeadUnit(0, -2.0, 0, 9.0).apply(NETWORK) == _network(first, Linear(((5.0, 6.0, 9.0),), (7.0,)))


def test_rescale():
    """What comes in is doubled, bias too, and what goes out is halved."""
    expected = _network(Linear(((2.0, 4.0), (3.0, 4.0)), (-2.0, 0.5)), Linear(((2.5, 6.0),), (7.0,)))
    assert Rescale(0, 0, 2.0).apply(NETWORK) == expected


def test_cancelling_pair():
    """relu(2·x2 - 3) is added and taken away."""
    first = Linear(((1.0, 2.0), (3.0, 4.0), (0.0, 2.0), (0.0, 2.0)), (-1.0, 0.5, -3.0, -3.0))
    expected = _network(first, Linear(((5.0, 6.0, 8.0, -8.0),), (7.0,)))
    assert CancellingPair(0, 1, 2.0, -3.0, 0, 8.0).apply(NETWORK) == expected


@pytest.mark.parametrize(
    ("rewrite", "why"),
    [
        (Permute(0, 1, 1), "change places with itself"),
        (Permute(0, 0, 2), "has no unit 2"),
        (Permute(0, 2, 0), "has no unit 2"),
        (Permute(0, 0, -1), "has no unit -1"),
        (Permute(1, 0, 0), "no ReLU behind"),
        (Split(0, 0, 0.0), "between 0 and 1"),
        (Split(0, 0, 1.0), "between 0 and 1"),
        (Split(0, 0, -0.5), "between 0 and 1"),
        (Split(0, 2, 0.5), "has no unit 2"),
        (DeadUnit(0, 1.0, 0, 1.0), "at most 0"),
        (DeadUnit(0, 0.0, 1, 1.0), "layer 1 has no unit 1"),
        (Rescale(0, 0, 3.0), "power of two"),
        (Rescale(0, 0, 0.75), "power of two"),
        (Rescale(0, 0, 1.0), "other than 1"),
        (Rescale(0, 0, -2.0), "power of two"),
        (Rescale(0, 0, 0.0), "power of two"),
        (CancellingPair(0, 2, 1.0, 0.0, 0, 1.0), "reads no unit 2"),
        (CancellingPair(0, 0, 1.0, 0.0, 1, 1.0), "layer 1 has no unit 1"),
        (CancellingPair(0, 0, 0.0, 0.0, 0, 1.0), "would be dead"),
        (CancellingPair(0, 0, 1.0, 0.0, 0, 0.0), "would be dead"),
    ],
)
def test_side_conditions(rewrite, why):
    """Where the side condition fails, the rewrite says which."""
    with pytest.raises(DoesNotApply, match=why):
        rewrite.apply(NETWORK)


@pytest.mark.parametrize("rewrite", [Permute(1, 0, 0), Split(1, 0, 0.5), DeadUnit(1, 0.0, 0, 1.0), Rescale(1, 0, 2.0)])
def test_linear_hidden_layers_are_left_alone(rewrite):
    """A layer with no ReLU behind it has no hidden units in this sense."""
    with pytest.raises(DoesNotApply, match="no ReLU behind"):
        rewrite.apply(DEEPER)


def test_outputs_are_not_hidden():
    """A last layer with a ReLU has no layer above to make up for the change."""
    with pytest.raises(DoesNotApply, match="not hidden"):
        Split(0, 0, 0.5).apply(Network((Linear(((1.0,),), (0.0,)), ReLU())))


def test_rescaling_a_unit_of_zeros_changes_nothing():
    """A unit that reads nothing and is not read stays what it is: the rewrite does not apply."""
    with pytest.raises(DoesNotApply):
        Rescale(0, 0, 2.0).apply(_network(Linear(((0.0,),), (0.0,)), Linear(((0.0,),), (0.0,))))


def test_exchanging_equal_units_changes_nothing():
    """Two units alike, with equal outgoing weights, stay what they are: the rewrite does not apply."""
    with pytest.raises(DoesNotApply):
        Permute(0, 0, 1).apply(_network(Linear(((1.0,), (1.0,)), (0.0, 0.0)), Linear(((1.0, 1.0),), (0.0,))))
