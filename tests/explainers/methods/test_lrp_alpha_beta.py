"""LRP-αβ."""

from fractions import Fraction

import pytest

from axiomcheck.explainers.methods.lrp_alpha_beta import LRPAlphaBeta
from axiomcheck.explainers.methods.lrp_z_plus import LRPZPlus
from axiomcheck.networks import Linear, Network


def _shares_with(alpha, beta, kept):
    def shares(a, w, b):
        """α·p_i/(Σp + b⁺) - β·n_i/(Σn + b⁻), p and n the positive and the negative contributions; nothing over 0."""
        found = [Fraction(0)] * len(a)
        for factor, pick in ((Fraction(alpha), max), (-Fraction(beta), min)):
            parts = [pick(x * y, 0) for x, y in zip(a, w, strict=True)]
            z = sum(parts) + (pick(b, 0) if kept else 0)
            found = [old + (factor * part / z if z else 0) for old, part in zip(found, parts, strict=True)]
        return found

    return shares


@pytest.mark.parametrize(("alpha", "beta", "bias"), [(2.0, 1.0, "kept"), (1.5, 0.5, "kept"), (2.0, 1.0, "dropped")])
def test_formula(agree, propagated, alpha, beta, bias):
    """Every neuron's relevance is shared by its positive and, with a minus, by its negative contributions."""
    shares = _shares_with(alpha, beta, bias == "kept")
    explain = LRPAlphaBeta(alpha, beta, bias)
    agree(explain, lambda network, x, target, _: propagated(network, x, target, shares), seed=100)


def test_without_beta_it_is_z_plus(cases, explained):
    """αβ(1, 0) is LRP-z⁺."""
    for case in cases(20, seed=101):
        found = [explained(e, case.network, case.inputs, case.target) for e in (LRPAlphaBeta(1.0, 0.0), LRPZPlus())]
        assert found[0] == found[1]


def test_reference_value(explained):
    """3·x1 - x2 at (1, 1): 2·2 = 4 and -1·2 = -2."""
    assert explained(LRPAlphaBeta(), Network((Linear(((3.0, -1.0),), (0.0,)),)), [(1, 1)]) == [[4.0, -2.0]]


def test_default_is_two_and_one():
    """α = 2 and β = 1 if nothing is said."""
    assert LRPAlphaBeta() == LRPAlphaBeta(alpha=2.0, beta=1.0, bias="kept")
    assert repr(LRPAlphaBeta(bias="dropped")) == "LRPAlphaBeta(bias='dropped')"
