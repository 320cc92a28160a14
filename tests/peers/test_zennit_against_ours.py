"""Ours against Zennit, on 300 random networks for each shared method, to 1e-9 in float64.

A stabilizer of 1e-18 is none where a denominator is not 0: then Zennit's rules are those of the papers as they stand.
At Zennit's own 1e-6 they are compared with ours divided in the same way.
"""

from dataclasses import replace
from functools import reduce

import pytest
import torch
from torch.nn import functional

from axiomcheck.explainers import locate
from axiomcheck.explainers.graphs.graph import evaluate, graph, read
from axiomcheck.explainers.graphs.operations import Layer
from axiomcheck.explainers.libraries.zennit import zennit_method
from axiomcheck.explainers.methods.input_gradient import input_gradient
from axiomcheck.explainers.methods.lrp import Part, relevance, sharing
from axiomcheck.explainers.methods.lrp_alpha_beta import _negative
from axiomcheck.explainers.methods.lrp_below import input_layers
from axiomcheck.explainers.methods.lrp_flat import flat
from axiomcheck.explainers.methods.lrp_w_square import squares
from axiomcheck.explainers.methods.lrp_z_box import LRPZBox
from axiomcheck.explainers.methods.lrp_z_plus import positive
from axiomcheck.explainers.methods.smoothgrad import SmoothGrad

from .conftest import PERCEPTRONS

pytestmark = pytest.mark.peers

EACH = 100
"""Networks of each of three families."""
CONVOLUTIONS = ("conv,bias=none", "conv,convtranspose,maxpool,leaky", "conv,concat,inputs=nonnegative")
"""Layers that Zennit sees, and no batch norm, average or sum, for which it has rules of its own."""
RECTIFIED = ("conv,bias=none", "conv,convtranspose,maxpool", "conv,concat,inputs=nonnegative")
"""The same without other activations than ReLU, whose slope counts in excitation backprop."""
BARE = "stabilizer=1e-18"
EQUAL = {
    "gradient": ("gradient", "Gradient", PERCEPTRONS),
    "guided backprop": ("guided-backprop", "GuidedBackprop", PERCEPTRONS),
    "guided backprop by its rule": ("guided-backprop", "ReLUGuidedBackprop", PERCEPTRONS),
    "deconvnet": ("deconvnet", "DeconvNet", PERCEPTRONS),
    "deconvnet by its rule": ("deconvnet", "ReLUDeconvNet", PERCEPTRONS),
    "ε": ("lrp-epsilon:epsilon=0.25", "Epsilon:epsilon=0.25", PERCEPTRONS),
    "ε, convolutions": ("lrp-epsilon:epsilon=0.25", "Epsilon:epsilon=0.25", CONVOLUTIONS),
    "ε, bias dropped": (
        "lrp-epsilon:epsilon=0.25,bias='dropped'",
        "Epsilon:epsilon=0.25,zero_params='bias'",
        PERCEPTRONS,
    ),
    "z⁺": ("lrp-z-plus", f"ZPlus:{BARE}", PERCEPTRONS),
    "z⁺, convolutions": ("lrp-z-plus", f"ZPlus:{BARE}", CONVOLUTIONS),
    "z⁺, bias dropped": ("lrp-z-plus:bias='dropped'", f"ZPlus:{BARE},zero_params='bias'", PERCEPTRONS),
    "αβ": ("lrp-alpha-beta", f"AlphaBeta:{BARE}", PERCEPTRONS),
    "αβ, convolutions": ("lrp-alpha-beta", f"AlphaBeta:{BARE}", CONVOLUTIONS),
    "αβ(1.5, 0.5)": ("lrp-alpha-beta:alpha=1.5,beta=0.5", f"AlphaBeta:{BARE},alpha=1.5,beta=0.5", PERCEPTRONS),
    "γ on activations and outputs of at least 0": (
        "lrp-gamma",
        f"Gamma:{BARE}",
        ("bias=none,inputs=nonnegative,output=relu", "deep-taylor", "inputs=nonnegative,output=relu,bias=any"),
    ),
    "w² without biases in it": ("lrp-w-square", f"WSquare:{BARE},zero_params='bias'", PERCEPTRONS),
    "w² everywhere": (
        "lrp-w-square:everywhere=True",
        f"WSquare:{BARE},zero_params='bias',everywhere=True",
        PERCEPTRONS,
    ),
    "flat": ("lrp-flat", f"Flat:{BARE}", PERCEPTRONS),
    "flat everywhere": ("lrp-flat:everywhere=True", f"Flat:{BARE},everywhere=True", PERCEPTRONS),
    "zᴮ": ("lrp-z-box", f"ZBox:{BARE}", PERCEPTRONS),
    "zᴮ in another box": ("lrp-z-box:low=-6.0,high=7.0", f"ZBox:{BARE},low=-6.0,high=7.0", PERCEPTRONS),
    "excitation backprop is z⁺": ("lrp-z-plus", f"ExcitationBackprop:{BARE}", PERCEPTRONS),
}


@pytest.mark.parametrize("name", EQUAL)
def test_shared_methods_are_one(name, drawn, assert_same):
    """As they come with both, on inputs in general position for the gradients."""
    ours, theirs, families = EQUAL[name]
    assert_same(
        locate(ours).explain,
        locate(f"zennit:{theirs}").explain,
        drawn(families, EACH, seed=81),
        where=lambda case, x: case.input_is_generic(x, from_baseline=False),
    )


def test_lrp_0_off_zero_pre_activations(drawn, assert_same):
    """Where no weighted sum is 0, ε = 1e-18 is LRP-0."""
    assert_same(
        locate("lrp-0").explain,
        locate("zennit:Epsilon:epsilon=1e-18").explain,
        drawn(PERCEPTRONS, EACH, seed=82),
        where=_off_zeros,
    )


def _off_zeros(case, x):
    nodes = graph(case.network.module())
    values = evaluate(nodes, torch.tensor([x], dtype=torch.float64).reshape(1, *case.network.shape))[1:]
    return all(
        value.abs().min() > 1e-9 for node, value in zip(nodes, values, strict=True) if isinstance(node.operation, Layer)
    )


def _stabilised(z):
    return z + 1e-6 * torch.where(z < 0, -1.0, 1.0).to(z)


def _shared(rule):
    return sharing(rule, _stabilised)


EPSILON, Z_PLUS = _shared(lambda a, layer: [Part(a, *layer)]), _shared(positive)
Z_BOX, FLAT, W_SQUARE = _shared(LRPZBox().boxed), _shared(flat), _shared(squares)


def _alpha_beta(layer, a, arrived):
    return 2 * Z_PLUS(layer, a, arrived) - _shared(_negative)(layer, a, arrived)


def _favoured(weight, sign):
    return weight + 0.25 * (sign * weight).clamp(min=0) * sign


def _favouring(sign):
    """Return γ for pre-activations of one sign: contributions of that sign are favoured (Andéol et al. 2021)."""

    def rule(a, layer):
        none = torch.zeros_like(layer.bias)
        return [
            Part(a.clamp(min=0), _favoured(layer.weight, sign), _favoured(layer.bias, sign)),
            Part(a.clamp(max=0), _favoured(layer.weight, -sign), none),
        ]

    return rule


def _gamma(layer, a, arrived):
    z, up, down = layer(a), _shared(_favouring(1.0)), _shared(_favouring(-1.0))
    return up(layer, a, arrived * (z > 0)) + down(layer, a, arrived * (z < 0))


def _composed(choose):
    """Return an explainer by ``choose(nodes, k)``, the share of node k."""

    def explain(model, inputs, target):
        nodes, values = read(model, inputs)
        return relevance(nodes, values, target, lambda number: choose(nodes, number))

    return explain


def _is_dense(nodes, number):
    return getattr(nodes[number].operation, "function", None) is functional.linear


def _by_kind(convolution, dense=EPSILON, first=None, *, first_dense=True):
    """Return the choice of a share for convolutions, for dense layers, and for the first layer of all in code."""

    def choose(nodes, number):
        of_first = [
            k
            for k, node in enumerate(nodes)
            if isinstance(node.operation, Layer) and (first_dense or not _is_dense(nodes, k))
        ]
        if first is not None and of_first[:1] == [number]:
            return first
        return dense if _is_dense(nodes, number) else convolution

    return choose


def _below(lowest, above=Z_PLUS):
    return lambda nodes, number: lowest if number in input_layers(nodes) else above


COMPOSED = {
    "Epsilon": (_by_kind(EPSILON), PERCEPTRONS),
    "Norm": (_by_kind(EPSILON), PERCEPTRONS),
    "ZPlus": (_by_kind(Z_PLUS, Z_PLUS), CONVOLUTIONS),
    "AlphaBeta": (_by_kind(_alpha_beta, _alpha_beta), CONVOLUTIONS),
    "Gamma": (_by_kind(_gamma, _gamma), PERCEPTRONS),
    "Gamma:stabilizer=1e-6": (_by_kind(_gamma, _gamma), CONVOLUTIONS),
    "ZBox": (_below(Z_BOX), PERCEPTRONS),
    "WSquare:zero_params='bias'": (_below(W_SQUARE), PERCEPTRONS),
    "Flat": (_below(FLAT), PERCEPTRONS),
    "EpsilonPlus": (_by_kind(Z_PLUS), CONVOLUTIONS),
    "EpsilonAlpha2Beta1": (_by_kind(_alpha_beta), CONVOLUTIONS),
    "EpsilonPlusFlat": (_by_kind(Z_PLUS, first=FLAT), CONVOLUTIONS),
    "EpsilonAlpha2Beta1Flat": (_by_kind(_alpha_beta, first=FLAT), CONVOLUTIONS),
    "EpsilonGammaBox": (_by_kind(_gamma, first=Z_BOX, first_dense=False), CONVOLUTIONS),
    "ExcitationBackprop": (_by_kind(Z_PLUS, Z_PLUS), RECTIFIED),
}


@pytest.mark.parametrize("name", COMPOSED)
def test_zennit_at_its_defaults_is_composed_of_our_shares(name, drawn, assert_same):
    """With 1e-6 in each denominator, by the kind of layer; γ as Andéol et al. write it for any sign."""
    choose, families = COMPOSED[name]
    assert_same(_composed(choose), locate(f"zennit:{name}").explain, drawn(families, EACH, seed=83))


def test_integrated_gradients_from_zero_without_biases(drawn, assert_same):
    """The gradient is the same all along the way, so that a sum of 20 is the integral."""
    assert_same(
        locate("integrated-gradients").explain,
        zennit_method("IntegratedGradients"),
        [_from_zero(case) for case in drawn(["bias-free", "bias=none"], 3 * EACH // 2, seed=84)],
        where=lambda case, x: case.input_is_generic(x, from_baseline=False),
    )


def _from_zero(case):
    return replace(case, baseline=(0.0,) * case.network.in_features)


def test_integrated_gradients_come_close(drawn, scores):
    """A right sum of n steps is off by at most the kinks that a step crosses: by 1/n of the variation there is."""
    method, compared = zennit_method("IntegratedGradients", {"n_iter": 100}), 0
    for case in drawn(PERCEPTRONS, EACH, seed=85):
        exact, found = (scores(e, case) for e in (locate("integrated-gradients").explain, method))
        for x, one, other in zip(case.inputs, exact, found, strict=True):
            if case.input_is_generic(x, from_baseline=True):
                compared += 1
                far = torch.tensor(x, dtype=torch.float64) - torch.tensor(case.baseline, dtype=torch.float64)
                kinks = 1 + sum(layer.out_features for layer in _dense(case))
                assert (one - other).abs().max() <= 2 * kinks / 100 * _steepest(case) * far.abs().max()
    assert compared >= 250


def _dense(case):
    return [layer for layer in case.network.module() if isinstance(layer, torch.nn.Linear)]


def _steepest(case):
    """Return a bound for every derivative of every output: the product of the weights' magnitudes."""
    return reduce(torch.matmul, [layer.weight.abs() for layer in reversed(_dense(case))]).max().detach()


def test_smoothgrad_is_ours_in_distribution(drawn):
    """400 copies with 10 noisy samples each have our mean, once the eleventh, which has no noise, is taken out."""
    compared, copies, drawn_each = 0, 400, 10
    method = zennit_method("SmoothGrad", {"noise_level": 0.5, "n_iter": drawn_each + 1})
    for case in drawn(PERCEPTRONS, EACH, seed=86):
        model, x = case.network.module(), torch.tensor(case.inputs[:1], dtype=torch.float64)
        target, sigma = torch.tensor([case.target]), 0.5 * float(x.max() - x.min())
        rows = method(model, x.expand(copies, -1), target.expand(copies), seed=1)
        noisy = (rows * (drawn_each + 1) - input_gradient(model, x, target)) / drawn_each
        ours = SmoothGrad(sigma=sigma, samples=copies * drawn_each)(model, x, target)[0]
        error = noisy.std(0) / copies**0.5
        rare = 10 * _steepest(case) / (copies * drawn_each)
        compared += bool((error > 0).any())
        assert ((noisy.mean(0) - ours).abs() <= 8 * error + rare).all(), case.network
    assert compared >= 100
