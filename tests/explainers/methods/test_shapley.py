"""Shapley values, exact and by sampling, and occlusion."""

from fractions import Fraction
from itertools import permutations

import pytest
import torch
from torch import nn

from axiomcheck.explainers import Unsupported
from axiomcheck.explainers.methods.occlusion import occlusion
from axiomcheck.explainers.methods.shapley import shapley
from axiomcheck.explainers.methods.shapley_sampling import ShapleySampling


def _value(network, x, baseline, present, target):
    return network.exact(tuple(x[i] if i in present else baseline[i] for i in range(len(x))))[target]


def test_shapley_is_the_mean_over_all_orders(agree):
    """Each variable gets its mean gain over all orders, in fractions."""

    def oracle(network, x, target, baseline):
        found, orders = [Fraction(0)] * len(x), list(permutations(range(len(x))))
        for order in orders:
            for place, i in enumerate(order):
                with_it, before = (_value(network, x, baseline, order[:end], target) for end in (place + 1, place))
                found[i] += (with_it - before) / len(orders)
        return found, network.magnitude(x)

    agree(shapley, oracle, seed=113, with_baseline=True)


def test_occlusion_is_what_is_lost(agree):
    """R_i = f(x) - f(x with the baseline's x_i), in fractions."""

    def oracle(network, x, target, baseline):
        others = [[k for k in range(len(x)) if k != i] for i in range(len(x))]
        lost = [network.exact(x)[target] - _value(network, x, baseline, rest, target) for rest in others]
        return lost, network.magnitude(x)

    agree(occlusion, oracle, seed=114, with_baseline=True)


def test_more_than_sixteen_variables_are_told():
    """There are too many coalitions; sampling goes on."""
    x, target = torch.ones(1, 17), torch.tensor([0])
    with pytest.raises(Unsupported, match="17 variables"):
        shapley(nn.Linear(17, 1), x, target, baseline=torch.zeros_like(x))
    assert ShapleySampling()(nn.Linear(17, 1), x, target, baseline=torch.zeros_like(x)).shape == x.shape


@pytest.fixture
def images():
    """Return a model of images of six pixels, and images with their baselines."""
    with torch.random.fork_rng():
        torch.manual_seed(0)
        model = nn.Sequential(nn.Conv2d(1, 4, 2), nn.ReLU(), nn.Flatten(), nn.Linear(8, 2)).double()
        return model, *torch.randn(2, 3, 1, 2, 3, dtype=torch.float64), torch.tensor([0, 1, 1])


def test_sampling_is_complete_and_comes_near(images):
    """For any number of orders scores sum to the change, and many orders come near the exact values."""
    model, x, start, target = images
    change = (model(x) - model(start)).gather(1, target[:, None])[:, 0]
    exact = shapley(model, x, target, baseline=start)
    for orders in (1, 7, 2000):
        found = ShapleySampling(orders)(model, x, target, baseline=start)
        assert torch.allclose(found.flatten(1).sum(1), change)
    assert torch.allclose(exact.flatten(1).sum(1), change)
    assert (found - exact).abs().max() < 0.02 * exact.abs().max()


def test_seeds_are_heeded(images):
    """The same seed gives the same scores, another gives others."""
    model, x, start, target = images
    one, again, other = (ShapleySampling(3, seed)(model, x, target, baseline=start) for seed in (1, 1, 2))
    assert torch.equal(one, again)
    assert not torch.equal(one, other)
