"""SmoothGrad and expected gradients: averages over noise."""

import pytest
import torch
from torch import nn

from axiomcheck.explainers.methods.expected_gradients import ExpectedGradients
from axiomcheck.explainers.methods.gradient import gradient
from axiomcheck.explainers.methods.integrated_gradients import IntegratedGradients
from axiomcheck.explainers.methods.smoothgrad import SmoothGrad


@pytest.fixture
def case():
    """Return a small model, inputs, baselines and targets."""
    with torch.random.fork_rng():
        torch.manual_seed(0)
        model = nn.Sequential(nn.Linear(3, 6), nn.ReLU(), nn.Linear(6, 2)).double()
        return model, *torch.randn(2, 4, 3, dtype=torch.float64), torch.tensor([0, 1, 1, 0])


def _noise(samples, seed):
    return torch.randn(samples, 3, dtype=torch.float64, generator=torch.Generator().manual_seed(seed))


def test_smoothgrad_is_the_mean_of_gradients(case):
    """Each sample's gradient is taken alone, and averaged."""
    model, x, _, target = case
    each = [gradient(model, x + 0.5 * n, target) for n in _noise(9, 3)]
    found = SmoothGrad(0.5, 9, 3)(model, x, target)
    assert torch.allclose(found, torch.stack(each).mean(0), rtol=1e-12, atol=1e-12)


def test_without_noise_it_is_the_gradient(case):
    """σ = 0 leaves the gradient."""
    model, x, _, target = case
    assert torch.allclose(SmoothGrad(0.0)(model, x, target), gradient(model, x, target))


def test_expected_gradients_are_the_mean_of_integrals(case):
    """Each reference is integrated from alone, and averaged; scores sum to f(x) less the mean of f there."""
    model, x, start, target = case
    references = [start + 2 * n for n in _noise(5, 4)]
    each = [IntegratedGradients()(model, x, target, baseline=reference) for reference in references]
    found = ExpectedGradients(2.0, 5, 4)(model, x, target, baseline=start)
    assert torch.allclose(found, torch.stack(each).mean(0), rtol=1e-9, atol=1e-9)
    change = model(x) - torch.stack([model(reference) for reference in references]).mean(0)
    assert torch.allclose(found.sum(1), change.gather(1, target[:, None])[:, 0])


@pytest.mark.parametrize("kind", [SmoothGrad, ExpectedGradients])
def test_seeds_are_heeded(case, kind):
    """The same seed gives the same scores, another gives others."""
    model, x, start, target = case
    extra = {"baseline": start} if kind is ExpectedGradients else {}
    one, again, other = (kind(seed=seed)(model, x, target, **extra) for seed in (1, 1, 2))
    assert torch.equal(one, again)
    assert not torch.equal(one, other)
