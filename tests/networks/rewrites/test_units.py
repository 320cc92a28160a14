"""Rewrites of single hidden units."""

import pytest

from axiomcheck.networks import Conv, DoesNotApply, Flatten, Linear, MaxPool, Network, ReLU, Residual
from axiomcheck.networks.rewrites.units import CancellingPair, DeadUnit, Permute, Rescale, Split

TOP = Linear(((5.0, 6.0),), (7.0,))
NETWORK = Network((Linear(((1.0, 2.0), (3.0, 4.0)), (-1.0, 0.5)), ReLU(), TOP))
DEEPER = Network((*NETWORK.layers[:2], Linear(((1.0, 1.0),), (0.0,)), Linear(((2.0,),), (0.0,))))
"""Its second affine layer has no ReLU behind it."""


CONV = Conv.of([[[1.0, 2.0]], [[3.0, 4.0]]], [5.0, 6.0])
CHANNELS = Network((CONV, ReLU(), Flatten(), Linear(((1.0, 2.0, 3.0, 4.0),), (0.0,))), (1, 3))
"""Two channels of two places."""
UPPER = Conv.of([[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]], padding=1)
STACKED = Network((CONV, ReLU(), MaxPool((2,), (1,)), UPPER, Flatten()), (1, 5))


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


def _parts(network):
    """Return the weights and the bias of the first layer, and the weights of the second."""
    first, second = (layer for layer in network.leaves if layer.numeric)
    return first.weight, first.bias, second.weight


def test_permute_channels():
    """Kernels, biases and runs of columns change places."""
    assert _parts(Permute(0, 0, 1).apply(CHANNELS)) == (
        (((3.0, 4.0),), ((1.0, 2.0),)),
        (6.0, 5.0),
        ((3.0, 4.0, 1.0, 2.0),),
    )


def test_permute_channels_below_a_convolution():
    """Kernels change places in the layer above too, with a max-pool between."""
    assert _parts(Permute(0, 0, 1).apply(STACKED))[2] == (((4.0, 5.0, 6.0), (1.0, 2.0, 3.0)),)


def test_split_a_channel():
    """Both copies' columns are halves."""
    assert _parts(Split(0, 1, 0.5).apply(CHANNELS)) == (
        (((1.0, 2.0),), ((3.0, 4.0),), ((3.0, 4.0),)),
        (5.0, 6.0, 6.0),
        ((1.0, 2.0, 1.5, 2.0, 1.5, 2.0),),
    )


def test_rescale_a_channel():
    """The kernel is doubled, what reads it is halved."""
    weight, bias, above = _parts(Rescale(0, 0, 2.0).apply(STACKED))
    assert (weight, bias) == ((((2.0, 4.0),), ((3.0, 4.0),)), (10.0, 6.0))
    assert above == (((0.5, 1.0, 1.5), (4.0, 5.0, 6.0)),)


def test_a_dead_channel():
    """Its kernel is 0, and the middle of its places is read."""
    assert _parts(DeadUnit(0, -1.0, 0, 9.0).apply(STACKED))[1:] == (
        (5.0, 6.0, -1.0),
        (((1.0, 2.0, 3.0), (4.0, 5.0, 6.0), (0.0, 9.0, 0.0)),),
    )


def test_a_cancelling_pair_of_channels():
    """Both read one place of the source, and one place of each is read."""
    weight, bias, above = _parts(CancellingPair(0, 0, 2.0, -3.0, 0, 8.0).apply(CHANNELS))
    assert weight[2:] == (((0.0, 2.0),), ((0.0, 2.0),))
    assert bias == (5.0, 6.0, -3.0, -3.0)
    assert above == ((1.0, 2.0, 3.0, 4.0, 0.0, 8.0, 0.0, -8.0),)


def test_units_of_a_branch():
    """Inside a residual sum, units are what they are outside."""
    body = (NETWORK.layers[0], ReLU(), Linear(((1.0, 2.0), (3.0, 4.0)), (0.0, 0.0)))
    (residual,) = Permute(0, 0, 1).apply(Network((Residual((body, ())),), (2,))).layers
    assert residual.branches[0][2].weight == ((2.0, 1.0), (4.0, 3.0))
    assert residual.branches[1] == ()
