"""LRP-0."""

import pytest

from axiomcheck.explainers.methods.grad_x_input import grad_x_input
from axiomcheck.explainers.methods.lrp_0 import LRP0
from axiomcheck.networks import Linear, Network


def _shares(a, w, b):
    """a_i·w_i / (Σ_k a_k·w_k + b); nothing where the denominator is 0."""
    z = b
    for k in range(len(a)):
        z += a[k] * w[k]
    return [a[i] * w[i] / z if z else 0 for i in range(len(a))]


def test_formula(agree, propagated):
    """Every neuron's relevance is shared by its contributions, the bias kept."""
    agree(LRP0(), lambda network, x, target, _: propagated(network, x, target, _shares), seed=65)


def test_reference_values(explained, guard_pair):
    """The guard pair at (3, 1): (3, -1) on both."""
    for network in guard_pair:
        assert explained(LRP0(), network, [(3, 1)])[0] == pytest.approx([3, -1])


def test_zero_pre_activation_ends_relevance(explained):
    """x1 - x2 at (1, 1): (0, 0), where gradient × input says (1, -1)."""
    network = Network((Linear(((1.0, -1.0),), (0.0,)),))
    assert explained(LRP0(), network, [(1, 1)]) == [[0.0, 0.0]]
    assert explained(grad_x_input, network, [(1, 1)]) == [[1.0, -1.0]]


def test_elsewhere_it_is_gradient_x_input(cases, explained, naive):
    """At generic inputs without a pre-activation of 0 the two are one explainer."""
    compared = 0
    for case in cases(50, seed=66):
        for x in case.inputs:
            entering = zip(case.network.layers, naive(case.network, x)[1:], strict=True)
            zeros = any(0 in leaving for layer, leaving in entering if isinstance(layer, Linear))
            if not zeros and not case.network.on_kink(x):
                compared += 1
                one, other = (explained(e, case.network, [x], case.target)[0] for e in (LRP0(), grad_x_input))
                assert one == pytest.approx(other, rel=1e-9, abs=1e-9)
    assert compared > 100
