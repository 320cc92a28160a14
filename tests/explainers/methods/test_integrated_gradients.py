"""Integrated gradients."""

from fractions import Fraction
from itertools import pairwise

import pytest
import torch
from torch import nn

from axiomcheck.explainers.methods.integrated_gradients import IntegratedGradients
from axiomcheck.networks import Linear, Network, Path, ReLU

EXACT = IntegratedGradients()


def _integral(network, x, target, baseline, slopes):
    """Sum gradients times lengths over the pieces between the exact kinks; None if the way runs along a kink."""
    path = Path((baseline, x))
    kinks = network.kinks(path)
    if any(kink.until > kink.at for kink in kinks):
        return None
    breaks = [Fraction(0), *sorted({kink.at for kink in kinks}), Fraction(1)]
    found = [Fraction(0)] * len(x)
    for left, right in pairwise(breaks):
        if right > left:
            gradient = slopes(network, path.point((left + right) / 2), target)
            for i in range(len(x)):
                found[i] += (Fraction(x[i]) - Fraction(baseline[i])) * (right - left) * gradient[i]
    return found


def test_riemann_sum_between_the_kinks(agree, slopes):
    """R_i = (x_i - x̃_i)·Σ over pieces of length·gradient, on random networks with random baselines."""

    def oracle(network, x, target, baseline):
        found = _integral(network, x, target, baseline, slopes)
        return found and (found, max(1, *map(abs, network.exact(x)), *map(abs, network.exact(baseline))))

    agree(EXACT, oracle, seed=72, with_baseline=True)


def test_completeness(cases, explained):
    """The scores sum to f(x) - f(x̃), always: along kinks too."""
    for case in cases(50, seed=73):
        found = explained(EXACT, case.network, case.inputs, case.target, case.baseline)
        for x, scores in zip(case.inputs, found, strict=True):
            change = case.network.exact(x)[case.target] - case.network.exact(case.baseline)[case.target]
            assert sum(scores) == pytest.approx(float(change), rel=1e-9, abs=1e-9 * (1 + sum(map(abs, scores))))


def test_reference_values(explained, guard_pair, max_pair):
    """The guard pair at (3, 1): (1.5, -0.5) on both. The max pair at (2, 1): (2, 0) on both."""
    for network in guard_pair:
        assert explained(EXACT, network, [(3, 1)], baseline=(0, 0))[0] == pytest.approx([1.5, -0.5])
    for network in max_pair:
        assert explained(EXACT, network, [(2, 1)], baseline=(0, 0))[0] == pytest.approx([2, 0])


def test_a_way_along_a_kink(explained):
    """relu(x1) - relu(x2) + relu(x1 + x2 - 1) = z: at (1, 1) relu(z) has (1, 0), z + relu(-z) has (1.5, -0.5)."""
    below = (Linear(((1.0, 0.0), (0.0, 1.0), (1.0, 1.0)), (0.0, 0.0, -1.0)), ReLU())
    f = Network((*below, Linear(((1.0, -1.0, 1.0),), (0.0,)), ReLU()))
    assert explained(EXACT, f, [(1, 1)], baseline=(0, 0))[0] == pytest.approx([1, 0])
    # z passes the ReLUs of g as relu(z + 8) - 8.
    both = Linear(((1.0, -1.0, 1.0), (-1.0, 1.0, -1.0)), (8.0, 0.0))
    g = Network((*below, both, ReLU(), Linear(((1.0, 1.0),), (-8.0,))))
    assert explained(EXACT, g, [(1, 1)], baseline=(0, 0))[0] == pytest.approx([1.5, -0.5])


def test_many_kinks_in_one_row_of_the_batch(explained):
    """Rows with fewer pieces than others are integrated as if alone."""
    network = Network((Linear(((1.0,),) * 3, (-1.0, -2.0, -3.0)), ReLU(), Linear(((1.0, -2.0, 4.0),), (0.0,))))
    points = [(4.0,), (0.5,), (-1.0,), (2.5,)]
    together = explained(EXACT, network, points, baseline=(0.0,))
    assert together == [explained(EXACT, network, [x], baseline=(0.0,))[0] for x in points]


@pytest.fixture
def smooth():
    """Return a small model with a sigmoid, from a fixed seed."""
    with torch.random.fork_rng():
        torch.manual_seed(74)
        return nn.Sequential(nn.Linear(3, 5), nn.Sigmoid(), nn.Linear(5, 2)).double().eval()


def test_quadrature_is_complete_on_smooth_models(smooth):
    """Where the pieces are not known, Gauss-Legendre sums to f(x) - f(x̃) within 1e-6."""
    generator = torch.Generator().manual_seed(75)
    x, start = (4 * torch.randn(20, 3, dtype=torch.float64, generator=generator) for _ in range(2))
    target = torch.arange(20) % 2
    relevance = EXACT(smooth, x, target, baseline=start)
    change = (smooth(x) - smooth(start)).gather(1, target[:, None])[:, 0]
    assert (relevance.sum(1) - change).abs().max() < 1e-6


def test_quadrature_is_the_integral(smooth):
    """Each score of a smooth model is the midpoint sum over 20,000 gradients, within 1e-6."""
    x, start = torch.tensor([[1.0, -2.0, 3.0]]).double(), torch.tensor([[0.5, 0.0, -1.0]]).double()
    ts = (torch.arange(20000, dtype=torch.float64)[:, None] + 0.5) / 20000
    points = (start + ts * (x - start)).requires_grad_()
    (gradients,) = torch.autograd.grad(smooth(points)[:, 1].sum(), points)
    expected = ((x - start) * gradients.mean(0))[0].tolist()
    assert EXACT(smooth, x, torch.tensor([1]), baseline=start)[0].tolist() == pytest.approx(expected, abs=1e-6)


def test_images_are_integrated_by_quadrature():
    """A model that flattens images gets scores of their shape, which sum to the change."""
    model = nn.Sequential(nn.Flatten(), nn.Linear(4, 1), nn.Tanh()).double()
    images, start = torch.full((2, 1, 2, 2), 0.5).double(), torch.zeros(2, 1, 2, 2).double()
    relevance = EXACT(model, images, torch.tensor([0, 0]), baseline=start)
    assert relevance.shape == images.shape
    assert torch.allclose(relevance.flatten(1).sum(1), (model(images) - model(start))[:, 0])
