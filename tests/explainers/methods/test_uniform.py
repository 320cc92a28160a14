"""The uniform explanation."""

from fractions import Fraction

import torch
from torch import nn

from axiomcheck.explainers.methods.uniform import uniform


def test_every_variable_gets_an_equal_share(agree):
    """R_i = f(x) / d, on random networks."""

    def oracle(network, x, target, _):
        output = network.exact(x)[target]
        return [output / len(x) for _ in x], abs(output)

    agree(uniform, oracle, seed=61)


def test_reference_value(explained, max_pair):
    """max(2, 1) = 2 is 1 for each, on either network."""
    for network in max_pair:
        assert explained(uniform, network, [(2, 1)]) == [[1.0, 1.0]]


def test_inputs_of_more_dimensions():
    """An image of 1 by 2 by 2 pixels gets a quarter of the output in each."""
    model = nn.Sequential(nn.Flatten(), nn.Linear(4, 1, bias=False)).double()
    with torch.no_grad():
        model[1].weight.fill_(1.0)
    images = torch.tensor([[[[1.0, 2.0], [3.0, 4.0]]], [[[0.0, 0.0], [0.0, 8.0]]]], dtype=torch.float64)
    relevance = uniform(model, images, torch.tensor([0, 0]))
    assert relevance.shape == images.shape
    assert relevance.flatten(1).tolist() == [[2.5] * 4, [2.0] * 4]


def test_shares_are_apart():
    """What is written into one score does not change another: they are no views of one number."""
    model = nn.Linear(2, 1, bias=False)
    relevance = uniform(model, torch.ones(1, 2), torch.tensor([0]))
    relevance[0, 0] = float(Fraction(7))
    assert relevance[0, 1] != 7
