"""Deep Taylor decomposition."""

from fractions import Fraction

import pytest
import torch
from torch import nn

from axiomcheck.explainers.methods.deep_taylor import DeepTaylor
from axiomcheck.explainers.methods.lrp_0 import LRP0
from axiomcheck.explainers.methods.lrp_gamma import LRPGamma
from axiomcheck.explainers.methods.lrp_w_square import LRPWSquare
from axiomcheck.explainers.methods.lrp_z_plus import LRPZPlus
from axiomcheck.networks import UnknownName

SAME = {
    DeepTaylor("nearest"): LRPWSquare(everywhere=True),
    DeepTaylor("rescaled-activations"): LRP0(bias="dropped"),
    DeepTaylor("rescaled-activations", bias="kept"): LRP0(),
    DeepTaylor("rescaled-excitations"): LRPZPlus(bias="dropped"),
    DeepTaylor("rescaled-excitations", bias="kept"): LRPZPlus(),
    DeepTaylor("generalized", gamma=1.0, bias="kept"): LRP0(),
    DeepTaylor("generalized", gamma=0.5, bias="kept"): LRPGamma(1.0),
    DeepTaylor("generalized", gamma=0.5): LRPGamma(1.0, bias="dropped"),
}


@pytest.mark.parametrize("explain", SAME, ids=repr)
def test_roots_are_rules_of_lrp(explain, cases, explained):
    """Each choice of a root is a rule that has a name of its own."""
    for case in cases(20, seed=104):
        one, other = (explained(e, case.network, case.inputs, case.target) for e in (explain, SAME[explain]))
        for found, expected in zip(one, other, strict=True):
            assert found == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_gamma_zero_is_z_plus_where_inputs_are_not_negative(cases, explained):
    """On activations of at least 0 no negative weight counts."""
    for case in cases(20, seed=105):
        inputs = [[abs(value) for value in x] for x in case.inputs]
        both = (DeepTaylor("generalized", gamma=0.0), DeepTaylor("rescaled-excitations"))
        one, other = (explained(e, case.network, inputs, case.target) for e in both)
        for found, expected in zip(one, other, strict=True):
            assert found == pytest.approx(expected, rel=1e-9, abs=1e-9)


def _generalized(a, w, _):
    """a_i·(w_i⁺ + w_i⁻/4) over their sum; nothing where that is 0."""
    parts = [x * (y if y > 0 else y / Fraction(4)) for x, y in zip(a, w, strict=True)]
    return [part / sum(parts) if sum(parts) else 0 for part in parts]


def test_formula_of_the_generalized_root(agree, propagated):
    """Negative weights count a quarter, biases nothing."""
    explain = DeepTaylor("generalized")
    agree(explain, lambda network, x, target, _: propagated(network, x, target, _generalized), seed=106)


def test_roots_are_at_roots():
    """The search direction ends where the neuron is 0: what is shared is all that it has."""
    model, x = nn.Linear(3, 1).double(), torch.tensor([[1.0, 2.0, 0.5]], dtype=torch.float64)
    with torch.no_grad():
        model.weight.copy_(torch.tensor([[1.0, -0.5, 3.0]]))
        model.bias.fill_(0.25)
    for root in ("nearest", "rescaled-activations", "rescaled-excitations", "generalized"):
        assert DeepTaylor(root)(model, x, torch.tensor([0])).sum().item() == pytest.approx(model(x).item())


def test_other_roots_are_told():
    """A root is one of four."""
    with pytest.raises(UnknownName, match="unknown root of DeepTaylor 'origin'; known are nearest"):
        DeepTaylor("origin")
