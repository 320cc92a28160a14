"""The guard whose threshold depends on the input."""

import pytest

from axiomcheck.networks import Conv, DoesNotApply, Flatten, Linear, Network, ReLU, Residual
from axiomcheck.networks.rewrites.guards import GuardedBias

IDENTITY = Linear(((1.0, 0.0), (0.0, 1.0)), (0.0, 0.0))


def _over(row, bias, first=IDENTITY, *more):
    rows, biases = (row, *(r for r, _ in more)), (bias, *(b for _, b in more))
    return Network((first, ReLU(), Linear(rows, biases), ReLU()))


def test_the_textbook_pair():
    """relu(relu(x1) - 1 - relu(x2)) becomes relu(relu(x1 - 1) - relu(x2)), of Sundararajan et al. 2017."""
    textbook = _over((1.0, -1.0), -1.0)
    rewritten = GuardedBias(1, 0, 0).apply(textbook)
    assert textbook.formula() == "f(x1, x2) = relu(relu(x1) - relu(x2) - 1)"
    assert rewritten.formula() == "f(x1, x2) = relu(relu(x1 - 1) - relu(x2))"


def test_the_bias_is_divided_by_the_weight():
    """relu(2·relu(x1) - 1) becomes relu(2·relu(x1 - 0.5))."""
    assert GuardedBias(1, 0, 0).apply(_over((2.0, 0.0), -1.0)).formula() == "f(x1, x2) = relu(2*relu(x1 - 0.5))"


def test_a_source_with_other_readers_stays():
    """What else reads the source keeps reading it: the bias moves into a copy."""
    rewritten = GuardedBias(1, 0, 0).apply(_over((1.0, 0.0), -1.0, IDENTITY, ((1.0, 0.0), 3.0)))
    assert rewritten.formula().splitlines() == [
        "f1(x1, x2) = relu(relu(x1 - 1))",
        "f2(x1, x2) = relu(relu(x1) + 3)",
    ]


def test_planting_gives_the_signs():
    """Everything but the source is read with weights of at most 0, the source with 1, under a negative bias."""
    planted = GuardedBias(1, 0, 1).plant(_over((3.0, 2.0), 2.0))
    assert (planted.linears[1].weight, planted.linears[1].bias) == (((-3.0, 1.0),), (-2.0,))


def test_planting_makes_a_bias_where_there_is_none():
    """Without a bias there would be nothing to move."""
    assert GuardedBias(1, 0, 0).plant(_over((1.0, 1.0), 0.0)).linears[1].bias == (-1.0,)


@pytest.mark.parametrize(
    ("network", "why"),
    [
        (_over((1.0, -1.0), 0.0), "no negative bias"),
        (_over((1.0, -1.0), 1.0), "no negative bias"),
        (_over((3.0, -1.0), -1.0), "power of two"),
        (_over((0.0, -1.0), -1.0), "power of two"),
        (_over((-1.0, -1.0), -1.0), "power of two"),
        (_over((1.0, 1.0), -1.0), "positive weight"),
        (Network((IDENTITY, Linear(((1.0, -1.0),), (-1.0,)), ReLU())), "no ReLU behind"),
        (Network((IDENTITY, ReLU(), Linear(((1.0, -1.0),), (-1.0,)))), "no ReLU behind"),
    ],
)
def test_side_conditions(network, why):
    """The bias is negative, the source read with a power of two, the rest with at most 0, a ReLU behind both."""
    with pytest.raises(DoesNotApply, match=why):
        GuardedBias(1, 0, 0).apply(network)


@pytest.mark.parametrize("rewrite", [GuardedBias(0, 0, 0), GuardedBias(1, 1, 0), GuardedBias(1, 0, 2)])
def test_sites_that_are_not_there(rewrite):
    """The first layer has no ReLUs below it, and units are counted."""
    with pytest.raises(DoesNotApply):
        rewrite.apply(_over((1.0, -1.0), -1.0))


def test_the_textbook_pair_in_a_branch():
    """Inside a residual sum the bias moves in the same way."""
    textbook = _over((1.0, -1.0), -1.0).layers
    narrow = Linear(((1.0, -1.0),), (0.0,))
    (residual,) = GuardedBias(1, 0, 0).apply(Network((Residual((textbook, (narrow,))),), (2,))).layers
    assert residual.branches == (GuardedBias(1, 0, 0).apply(Network(textbook)).layers, (narrow,))


def test_convolutions_are_left_alone():
    """Places of a channel would need biases of their own."""
    conv = Conv.of([[[1.0]], [[1.0]]])
    network = Network((conv, ReLU(), Flatten(), Linear(((1.0, -1.0),), (-1.0,)), ReLU()), (1, 1))
    with pytest.raises(DoesNotApply, match="not both Linear"):
        GuardedBias(1, 0, 0).apply(network)
    with pytest.raises(DoesNotApply, match="layer 0 is a convolution"):
        GuardedBias(0, 0, 0).plant(network)
