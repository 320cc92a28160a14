"""Integrated gradients on convolutions, pools, sums and concatenations."""

import pytest
import torch
from torch import nn
from torch.nn import functional

from axiomcheck.explainers.graphs.graph import graph
from axiomcheck.explainers.graphs.linear_regions import regions
from axiomcheck.explainers.methods.integrated_gradients import IntegratedGradients

EXACT = IntegratedGradients()


def _start(inputs, seed=6):
    return torch.randn(inputs.shape, dtype=inputs.dtype, generator=torch.Generator().manual_seed(seed))


def _midpoints(model, inputs, target, start, steps=1500):
    """Average the gradients at many points, one input at a time."""
    found = []
    for x, k, below in zip(inputs, target, start, strict=True):
        ts = (torch.arange(steps, dtype=x.dtype) + 0.5).reshape(-1, *[1] * x.dim()) / steps
        points = (below + ts * (x - below)).requires_grad_()
        (gradients,) = torch.autograd.grad(model(points)[:, k].sum(), points)
        found.append((x - below) * gradients.mean(0))
    return torch.stack(found)


def test_scores_are_the_integral(architectures):
    """Each is near the midpoint sum of 1500 gradients, which is off by a step at each kink."""
    for model, _, inputs in architectures:
        target, start = torch.arange(len(inputs)) % 2, _start(inputs)
        found = EXACT(model, inputs, target, baseline=start)
        expected = _midpoints(model, inputs, target, start)
        assert (found - expected).abs().max() < 1e-2 * expected.abs().max()


def test_scores_are_complete(architectures):
    """They sum to f(x) - f(x̃) within 1e-9 of what is added up."""
    for model, _, inputs in architectures:
        for seed in range(10):
            target, start = torch.arange(len(inputs)) % 2, _start(inputs, seed)
            found = EXACT(model, inputs, target, baseline=start).flatten(1)
            change = (model(inputs) - model(start)).gather(1, target[:, None])[:, 0]
            assert ((found.sum(1) - change).abs() <= 1e-9 * found.abs().sum(1)).all()


def test_a_batch_equals_its_items(architectures):
    """Each image gets alone what it gets among others."""
    for model, _, inputs in architectures:
        target, start = torch.arange(len(inputs)) % 2, _start(inputs)
        each = zip(inputs.split(1), target.split(1), start.split(1), strict=True)
        alone = [EXACT(model, x, k, baseline=below) for x, k, below in each]
        assert torch.allclose(EXACT(model, inputs, target, baseline=start), torch.cat(alone), rtol=1e-9, atol=1e-9)


KIN = {
    "relu6": functional.relu6,
    "hardtanh": functional.hardtanh,
    "leaky": functional.leaky_relu,
    "clamp": lambda x: x.clamp(-0.5, 0.25),
    "clamp above": lambda x: x.clamp(max=0.25),
    "max pool": lambda x: functional.max_pool1d(x[:, None], 3, 1, 1)[:, 0],
    "dilated max pool": lambda x: functional.max_pool1d(x[:, None], 2, stride=3, dilation=2, ceil_mode=True)[:, 0],
    "images": lambda x: functional.max_pool2d(x.reshape(-1, 2, 3, 2), (2, 1), ceil_mode=True, stride=1).flatten(1),
    "slices": lambda x: torch.cat([x[:, ::2].relu() - x[:, 1::2], x.mean(1, keepdim=True).relu()], 1),
}


class _Model(nn.Module):
    def __init__(self, function):
        super().__init__()
        self.a, self.function = nn.Linear(4, 12), function

    def forward(self, x):
        return 3 * self.function(2 * self.a(x)) - 1


@pytest.mark.parametrize("name", KIN)
def test_kin_of_relu_and_pools_are_exact(name):
    """Every threshold, and every change of a window's winner, is a break: the scores are complete to rounding."""
    with torch.random.fork_rng():
        torch.manual_seed(7)
        model = _Model(KIN[name]).double()
    inputs = 3 * _start(torch.empty(20, 4, dtype=torch.float64), 8)
    start, target = 3 * _start(inputs, 9), torch.zeros(20, dtype=torch.int64)
    graph(model)
    found = EXACT(model, inputs, target, baseline=start)
    change = (model(inputs) - model(start))[:, 0]
    assert ((found.sum(1) - change).abs() <= 1e-9 * (1 + found.abs().sum(1))).all()
    assert torch.allclose(found, _midpoints(model, inputs, target, start), atol=0.05)


def test_pieces_are_few():
    """Of the lines 2 - 2t, 1/2 and 4t the second never leads: the largest changes once, at 1/3."""
    nodes = graph(nn.MaxPool1d(3))
    start, end = torch.tensor([[[2.0, 0.5, 0.0]]]).double(), torch.tensor([[[0.0, 0.5, 4.0]]]).double()
    middles, lengths = regions(nodes, start, end - start)
    assert lengths[lengths > 0].tolist() == pytest.approx([1 / 3, 2 / 3])
    assert middles[lengths > 0].tolist() == pytest.approx([1 / 6, 2 / 3])


def test_ties_at_the_start_of_a_pool():
    """All entries of a window start alike; the steepest wins at once."""
    model = nn.Sequential(nn.Unflatten(1, (1, 3)), nn.MaxPool1d(3), nn.Flatten())
    inputs = torch.tensor([[1.0, 3.0, 2.0]], dtype=torch.float64)
    scores = EXACT(model, inputs, torch.tensor([0]), baseline=torch.zeros_like(inputs))
    assert scores.tolist() == [[0.0, 3.0, 0.0]]


def test_a_softmax_is_integrated_by_quadrature():
    """Behind a softmax nothing is piecewise linear; the scores are complete within 1e-6."""
    with torch.random.fork_rng():
        torch.manual_seed(10)
        model = nn.Sequential(nn.Linear(3, 3), nn.Softmax(-1)).double()
    inputs, start = _start(torch.empty(5, 3).double(), 11), _start(torch.empty(5, 3).double(), 12)
    found = EXACT(model, inputs, torch.zeros(5, dtype=torch.int64), baseline=start).sum(1)
    assert torch.allclose(found, (model(inputs) - model(start))[:, 0], atol=1e-6)


def test_many_pieces_are_handled_in_portions(architectures, monkeypatch):
    """With three points at a time instead of a thousand the scores are the same."""
    model, _, inputs = architectures[1]
    target, start = torch.arange(len(inputs)) % 2, _start(inputs)
    expected = EXACT(model, inputs, target, baseline=start)
    for module in ("graphs.linear_regions", "methods.integrated_gradients"):
        monkeypatch.setattr(f"axiomcheck.explainers.{module}.ROWS", 3)
    assert torch.allclose(EXACT(model, inputs, target, baseline=start), expected, rtol=1e-12, atol=1e-12)
