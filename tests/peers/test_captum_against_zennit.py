"""Captum's rules of relevance propagation against Zennit's, where both have them, on 300 random networks each."""

import warnings

import pytest
import torch
from torch import nn

from axiomcheck.explainers import locate
from axiomcheck.networks import Linear, Network, ReLU

from .conftest import PERCEPTRONS

pytestmark = pytest.mark.peers

ABOVE_ZERO = ("bias=none,inputs=nonnegative,output=relu", "deep-taylor", "inputs=nonnegative,output=relu,bias=any")
"""Where no activation and no output is negative."""
EQUAL = {
    "ε": ("EpsilonRule", {"epsilon": 0.25}, "Epsilon:epsilon=0.25", PERCEPTRONS),
    "γ without biases": ("GammaRule", {}, "Gamma:stabilizer=1e-9", ABOVE_ZERO[:1]),
    "γ with biases set to zero": (
        "GammaRule",
        {"set_bias_to_zero": True},
        "Gamma:stabilizer=1e-9,zero_params='bias'",
        ABOVE_ZERO,
    ),
    "z⁺ without biases": ("Alpha1_Beta0_Rule", {}, "ZPlus:stabilizer=1e-9", ABOVE_ZERO[:1]),
    "z⁺ with biases set to zero": (
        "Alpha1_Beta0_Rule",
        {"set_bias_to_zero": True},
        "ZPlus:stabilizer=1e-9,zero_params='bias'",
        ABOVE_ZERO,
    ),
}


def _captum(rule, **options):
    """Return Captum's LRP with a rule on every dense layer; it puts in f(x)."""

    def explain(model, inputs, target):
        from captum.attr import LRP
        from captum.attr._utils import lrp_rules

        for layer in model.modules():
            if isinstance(layer, nn.Linear):
                layer.rule = getattr(lrp_rules, rule)(**options)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return LRP(model).attribute(inputs, target=target)

    return explain


@pytest.mark.parametrize("name", EQUAL)
def test_shared_rules_are_one(name, drawn, assert_same):
    """f(x) times Zennit's relevance is Captum's, with the same number in the denominators."""
    rule, options, zennit, families = EQUAL[name]
    theirs = locate(f"zennit:{zennit}").explain
    assert_same(_captum(rule, **options), theirs, drawn(families, 300 // len(families), seed=87))


def _both(rule, zennit, weight, bias, x):
    """Return what Captum and Zennit say of relu(w·x + b), times f(x) for the latter."""
    model = Network((Linear((weight,), (bias,)), ReLU())).module()
    inputs, target = torch.tensor([x], dtype=torch.float64), torch.tensor([0])
    theirs = locate(f"zennit:{zennit}:stabilizer=1e-9").explain(model, inputs, target) * model(inputs)
    return _captum(rule)(model, inputs, target)[0].tolist(), theirs[0].tolist()


def test_captum_does_not_favour_a_bias():
    """relu(x₁ + 1) at 1: Montavon et al. 2019 count a bias as a weight from 1, 2·1.25/(1.25 + 1.25); Captum keeps 1."""
    captum, zennit = _both("GammaRule", "Gamma", (1.0,), 1.0, (1.0,))
    assert captum == pytest.approx([2 * 1.25 / 2.25], rel=1e-6)
    assert zennit == pytest.approx([2 * 1.25 / 2.5], rel=1e-6)


def test_captum_favours_weights_at_negative_inputs_too():
    """relu(x₁ - x₂) at (1, -1): both contributions are 1; Zennit favours both, Captum the first alone."""
    captum, zennit = _both("GammaRule", "Gamma", (1.0, -1.0), 0.0, (1.0, -1.0))
    assert captum == pytest.approx([2 * 1.25 / 2.25, 2 * 1 / 2.25], rel=1e-6)
    assert zennit == pytest.approx([1.0, 1.0], rel=1e-6)


def test_captum_keeps_a_negative_bias_among_positive_contributions():
    """relu(x₁ - 1) at 2: of Bach et al. 2015, 1·2/(2 + 0); Captum says 1·2/(2 - 1)."""
    captum, zennit = _both("Alpha1_Beta0_Rule", "ZPlus", (1.0,), -1.0, (2.0,))
    assert captum == pytest.approx([2.0], rel=1e-6)
    assert zennit == pytest.approx([1.0], rel=1e-6)


def test_captum_takes_the_sign_of_weights_for_that_of_contributions():
    """relu(-x₁) at -1: the contribution is 1, and positive; Captum drops the weight of -1, and all relevance."""
    captum, zennit = _both("Alpha1_Beta0_Rule", "ZPlus", (-1.0,), 0.0, (-1.0,))
    assert captum == [0.0]
    assert zennit == pytest.approx([1.0], rel=1e-6)
