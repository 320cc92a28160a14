"""DeepLIFT with the rescale rule."""

from fractions import Fraction

import pytest
import torch
from torch import nn

from axiomcheck.explainers import Unsupported
from axiomcheck.explainers.methods.deeplift import deeplift
from axiomcheck.networks import Linear, Network, ReLU


def _oracle(naive):
    def multipliers(network, x, target, baseline):
        entering, before = naive(network, x), naive(network, baseline)
        m = [Fraction(k == target) for k in range(len(entering[-1]))]
        for number in reversed(range(len(network.layers))):
            layer, z, start = network.layers[number], entering[number], before[number]
            if isinstance(layer, Linear):
                m = [sum(Fraction(row[i]) * v for row, v in zip(layer.weight, m, strict=True)) for i in range(len(z))]
            else:
                m = [
                    v * ((max(a, 0) - max(b, 0)) / (a - b) if a != b else Fraction(a > 0))
                    for v, a, b in zip(m, z, start, strict=True)
                ]
        return [v * (Fraction(a) - Fraction(b)) for v, a, b in zip(m, x, baseline, strict=True)], 1

    return multipliers


def test_formula(agree, naive):
    """Multipliers are weights, and Δa/Δz at every ReLU, on random networks with random baselines."""
    agree(deeplift, _oracle(naive), seed=109, with_baseline=True)


def test_saturation(explained):
    """1 - relu(1 - x1 - x2) at (1, 1) from (0, 0): half each, where the gradient is 0."""
    network = Network((Linear(((-1.0, -1.0),), (1.0,)), ReLU(), Linear(((-1.0,),), (1.0,))))
    assert explained(deeplift, network, [(1, 1)], baseline=(0, 0)) == [[0.5, 0.5]]


def test_completeness(cases, explained):
    """The scores sum to f(x) - f(x̃), always."""
    for case in cases(30, seed=110):
        found = explained(deeplift, case.network, case.inputs, case.target, case.baseline)
        for x, scores in zip(case.inputs, found, strict=True):
            change = case.network.exact(x)[case.target] - case.network.exact(case.baseline)[case.target]
            assert sum(scores) == pytest.approx(float(change), rel=1e-9, abs=1e-9 * (1 + sum(map(abs, scores))))


def test_a_pool_gives_gains_to_the_new_winner_and_losses_to_the_old():
    """max(x1, x2): from (3, 0) to (1, 2) all was lost by x1; from (0, 1) to (3, 0) x1 gained all of 2."""
    model = nn.Sequential(nn.Unflatten(1, (1, 2)), nn.MaxPool1d(2), nn.Flatten())
    inputs, start = torch.tensor([[1.0, 2.0], [3.0, 0.0]]), torch.tensor([[3.0, 0.0], [0.0, 1.0]])
    assert deeplift(model, inputs, torch.tensor([0, 0]), baseline=start).tolist() == [[-1.0, 0.0], [2.0, 0.0]]


def test_a_softmax_is_told():
    """Multipliers start at the logits."""
    model = nn.Sequential(nn.Linear(2, 2), nn.Softmax(1))
    with pytest.raises(Unsupported, match="DeepLIFT starts from the logits"):
        deeplift(model, torch.ones(1, 2), torch.tensor([0]), baseline=torch.zeros(1, 2))
