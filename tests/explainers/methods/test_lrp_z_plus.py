"""LRP-z⁺."""

import pytest

from axiomcheck.explainers.methods.lrp_z_plus import LRPZPlus
from axiomcheck.networks import Linear, Network


def _shares(a, w, b):
    """(a_i·w_i)⁺ / (Σ_k (a_k·w_k)⁺ + b⁺); nothing where no contribution is positive."""
    z = max(b, 0)
    for k in range(len(a)):
        z += max(a[k] * w[k], 0)
    return [max(a[i] * w[i], 0) / z if z else 0 for i in range(len(a))]


def test_formula(agree, propagated):
    """Every neuron's relevance is shared by its positive contributions, of negative inputs too."""
    agree(LRPZPlus(), lambda network, x, target, _: propagated(network, x, target, _shares), seed=70)


def test_reference_values_of_the_guard_pair(explained, guard_pair):
    """At (3, 1): (1, 0) on both."""
    for network in guard_pair:
        assert explained(LRPZPlus(), network, [(3, 1)])[0] == pytest.approx([1, 0])


def test_reference_values_of_the_max_pair(explained, max_pair):
    """At (2, 1): (1, 1) and (1.5, 0.5)."""
    for network, expected in zip(max_pair, ((1, 1), (1.5, 0.5)), strict=True):
        assert explained(LRPZPlus(), network, [(2, 1)])[0] == pytest.approx(expected)


def test_linear_output_of_negative_contributions_gets_nothing(explained):
    """-x1 at 1 has no positive contribution: the score is 0."""
    assert explained(LRPZPlus(), Network((Linear(((-1.0,),), (0.0,)),)), [(1,)]) == [[0.0]]


def test_two_negatives_make_a_positive(explained):
    """-x1 at -2 is a positive contribution."""
    assert explained(LRPZPlus(), Network((Linear(((-1.0,),), (0.0,)),)), [(-2,)]) == [[2.0]]


def test_deep_taylor_networks_conserve(draw_networks, explained, random):
    """With biases of at most 0 and a ReLU behind every layer, scores are at least 0 and sum to f."""
    for network in draw_networks(60, seed=71, presets=("deep-taylor",)):
        x = tuple(random.randint(0, 48) / 16 for _ in range(network.in_features))
        (scores,) = explained(LRPZPlus(), network, [x])
        assert min(scores) >= 0
        assert sum(scores) == pytest.approx(float(network.exact(x)[0]))
