"""The mean slope of a softmax along pieces."""

from math import exp

import pytest
import torch
from torch import nn

from axiomcheck.explainers.graphs.softmax_quadrature import mean_slopes
from axiomcheck.explainers.methods.integrated_gradients import IntegratedGradients


def _sigmoid(z):
    return 1 / (1 + exp(-z)) if z >= 0 else exp(z) / (1 + exp(z))


@pytest.mark.parametrize(
    ("start", "change"), [(0.5, 3.0), (-2.0, 0.25), (-300.0, 1000.0), (-4000.0, 9000.0), (-3e5, 1e6)]
)
def test_two_outputs_by_formula(start, change):
    """Of two outputs the first is σ(z1 - z2), whose mean slope along z1 - z2 = a + b t is (σ(a + b) - σ(a)) / b."""
    left = torch.tensor([[start, 0.0]], dtype=torch.float64)
    right = left + torch.tensor([[change, 0.0]])
    expected = (_sigmoid(start + change) - _sigmoid(start)) / change
    (found,) = mean_slopes(lambda z: z.softmax(1), left, right, torch.tensor([0]))
    assert found.tolist() == pytest.approx([expected, -expected], rel=1e-9)


def test_pieces_of_no_length():
    """Where nothing moves the mean slope is the slope."""
    at = torch.tensor([[1.0, 2.0, 0.0]], dtype=torch.float64)
    shares = at.softmax(1)[0].tolist()
    (found,) = mean_slopes(lambda z: z.softmax(1), at, at, torch.tensor([1]))
    assert found.tolist() == pytest.approx([shares[1] * ((j == 1) - shares[j]) for j in range(3)], rel=1e-12)


@pytest.mark.parametrize("scale", [1.0, 30.0, 1000.0, 1e5])
@pytest.mark.parametrize("end", [nn.Softmax(1), nn.LogSoftmax(1)])
def test_integrated_gradients_are_complete_behind_it(scale, end):
    """The scores sum to f(x) - f(x̃) within rounding, however steep the outputs are."""
    with torch.random.fork_rng():
        torch.manual_seed(76)
        model = nn.Sequential(nn.Linear(3, 6), nn.ReLU(), nn.Linear(6, 4), end).double().eval()
        x, start = (scale * torch.randn(8, 3, dtype=torch.float64) for _ in range(2))
    target = torch.arange(8) % 4
    change = (model(x) - model(start)).gather(1, target[:, None])[:, 0]
    found = IntegratedGradients()(model, x, target, baseline=start).sum(1)
    assert found.tolist() == pytest.approx(change.tolist(), rel=1e-10, abs=1e-12)


def test_a_softmax_in_the_middle_is_left_to_quadrature():
    """What goes on behind a softmax is no piecewise linear function of it: the model as a whole is integrated."""
    model = nn.Sequential(nn.Linear(2, 3), nn.Softmax(1), nn.Linear(3, 1)).double()
    x, start = torch.tensor([[1.0, 2.0]]).double(), torch.zeros(1, 2).double()
    found = IntegratedGradients()(model, x, torch.tensor([0]), baseline=start).sum()
    assert found.item() == pytest.approx((model(x) - model(start)).item(), abs=1e-9)
