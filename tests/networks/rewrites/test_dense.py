"""All layers from one on as Linear layers."""

from random import Random

import pytest

from axiomcheck.networks import AvgPool, Conv, DoesNotApply, Flatten, Linear, MaxPool, Network, ReLU, Residual
from axiomcheck.networks.rewrites.dense import TailAsDense

CONV = Conv.of([[[1.0, -2.0]]], [0.5])
NETWORK = Network((CONV, ReLU(), AvgPool((2,), (2,)), Flatten(), Linear(((3.0,),), (0.0,))), (1, 3))


def test_a_convolution_and_a_pool_become_linear():
    """Each affine layer is a Linear of its own, from the layer on that is named."""
    kinds = [layer.kind for layer in TailAsDense(0).apply(NETWORK).layers]
    assert kinds == ["flatten", "linear", "relu", "linear", "linear"]
    kinds = [layer.kind for layer in TailAsDense(2).apply(NETWORK).layers]
    assert kinds == ["conv1d", "relu", "flatten", "linear", "linear"]


def test_the_function_is_kept(random_networks, random_point):
    """Wherever it applies, at every place, the outputs are the same fractions."""
    random, applied = Random(7), 0
    for network in random_networks(200, 7):
        for start in range(TailAsDense.count(network)):
            try:
                rewritten = TailAsDense(start).apply(network)
            except DoesNotApply:
                continue
            applied += 1
            x = random_point(random, network)
            assert rewritten.exact(x) == network.exact(x)
    assert applied > 50


def test_branches_become_linear_too():
    """A sum of convolutions is one of Linear layers."""
    network = Network((Residual(((Conv.of([[[2.0]]]),), ())), Flatten()), (1, 2))
    (flat, block) = TailAsDense(0).apply(network).layers
    assert (flat, block.branches[0][0].kind) == (Flatten(), "linear")


@pytest.mark.parametrize(
    ("layers", "start", "why"),
    [
        ((MaxPool((2,), (2,)), Flatten()), 0, "maxpool1d has no equal on flat units"),
        ((AvgPool((3,), (3,)), Flatten()), 0, "avgpool1d has no equal on flat units"),
        ((CONV, Flatten()), 1, "layer 1 reads units"),
        ((CONV, Flatten()), 2, "the network has no layer 2"),
    ],
)
def test_where_it_does_not_apply(layers, start, why):
    """A maximum, a third, and units that are flat already stay as they are."""
    with pytest.raises(DoesNotApply, match=why):
        TailAsDense(start).apply(Network(layers, (1, 3)))
