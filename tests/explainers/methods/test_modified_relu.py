"""Guided backpropagation and the deconvolutional network: other ways through a ReLU."""

from fractions import Fraction

import pytest
import torch
from torch import nn

from axiomcheck.explainers.methods.deconvnet import deconvnet
from axiomcheck.explainers.methods.gradient import gradient
from axiomcheck.explainers.methods.guided_backprop import guided_backprop
from axiomcheck.explainers.methods.modified_relu import modified_gradient
from axiomcheck.networks import Linear, Network, ReLU

THROUGH = {
    guided_backprop: lambda z, arrived: arrived if z > 0 and arrived > 0 else 0,
    deconvnet: lambda _, arrived: max(arrived, 0),
}


@pytest.mark.parametrize("explain", THROUGH, ids=["guided", "deconv"])
def test_formula(agree, naive, explain):
    """Layers send back by their weights, ReLUs by the rule, on random networks in loops."""

    def oracle(network, x, target, _):
        entering = naive(network, x)
        arrived = [Fraction(k == target) for k in range(len(entering[-1]))]
        for layer, z in zip(reversed(network.layers), reversed(entering[:-1]), strict=True):
            if isinstance(layer, Linear):
                rows = list(zip(layer.weight, arrived, strict=True))
                arrived = [sum(Fraction(row[i]) * r for row, r in rows) for i in range(len(z))]
            else:
                arrived = [THROUGH[explain](value, r) for value, r in zip(z, arrived, strict=True)]
        return arrived, 1

    agree(explain, oracle, seed=108)


def test_an_inactive_unit_is_told_apart(explained):
    """relu(-x1) at 1: only the deconvolutional network sends something through a unit that is off."""
    network = Network((Linear(((-1.0,),), (0.0,)), ReLU()))
    assert explained(guided_backprop, network, [(1,)]) == [[0.0]]
    assert explained(deconvnet, network, [(1,)]) == [[-1.0]]


def test_all_else_sends_back_its_gradient():
    """With a ReLU that does as its derivative says it is the gradient, through every kind of layer."""
    with torch.random.fork_rng():
        torch.manual_seed(0)
        below = (nn.Conv2d(1, 2, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.LeakyReLU(), nn.BatchNorm2d(2))
        model = nn.Sequential(*below, nn.Hardtanh(), nn.Flatten(), nn.Linear(8, 2), nn.Softmax(1)).double().eval()
        x, target = torch.randn(3, 1, 4, 4).double(), torch.tensor([0, 1, 1])
    found = modified_gradient(model, x, target, lambda z, arrived: arrived * (z > 0))
    assert torch.allclose(found, gradient(model, x, target), rtol=1e-12, atol=1e-12)
