"""LRP on convolutions, batch norms, pools, sums and concatenations, against loops over single neurons."""

from copy import deepcopy

import pytest
import torch
from torch import nn

from axiomcheck.explainers.methods.grad_x_input import grad_x_input
from axiomcheck.explainers.methods.lrp_0 import LRP0
from axiomcheck.explainers.methods.lrp_epsilon import LRPEpsilon
from axiomcheck.explainers.methods.lrp_gamma import LRPGamma
from axiomcheck.explainers.methods.lrp_z_plus import LRPZPlus


def _lrp_0(a, w, b):
    z = b + sum(x * y for x, y in zip(a, w, strict=True))
    return [x * y / z if z else 0.0 for x, y in zip(a, w, strict=True)]


def _epsilon(a, w, b):
    z = b + sum(x * y for x, y in zip(a, w, strict=True))
    z += 0.1 if z >= 0 else -0.1
    return [x * y / z for x, y in zip(a, w, strict=True)]


def _gamma(a, w, b):
    return _lrp_0(a, [y + 0.25 * max(y, 0) for y in w], b + 0.25 * max(b, 0))


def _z_plus(a, w, b):
    positive = [max(x * y, 0) for x, y in zip(a, w, strict=True)]
    z = max(b, 0) + sum(positive)
    return [p / z if z else 0 for p in positive]


def _without_bias(shares):
    return lambda a, w, _: shares(a, w, 0.0)


RULES = {
    LRP0(): _lrp_0,
    LRPEpsilon(): _epsilon,
    LRPGamma(): _gamma,
    LRPZPlus(): _z_plus,
    LRP0(bias="dropped"): _without_bias(_lrp_0),
    LRPEpsilon(bias="dropped"): _without_bias(_epsilon),
    LRPGamma(bias="dropped"): _without_bias(_gamma),
    LRPZPlus(bias="dropped"): _without_bias(_z_plus),
}


@pytest.mark.parametrize("explain", RULES, ids=repr)
def test_rules_are_the_formula_on_single_neurons(explain, architectures, by_neurons):
    """On every small architecture each layer shares relevance by the paper's formula, written as loops."""
    for model, plan, inputs in architectures:
        target = torch.arange(len(inputs)) % 2
        found = explain(model, inputs, target)
        assert found.shape == inputs.shape
        for x, k, scores in zip(inputs, target.tolist(), found, strict=True):
            expected = by_neurons(plan, x.flatten().tolist(), k, RULES[explain])
            assert scores.flatten().tolist() == pytest.approx(expected, rel=1e-8, abs=1e-8 * max(map(abs, expected)))


def test_plans_compute_the_models(architectures, entering):
    """The loops that the rules are compared with compute what the models do."""
    for model, plan, inputs in architectures:
        for x, output in zip(inputs, model(inputs), strict=True):
            assert entering(plan, x.flatten().tolist())[-1] == pytest.approx(output.tolist(), abs=1e-10)


@pytest.mark.parametrize("explain", RULES, ids=repr)
def test_a_batch_equals_its_items(explain, architectures):
    """Each image gets alone what it gets among others."""
    for model, _, inputs in architectures:
        target = torch.arange(len(inputs)) % 2
        alone = [explain(model, inputs[i : i + 1], target[i : i + 1]) for i in range(len(inputs))]
        assert torch.allclose(explain(model, inputs, target), torch.cat(alone), rtol=1e-9, atol=1e-9)


def test_lrp_0_is_gradient_x_input(architectures):
    """Off zero pre-activations the two are one, on all graphs with biases."""
    for model, _, inputs in architectures:
        target = torch.arange(len(inputs)) % 2
        one, other = (explain(model, inputs, target) for explain in (LRP0(), grad_x_input))
        assert torch.allclose(one, other, rtol=1e-8, atol=1e-8)


@pytest.mark.parametrize("explain", [LRP0(bias="dropped"), LRPGamma(bias="dropped")], ids=repr)
def test_nothing_is_lost_without_biases_in_the_denominators(explain, architectures):
    """Scores sum to the output where the inputs alone share it, and no neuron has zeros alone to share it with."""
    for model, _, inputs in (architectures[1], architectures[3]):
        target = torch.zeros(len(inputs), dtype=torch.int64)
        sums = explain(model, inputs, target).flatten(1).sum(1)
        assert torch.allclose(sums, model(inputs)[:, 0], rtol=1e-7, atol=1e-7)


@pytest.mark.parametrize("explain", RULES, ids=repr)
def test_float32(explain, architectures):
    """Relevance has the type of the inputs, and comes near that of float64."""
    model, _, inputs = architectures[0]
    target = torch.zeros(len(inputs), dtype=torch.int64)
    exact = explain(model, inputs, target)
    found = explain(deepcopy(model).float(), inputs.float(), target)
    assert found.dtype == torch.float32
    assert torch.allclose(found.double(), exact, rtol=0.05, atol=0.02 * float(exact.abs().max()))


class _Relu6(nn.Module):
    def forward(self, x):
        return nn.functional.relu6(x) + nn.functional.hardtanh(x)


def test_relevance_passes_kin_of_relu_unchanged():
    """Beyond the bounds of ReLU6 and Hardtanh the gradient is 0, and LRP still says where the output comes from."""
    model = nn.Sequential(nn.Linear(1, 1, bias=False), _Relu6(), nn.Linear(1, 1, bias=False)).double()
    with torch.no_grad():
        model[0].weight.fill_(2.0)
        model[2].weight.fill_(1.0)
    x, target = torch.tensor([[5.0]], dtype=torch.float64), torch.tensor([0])
    assert LRP0()(model, x, target).tolist() == [[7.0]]
    assert grad_x_input(model, x, target).tolist() == [[0.0]]
