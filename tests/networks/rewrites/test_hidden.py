"""Hidden units: what is taken apart is put together again."""

import numpy as np
import pytest

from axiomcheck.networks import (
    AvgPool,
    BatchNorm,
    Conv,
    DoesNotApply,
    Dropout,
    Flatten,
    LeakyReLU,
    Linear,
    MaxPool,
    Network,
    ReLU,
    Residual,
)
from axiomcheck.networks.rewrites.hidden import at_middle, hidden

A, B = Linear(((1.0, 2.0), (3.0, 4.0)), (5.0, 6.0)), Linear(((7.0, 8.0),), (9.0,))
PLAIN = Network((A, ReLU(), B))
CONV = Conv.of([[[1.0, 2.0]], [[3.0, 4.0]]], [5.0, 6.0])
UPPER = Conv.of([[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]], padding=1)
POOLED = Network(
    (
        CONV,
        Dropout(),
        MaxPool((2,), (2,)),
        ReLU(),
        AvgPool((1,), (1,)),
        Flatten(),
        Linear(((1.0, 2.0, 3.0, 4.0),), (0.0,)),
    ),
    (1, 5),
)
STACKED = Network((CONV, ReLU(), UPPER, Flatten()), (1, 4))


def test_units_of_a_linear_layer():
    """Rows, biases, and columns of the layer above."""
    units = hidden(PLAIN, 0).units
    assert units.rows.tolist() == [[1, 2], [3, 4]]
    assert units.bias.tolist() == [5, 6]
    assert units.read.tolist() == [[[7]], [[8]]]


def test_channels_below_a_convolution():
    """A channel is read by a kernel."""
    assert hidden(STACKED, 0).units.read.tolist() == [[[1, 2, 3]], [[4, 5, 6]]]


def test_channels_below_a_flatten():
    """A channel is read by the columns of its places, past pools, dropouts and the ReLU."""
    assert hidden(POOLED, 0).units.read.tolist() == [[[1, 2]], [[3, 4]]]


@pytest.mark.parametrize("network", [PLAIN, STACKED, POOLED])
def test_putting_the_units_back_changes_nothing(network):
    """Apart and together again it is the same network."""
    found = hidden(network, 0, 1)
    assert found.with_units(found.units) == network


def test_units_are_chosen_and_joined():
    """In any order, any number of times, with a blank one behind."""
    units = hidden(PLAIN, 0).units
    more = units.at([1, 0, 1]).plus(units.blank())
    assert more.bias.tolist() == [6, 5, 6, 0]
    assert hidden(PLAIN, 0).with_units(more).layers[2] == Linear(((8.0, 7.0, 8.0, 0.0),), (9.0,))


def test_another_bias_above():
    """The layer above can be given another bias at the same time."""
    found = hidden(PLAIN, 0)
    assert found.with_units(found.units, np.array([1.0])).layers[2] == Linear(((7.0, 8.0),), (1.0,))


def test_units_inside_a_branch():
    """Both layers stand in the branch."""
    network = Network((Residual(((A, ReLU(), Linear(((1.0, 2.0), (3.0, 4.0)), (0.0, 0.0))), ())),), (2,))
    assert hidden(network, 0).above.weight == ((1.0, 2.0), (3.0, 4.0))


@pytest.mark.parametrize(
    ("layers", "why"),
    [
        ((A, B), "layer 0 has no ReLU behind it"),
        ((A, LeakyReLU(), B), "layer 0 has no ReLU behind it"),
        ((A, ReLU()), "layer 0 is not hidden"),
        ((A, ReLU(), BatchNorm.of(*[(1.0, 1.0)] * 4), B), "layer 0 is not hidden"),
        ((A, ReLU(), Residual(((), ())), B), "layer 0 is not hidden"),
    ],
)
def test_what_is_not_hidden(layers, why):
    """Without a ReLU, without a layer above, or with something else between, there is nothing to work with."""
    with pytest.raises(DoesNotApply, match=why):
        hidden(Network(layers), 0)


@pytest.mark.parametrize("unit", [-1, 2])
def test_units_that_are_not_there(unit):
    """The layer has units 0 and 1."""
    with pytest.raises(DoesNotApply, match=f"layer 0 has no unit {unit}"):
        hidden(PLAIN, 0, 0, unit)


def test_groups_above():
    """A convolution in groups reads its channels apart."""
    network = Network((CONV, ReLU(), Conv.of([[[1.0]]] * 2, groups=2), Flatten()), (1, 4))
    with pytest.raises(DoesNotApply, match="layer 1 is a convolution in groups"):
        hidden(network, 0)


def test_the_middle_of_kernels():
    """It is a view: what is written there stands in the kernel."""
    weight = np.zeros((1, 2, 3, 3))
    at_middle(weight)[0, 1] = 5.0
    assert (weight[0, 1, 1, 1], weight.sum()) == (5.0, 5.0)
