"""A batch normalisation folded, a convolution made dense."""

import pytest

from axiomcheck.networks import (
    BatchNorm,
    Conv,
    ConvTranspose,
    DoesNotApply,
    Dropout,
    Flatten,
    LeakyReLU,
    Linear,
    MaxPool,
    Network,
    PReLU,
    ReLU,
)
from axiomcheck.networks.rewrites.fold import ConvAsDense, FoldBatchNorm

CONV = Conv.of([[[1.0, 2.0]], [[3.0, 4.0]]], [5.0, 6.0])
NORM = BatchNorm.of((1.0, 2.0), (0.5, 2.0), (1.0, 3.0), (7.0, 0.0))
"""Twice the first channel, plus 5; one and a half times the second, minus 3."""


def test_a_normalisation_is_folded():
    """2·(W x + 5) + 5 and 1.5·(W x + 6) - 3."""
    network = Network((CONV, NORM, ReLU(), Flatten()), (1, 3))
    folded = Conv.of([[[2.0, 4.0]], [[4.5, 6.0]]], [15.0, 6.0])
    assert FoldBatchNorm(0).apply(network).layers == (folded, ReLU(), Flatten())


def test_a_normalisation_of_a_linear_layer():
    """Rows are what channels are."""
    network = Network((Linear(((1.0,), (1.0,)), (0.0, 0.0)), NORM))
    assert FoldBatchNorm(0).apply(network).layers == (Linear(((2.0,), (1.5,)), (5.0, -3.0)),)


def test_a_normalisation_of_groups():
    """Each channel has kernels of its own, in groups too."""
    network = Network((Conv.of([[[1.0]], [[2.0]]], groups=2), NORM, Flatten()), (2, 1))
    assert FoldBatchNorm(0).apply(network).layers[0] == Conv.of([[[2.0]], [[3.0]]], [5.0, -3.0], groups=2)


def test_a_normalisation_is_planted():
    """Where there is none, (z - 1) / 2 is put behind the layer; where there is one, nothing."""
    bare, normalised = (Network((CONV, *norm, Flatten()), (1, 3)) for norm in ((), (NORM,)))
    (norm,) = FoldBatchNorm(0).plant(bare).layers[1:2]
    assert (norm.scales.tolist(), norm.shifts.tolist()) == ([0.5, 0.5], [-0.5, -0.5])
    assert FoldBatchNorm(0).plant(normalised) == normalised


def test_no_bias_is_planted():
    """Behind a layer without a bias the normalisation has none: networks without biases stay so."""
    network = Network((Linear(((1.0,), (2.0,)), (0.0, 0.0)),))
    (norm,) = FoldBatchNorm(0).plant(network).layers[1:]
    assert (norm.scales.tolist(), norm.shifts.tolist()) == ([0.5, 0.5], [0.0, 0.0])


@pytest.mark.parametrize(
    ("layers", "why"),
    [
        ((CONV, ReLU(), NORM), "layer 0 has no batch normalisation"),
        ((CONV,), "layer 0 has no batch normalisation"),
        ((ConvTranspose.of([[[1.0], [1.0]]]), NORM), "transposed"),
        ((Conv.of([[[0.1]], [[0.1]]]), BatchNorm.of((0.0,) * 2, (1.0,) * 2, (0.3, 1.0), (0.0,) * 2)), "rounded"),
        (
            (Conv.of([[[1.0]], [[1.0]]], [0.1, 0.0]), BatchNorm.of((0.0,) * 2, (1.0,) * 2, (1.0,) * 2, (0.2,) * 2)),
            "rounded",
        ),
    ],
)
def test_what_is_not_folded(layers, why):
    """The normalisation comes right behind a layer, and nothing is rounded."""
    with pytest.raises(DoesNotApply, match=why):
        FoldBatchNorm(0).apply(Network((*layers, Flatten()), (1, 3)))


def test_a_convolution_is_a_matrix():
    """Two channels of two places read three places; the ReLU works on either shape."""
    network = Network((CONV, Dropout(), ReLU(), Flatten()), (1, 3))
    rows = ((1.0, 2.0, 0.0), (0.0, 1.0, 2.0), (3.0, 4.0, 0.0), (0.0, 3.0, 4.0))
    dense = Linear(rows, (5.0, 5.0, 6.0, 6.0))
    assert ConvAsDense(0).apply(network).layers == (Flatten(), dense, Dropout(), ReLU())


def test_a_transposed_convolution_is_a_matrix():
    """Stride 2 spreads what is read."""
    network = Network((ConvTranspose.of([[[1.0, 2.0]]], [3.0], stride=2), LeakyReLU(), Flatten()), (1, 2))
    dense = Linear(((1.0, 0.0), (2.0, 0.0), (0.0, 1.0), (0.0, 2.0)), (3.0,) * 4)
    assert ConvAsDense(0).apply(network).layers == (Flatten(), dense, LeakyReLU())


@pytest.mark.parametrize("between", [(NORM,), (PReLU((0.5, 0.25)),), (MaxPool((2,), (2,)),), (CONV,)])
def test_channels_end_at_a_flatten(between):
    """What knows channels cannot stand behind the Flatten."""
    conv = Conv.of([[[1.0]], [[1.0]]]) if between != (CONV,) else Conv.of([[[1.0]]])
    with pytest.raises(DoesNotApply, match="layer 0 is not followed by"):
        ConvAsDense(0).apply(Network((conv, *between, Flatten()), (1, 3)))


def test_a_linear_layer_is_dense():
    """It is what the rewrite would make."""
    with pytest.raises(DoesNotApply, match="Linear already"):
        ConvAsDense(0).apply(Network((Linear(((1.0,),), (0.0,)), Flatten())))


def test_one_slope_for_all():
    """A PReLU with one slope does not know channels."""
    network = Network((CONV, PReLU(), Flatten()), (1, 3))
    assert ConvAsDense(0).apply(network).layers[2] == PReLU()


def test_a_padding_that_repeats_places_stays():
    """A window that reads a place by two weights is no Linear with the same weights."""
    circular = Conv(((((1.0, -1.0, 2.0)),),), (0.0,), (1,), (1,), mode="circular")
    for size, is_dense in ((3, True), (2, False)):
        network = Network((circular, Flatten()), (1, size))
        assert circular.reads_twice((1, size)) is not is_dense
        if is_dense:
            assert ConvAsDense(0).apply(network).layers[0] == Flatten()
        else:
            with pytest.raises(DoesNotApply, match="layer 0 reads places twice"):
                ConvAsDense(0).apply(network)
