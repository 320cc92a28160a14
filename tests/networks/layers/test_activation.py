"""Activations."""

import math

import pytest
import torch

from axiomcheck.networks import AxiomcheckError, Dropout, Hardtanh, LeakyReLU, Network, PReLU, ReLU, ReLU6, Softmax

SHAPES = [(1,), (4,), (2, 3), (2, 2, 3)]


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize(
    "layer",
    [
        ReLU(),
        LeakyReLU(),
        LeakyReLU(-0.5),
        LeakyReLU(2.0),
        PReLU(),
        PReLU((1.0,)),
        ReLU6(),
        Hardtanh(),
        Hardtanh(-0.5, 3.0),
        Hardtanh(1.0, 2.0),
        Dropout(0.75),
    ],
    ids=repr,
)
def test_they_are_their_definitions_and_pytorchs(agrees, random, layer, shape):
    """On vectors, signals and images each unit is what the definition says and PyTorch computes."""
    agrees(layer, shape, random)


@pytest.mark.parametrize("shape", [(2,), (2, 3), (2, 2, 2)], ids=str)
def test_prelu_has_a_slope_for_each_channel(agrees, random, shape):
    """Slopes belong to channels: the first dimension, of a vector too."""
    agrees(PReLU((0.25, -3.0)), shape, random)


@pytest.mark.parametrize("shape", [(3,), (3, 2), (1, 2, 2)], ids=str)
def test_prelu_needs_as_many_slopes_as_channels(shape):
    """Two slopes read two channels; the sentence names layer and shape."""
    with pytest.raises(AxiomcheckError) as told:
        PReLU((0.25, 0.5)).shape_after(shape)
    assert str(told.value) == f"nn.PReLU(2) does not fit inputs of shape {shape}: it has slopes for 2 channels"


@pytest.mark.parametrize(("low", "high"), [(1.0, 1.0), (2.0, -2.0)])
def test_hardtanh_needs_low_below_high(low, high):
    """An empty range is refused."""
    with pytest.raises(AxiomcheckError, match="low < high"):
        Hardtanh(low, high)


@pytest.mark.parametrize(
    ("layer", "below", "at", "above"),
    [(ReLU6(), 0, 6, 6), (Hardtanh(-1.0, 2.0), -1, 2, 2), (LeakyReLU(0.5), -4, 6, 8), (ReLU(), 0, 6, 8)],
    ids=repr,
)
def test_values_at_thresholds(layer, below, at, above):
    """At -8, 6 and 8 they are what one computes in one's head."""
    assert Network((layer,), (3,)).exact((-8.0, 6.0, 8.0)) == (below, at, above)


def test_softmax_is_its_definition_and_pytorchs(defined):
    """Within 10⁻¹² it is exp over the sum of exps, also where exp would overflow."""
    points = [[0.0, 1.0, -2.5], [800.0, 800.0, -800.0]]
    found = [[float(value) for value in Network((Softmax(),), (3,)).value(point)] for point in points]
    assert found == [pytest.approx([float(v) for v in defined(Softmax(), (3,), p)[1]], abs=1e-12) for p in points]
    expected = torch.nn.Softmax(dim=1)(torch.tensor(points, dtype=torch.float64)).tolist()
    assert found == [pytest.approx(row, abs=1e-12) for row in expected]
    assert found[0][1] == pytest.approx(math.e / (1 + math.e + math.exp(-2.5)), abs=1e-12)


def test_softmax_reads_flat_outputs():
    """Probabilities of a signal are refused."""
    with pytest.raises(AxiomcheckError) as told:
        Softmax().shape_after((1, 2))
    assert str(told.value) == "nn.Softmax(dim=1) does not fit inputs of shape (1, 2): it reads outputs (K,)"
