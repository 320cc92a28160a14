"""Captum's methods, against ours."""

import warnings

import pytest
import torch

from axiomcheck.explainers import declaration
from axiomcheck.explainers.libraries.captum import captum_method
from axiomcheck.explainers.methods.grad_x_input import grad_x_input
from axiomcheck.explainers.methods.gradient import gradient
from axiomcheck.explainers.methods.integrated_gradients import IntegratedGradients
from axiomcheck.explainers.methods.lrp_epsilon import LRPEpsilon
from axiomcheck.explainers.methods.lrp_gamma import LRPGamma
from axiomcheck.networks import UnknownName
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies.cases import one_network

pytest.importorskip("captum")


def test_input_x_gradient_is_ours(cases, explained):
    """InputXGradient is gradient × input."""
    for case in cases(20, seed=91):
        one, other = (
            explained(e, case.network, case.inputs, case.target)
            for e in (captum_method("InputXGradient"), grad_x_input)
        )
        assert one == other


def test_saliency_is_the_gradient_without_sign(cases, explained):
    """Saliency is |gradient|, and with abs=False the gradient."""
    for case in cases(10, seed=92):
        absolute, signed, ours = (
            explained(e, case.network, case.inputs, case.target)
            for e in (captum_method("Saliency"), captum_method("Saliency", {"abs": False}), gradient)
        )
        assert signed == ours
        assert absolute == [[abs(score) for score in scores] for scores in ours]


def test_integrated_gradients_comes_close_to_the_exact_ones(cases, explained):
    """With many steps Captum's sum comes to the exact integral, from the case's baseline."""
    method = captum_method("IntegratedGradients", {"n_steps": 500, "method": "riemann_middle"})
    compared = 0
    for case in cases(8, seed=93):
        if all(case.input_is_generic(x, from_baseline=True) for x in case.inputs):
            compared += 1
            one, other = (
                torch.tensor(explained(e, case.network, case.inputs, case.target, case.baseline))
                for e in (method, IntegratedGradients())
            )
            scale = max(case.magnitude(x) for x in case.inputs)
            assert (one - other).abs().max() < 4e-3 * scale
    assert compared > 8


def _lrp(rule):
    """Return Captum's LRP with the rule on every Linear layer."""
    from captum.attr import LRP

    def explain(model, inputs, target):
        for name, layer in model.named_children():
            if name.startswith("linear"):
                layer.rule = rule()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return LRP(model).attribute(inputs, target=target).detach()

    return explain


def test_lrp_with_epsilon_is_ours(draw_blocks, explained):
    """Captum's EpsilonRule(0.1) on every layer is LRP-ε, with biases too."""
    from captum.attr._utils.lrp_rules import EpsilonRule

    for block in draw_blocks(40, seed=94):
        case = one_network(block, PRESETS["biased"])
        theirs = explained(_lrp(lambda: EpsilonRule(0.1)), case.network, case.inputs, case.target)
        ours = explained(LRPEpsilon(0.1), case.network, case.inputs, case.target)
        for one, other in zip(theirs, ours, strict=True):
            assert one == pytest.approx(other, rel=1e-9, abs=1e-9)


def test_lrp_with_gamma_is_ours_without_biases(draw_blocks, explained):
    """Captum's GammaRule(0.25) is LRP-γ up to its 1e-9, where there are no biases: those it does not favour."""
    from captum.attr._utils.lrp_rules import GammaRule

    for block in draw_blocks(40, seed=95):
        case = one_network(block, PRESETS["bias-free"])
        theirs = explained(_lrp(lambda: GammaRule(0.25)), case.network, case.inputs, case.target)
        ours = explained(LRPGamma(0.25), case.network, case.inputs, case.target)
        for one, other in zip(theirs, ours, strict=True):
            assert one == pytest.approx(other, rel=1e-6, abs=1e-6)


def test_baselines_are_seen():
    """A method whose ``attribute`` takes baselines measures from one."""
    assert declaration(captum_method("IntegratedGradients")).has_baseline
    assert declaration(captum_method("DeepLift")).has_baseline
    assert not declaration(captum_method("InputXGradient")).has_baseline
    assert not declaration(captum_method("LRP")).has_baseline


def test_methods_are_values():
    """Options in another order make the same method, and its name is the expression that rebuilds it."""
    one = captum_method("IntegratedGradients", {"n_steps": 5, "method": "riemann_left"})
    other = captum_method("IntegratedGradients", {"method": "riemann_left", "n_steps": 5})
    assert one == other
    assert hash(one) == hash(other)


@pytest.mark.parametrize(
    ("name", "options", "hint"),
    [
        ("InputXGradien", {}, "did you mean 'InputXGradient'?"),
        ("Attribution", {}, "unknown method of captum"),
        ("LayerConductance", {}, "unknown method of captum"),
        ("IntegratedGradients", {"n_step": 5}, "did you mean 'n_steps'?"),
        ("IntegratedGradients", {"baselines": 5}, "unknown option"),
        ("IntegratedGradients", {"target": 5}, "unknown option"),
    ],
)
def test_unknown_methods_and_options_are_told(name, options, hint):
    """Methods of layers, abstract ones, and options that are ours to give are no choice."""
    with pytest.raises(UnknownName) as told:
        captum_method(name, options)
    assert hint in str(told.value)


@pytest.mark.parametrize("name", ["Saliency", "InputXGradient", "Deconvolution", "GuidedBackprop", "LRP"])
def test_methods_without_baseline_can_be_called(name, explained, max_pair):
    """Each explains the tutorial's maximum."""
    (scores,) = explained(captum_method(name), max_pair[0], [(2, 1)])
    assert len(scores) == 2


@pytest.mark.parametrize("name", ["IntegratedGradients", "DeepLift", "FeatureAblation", "ShapleyValueSampling"])
def test_methods_with_baseline_can_be_called(name, explained, max_pair):
    """Each is complete on the tutorial's maximum from 0, but for ablation, which says (1, 0)."""
    (scores,) = explained(captum_method(name), max_pair[0], [(2, 1)], baseline=(0, 0))
    assert sum(scores) == pytest.approx(1 if name == "FeatureAblation" else 2, abs=0.1)
