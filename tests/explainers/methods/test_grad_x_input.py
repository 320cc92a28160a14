"""Gradient × input."""

import pytest

from axiomcheck.explainers.methods.grad_x_input import grad_x_input


def test_product_of_differences_and_input(agree, slopes):
    """R_i = x_i·∂f/∂x_i with the derivative as an exact difference; points on kinks are left out."""

    def oracle(network, x, target, _):
        if network.on_kink(x):
            return None
        return [value * slope for value, slope in zip(x, slopes(network, x, target), strict=True)], 1

    agree(grad_x_input, oracle, seed=63)


def test_reference_values(explained, guard_pair):
    """The guard pair at (3, 1): (3, -1) on both."""
    for network in guard_pair:
        assert explained(grad_x_input, network, [(3, 1)]) == [[3.0, -1.0]]


def test_sum_without_biases(explained, draw_networks, random):
    """On networks without biases the scores sum to f, at kinks too."""
    for network in draw_networks(60, seed=64, presets=("bias-free",)):
        x = tuple(float(random.randint(-2, 2)) for _ in range(network.in_features))
        (scores,) = explained(grad_x_input, network, [x])
        assert sum(scores) == pytest.approx(float(network.exact(x)[0]), abs=1e-9)
