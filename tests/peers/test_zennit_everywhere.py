"""Zennit's methods on networks of every preset family: scores, or a defect of the library that is known."""

from math import prod, sqrt

import pytest
import torch
from torch import nn

from axiomcheck.explainers import Unsupported
from axiomcheck.explainers.libraries.zennit import zennit_method
from axiomcheck.networks.family import PRESETS

pytestmark = pytest.mark.peers

ATTRIBUTORS = ("Gradient", "SmoothGrad", "IntegratedGradients", "Occlusion")
COMPOSITES = (
    *("EpsilonGammaBox", "EpsilonPlus", "EpsilonAlpha2Beta1", "EpsilonPlusFlat", "EpsilonAlpha2Beta1Flat"),
    *("DeconvNet", "GuidedBackprop", "ExcitationBackprop", "BetaSmooth"),
)
RULES = (
    *("Epsilon", "Gamma", "ZPlus", "AlphaBeta", "ZBox", "Pass", "Norm", "WSquare", "Flat"),
    *("ReLUDeconvNet", "ReLUGuidedBackprop", "ReLUBetaSmooth"),
)
CANONIZERS = (
    *("SequentialMergeBatchNorm", "VGGCanonizer", "ResNetCanonizer"),
    *("ResNetBottleneckCanonizer", "ResNetBasicBlockCanonizer"),
)
KNOWN = dict.fromkeys(
    ("BetaSmooth", "ReLUBetaSmooth"), ("must match the size of tensor", "has changed the size of value")
)
"""What Zennit raises where an nn.ReLU is used again: it remembers the last input alone."""
NETWORKS = 10


def _assert_explains(method, case, given, known=()):
    """Scores are finite and have the shape of the inputs, or the exception is the known one."""
    model, inputs, target, keywords = given(method, case)
    try:
        found = method(model, inputs, target, **keywords)
    except Unsupported:
        assert any(isinstance(module, nn.MultiheadAttention) for module in model.modules())
        return
    except RuntimeError as error:
        if case.network.style.relu != "reused" or not any(said in str(error) for said in known):
            raise
        return
    assert found.shape == inputs.shape
    assert found.isfinite().all(), f"{method} on {case.network}: {found}"


def test_the_names_above_are_all_that_zennit_has():
    """A method that is new in Zennit is to be tested."""
    from axiomcheck.explainers.libraries.zennit.names import attributors, canonizers, hooking

    assert set(attributors()) == set(ATTRIBUTORS)
    assert {kind.__name__ for kind in hooking().values()} == {*COMPOSITES, *RULES}
    assert set(canonizers()) == set(CANONIZERS)


@pytest.mark.parametrize("attributor", ATTRIBUTORS)
@pytest.mark.parametrize("hooks", [None, *COMPOSITES, *RULES])
def test_every_attributor_with_every_hook(attributor, hooks, drawn, given):
    """Ten networks of each preset family."""
    method = zennit_method(attributor, {} if hooks is None else {"composite": hooks})
    for case in drawn(PRESETS, NETWORKS, seed=71):
        _assert_explains(method, case, given, KNOWN.get(hooks, ()))


def _left_over(model):
    """Return by what share a merged model may be off: a norm that is merged still divides by √(1 + eps)."""
    norms = [module for module in model.modules() if isinstance(module, nn.modules.batchnorm._BatchNorm)]
    return prod(sqrt(1 + norm.eps) for norm in norms) - 1


def _is_canonized(canonized, case, given):
    """Return whether the canonizer takes a network: none of them takes a batch norm that has no weights to merge."""
    try:
        _assert_explains(canonized, case, given)
    except AttributeError:
        modules = case.network.module().modules()
        assert any(isinstance(module, nn.modules.batchnorm._BatchNorm) and module.weight is None for module in modules)
        return False
    return True


@pytest.mark.parametrize("canonizer", CANONIZERS)
@pytest.mark.parametrize("name", ["EpsilonPlus", "Gradient", "IntegratedGradients"])
def test_every_canonizer(canonizer, name, drawn, given):
    """Networks with batch norms too; a canonizer keeps the function, and so the gradient."""
    plain, canonized = zennit_method(name), zennit_method(name, {"canonizers": canonizer})
    for case in drawn(["batchnorm,bias=any,styles", "ordinary"], 2 * NETWORKS, seed=72):
        if not _is_canonized(canonized, case, given):
            continue
        if name == "Gradient":
            model, inputs, target, _ = given(plain, case)
            one, other = (method(model, inputs, target) for method in (plain, canonized))
            assert (one - other).abs().max() <= (1e-9 + _left_over(model)) * one.abs().max() + 1e-12


@pytest.mark.parametrize("name", ["WSquare", "Flat", "ZBox"])
def test_rules_for_the_first_layer_everywhere(name, drawn, given):
    """They can be asked for on each layer."""
    for case in drawn(PRESETS, NETWORKS, seed=73):
        _assert_explains(zennit_method(name, {"everywhere": True}), case, given)


@pytest.mark.parametrize("widths", [(2, 3), (1, 2)])
@pytest.mark.parametrize("name", ["BetaSmooth", "ReLUBetaSmooth"])
def test_smooth_relu_fails_on_a_relu_that_is_used_again(name, widths):
    """The known defect is there, behind one nn.ReLU for layers of different width."""
    relu, (lower, upper) = nn.ReLU(), widths
    model = nn.Sequential(nn.Linear(1, lower), relu, nn.Linear(lower, upper), relu, nn.Linear(upper, 1))
    with pytest.raises(RuntimeError, match="|".join(KNOWN[name])):
        zennit_method(name)(model, torch.ones(1, 1), torch.tensor([0]))
