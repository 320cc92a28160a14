"""LRP-γ."""

from fractions import Fraction

import pytest

from axiomcheck.explainers.methods.lrp_0 import LRP0
from axiomcheck.explainers.methods.lrp_gamma import LRPGamma
from axiomcheck.networks import Linear, Network


def _shares_with(gamma):
    gamma = Fraction(gamma)

    def shares(a, w, b):
        """a_i·(w_i + γ·w_i⁺) / (Σ_k a_k·(w_k + γ·w_k⁺) + b + γ·b⁺); nothing where the denominator is 0."""
        z = b + gamma * max(b, 0)
        for k in range(len(a)):
            z += a[k] * (w[k] + gamma * max(w[k], 0))
        return [a[i] * (w[i] + gamma * max(w[i], 0)) / z if z else 0 for i in range(len(a))]

    return shares


@pytest.mark.parametrize("gamma", [0.25, 1.0, 8.0])
def test_formula(agree, propagated, gamma):
    """Every neuron's relevance is shared by contributions that favour positive weights."""
    shares = _shares_with(gamma)
    agree(LRPGamma(gamma), lambda network, x, target, _: propagated(network, x, target, shares), seed=68)


def test_reference_values_of_the_guard_pair(explained, guard_pair):
    """At (3, 1), γ = 0.25: (2.1429, -0.5714) and (2.2727, -0.6667) as printed to four places."""
    for network, expected in zip(guard_pair, ((2.1429, -0.5714), (2.2727, -0.6667)), strict=True):
        assert explained(LRPGamma(), network, [(3, 1)])[0] == pytest.approx(expected, abs=5e-5)


def test_reference_values_of_the_max_pair(explained, max_pair):
    """At (2, 1), γ = 0.25: (1.6667, 0.3333) and (1.8333, 0.1667)."""
    for network, expected in zip(max_pair, ((1.6667, 0.3333), (1.8333, 0.1667)), strict=True):
        assert explained(LRPGamma(), network, [(2, 1)])[0] == pytest.approx(expected, abs=5e-5)


def test_blow_up(explained):
    """x1 - 2·x2, γ = 0.25: (1.59, 1) has (65, -66) and (1.61, 1) has (-63, 62), in whole numbers."""
    network = Network((Linear(((1.0, -2.0),), (0.0,)),))
    found = explained(LRPGamma(), network, [(1.59, 1), (1.61, 1)])
    assert [[round(score) for score in scores] for scores in found] == [[65, -66], [-63, 62]]


def test_gamma_zero_is_lrp_0(cases, explained):
    """Without favour for positive weights it is LRP-0."""
    for case in cases(20, seed=69):
        one, other = (explained(e, case.network, case.inputs, case.target) for e in (LRPGamma(0.0), LRP0()))
        assert one == other


def test_default_is_a_quarter():
    """γ = 0.25 if nothing is said."""
    assert LRPGamma() == LRPGamma(gamma=0.25)
