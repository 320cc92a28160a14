"""Rewrites that put a layer in."""

import pytest

from axiomcheck.networks import Conv, DoesNotApply, Flatten, Linear, Network, ReLU, Residual, Softmax
from axiomcheck.networks.rewrites.layers import Factorise, Guard, Identity, MoveBias

FIRST = Linear(((1.0, 2.0),), (3.0,))
SPLIT = Linear(((1.0, 0.0), (0.0, 1.0), (-1.0, -0.0), (-0.0, -1.0)), (0.0,) * 4)
LINEAR = Network((FIRST,))
CONV = Conv.of([[[1.0, 2.0], [3.0, 4.0]]], [5.0])
IMAGE = Network((CONV, ReLU(), Flatten()), (2, 3))
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


def test_identity_of_probabilities():
    """The softmax stays at the end, and what it reads is split."""
    layers = Identity(1).apply(Network((Linear(((1.0,), (2.0,)), (0.0, 0.0)), Softmax()))).layers
    assert [type(layer) for layer in layers] == [Linear, Linear, ReLU, Linear, Softmax]


def test_identity_of_channels():
    """Two channels are split into four by kernels of 1, which the convolution reads with both signs."""
    split = Conv.of([[[1.0], [0.0]], [[0.0], [1.0]], [[-1.0], [0.0]], [[0.0], [-1.0]]])
    doubled = Conv.of([[[1.0, 2.0], [3.0, 4.0], [-1.0, -2.0], [-3.0, -4.0]]], [5.0])
    assert Identity(0).apply(IMAGE).layers == (split, ReLU(), doubled, ReLU(), Flatten())


def test_factorise_a_convolution():
    """The kernel of one channel stands apart, and a kernel of 1 adds the two."""
    apart = Conv.of([[[0.0, 0.0], [3.0, 4.0]], [[1.0, 2.0], [0.0, 0.0]]])
    assert Factorise(0, 1).apply(IMAGE).layers[:2] == (apart, Conv.of([[[1.0], [1.0]]], [5.0]))


def test_move_the_bias_of_a_convolution():
    """Each place of the kernel takes its share of the shift from the bias."""
    shift = Conv.of([[[1.0], [0.0]], [[0.0], [1.0]]], [0.0, 2.0])
    lower = Conv.of([[[1.0, 2.0], [3.0, 4.0]]], [5.0 - 2 * 7])
    assert MoveBias(0, 1, 2.0).apply(IMAGE).layers[:2] == (shift, lower)


def test_padding_is_not_shifted():
    """Zeros that a convolution adds on its own would not be shifted with the rest."""
    padded = Network((Conv.of([[[1.0, 2.0]]], padding=1), Flatten()), (1, 2))
    with pytest.raises(DoesNotApply, match="padding of layer 0"):
        MoveBias(0, 0, 1.0).apply(padded)


def test_guard_a_channel():
    """The amount is taken off by a kernel of 1, behind the first ReLU."""
    raised, lower = Conv.of(CONV.weight, [6.0]), Conv.of([[[1.0]]], [-1.0])
    assert Guard(0, 0, 1.0).apply(IMAGE).layers == (raised, ReLU(), lower, ReLU(), Flatten())


def test_inside_a_branch():
    """A layer in a residual sum is factorised where it stands; its input has passed the ReLU before the block."""
    network = Network((ReLU(), Residual(((FIRST,), (FIRST,)))), (2,))
    changed = Factorise(1, 0).apply(network)
    assert [len(branch) for branch in changed.layers[1].branches] == [1, 2]
    with pytest.raises(DoesNotApply, match="what layer 1 reads has passed a ReLU"):
        Identity(1).apply(network)


@pytest.mark.parametrize("rewrite", [Identity(0), Factorise(0, 0), MoveBias(0, 0, 1.0), Guard(0, 0, 1.0)])
def test_groups_are_left_alone(rewrite):
    """A convolution in groups is not rewritten."""
    with pytest.raises(DoesNotApply, match="in groups"):
        rewrite.apply(Network((Conv.of([[[1.0]]] * 2, groups=2), ReLU(), Flatten()), (2, 2)))
