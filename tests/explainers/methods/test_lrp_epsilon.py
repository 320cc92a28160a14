"""LRP-ε."""

from fractions import Fraction

import pytest

from axiomcheck.explainers.methods.lrp_epsilon import LRPEpsilon
from axiomcheck.networks import Linear, Network


def _shares_with(epsilon):
    def shares(a, w, b):
        """a_i·w_i / (z + ε·sign(z)), with z = Σ_k a_k·w_k + b and sign(0) = 1."""
        z = b
        for k in range(len(a)):
            z += a[k] * w[k]
        stabilised = z + Fraction(epsilon) if z >= 0 else z - Fraction(epsilon)
        return [a[i] * w[i] / stabilised for i in range(len(a))]

    return shares


@pytest.mark.parametrize("epsilon", [0.1, 1.0, 1e-3])
def test_formula(agree, propagated, epsilon):
    """Every neuron's relevance is shared by its contributions over the stabilised pre-activation."""
    shares = _shares_with(epsilon)
    agree(LRPEpsilon(epsilon), lambda network, x, target, _: propagated(network, x, target, shares), seed=67)


def test_reference_values(explained, guard_pair):
    """The guard pair at (3, 1), ε = 0.1: (2.6393, -0.8264) and (2.5974, -0.8264)."""
    for network, expected in zip(guard_pair, ((2.6393, -0.8264), (2.5974, -0.8264)), strict=True):
        assert explained(LRPEpsilon(), network, [(3, 1)])[0] == pytest.approx(expected, abs=5e-5)


def test_epsilon_has_the_sign_of_the_pre_activation(explained):
    """-x1 at 1 with ε = 1 is -1 of which half is left: -1 / (-1 - 1) of -1."""
    assert explained(LRPEpsilon(1.0), Network((Linear(((-1.0,),), (0.0,)),)), [(1,)]) == [[-0.5]]


def test_default_is_a_tenth():
    """ε = 0.1 if nothing is said."""
    assert LRPEpsilon() == LRPEpsilon(epsilon=0.1)
