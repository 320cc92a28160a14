"""The other methods on convolutions, pools, sums and concatenations."""

import pytest
import torch
from torch import nn

from axiomcheck.explainers.graphs.graph import graph
from axiomcheck.explainers.methods.deeplift import deeplift
from axiomcheck.explainers.methods.deeplift_reveal_cancel import deeplift_reveal_cancel
from axiomcheck.explainers.methods.lrp_alpha_beta import LRPAlphaBeta
from axiomcheck.explainers.methods.lrp_below import input_layers
from axiomcheck.explainers.methods.lrp_flat import LRPFlat
from axiomcheck.explainers.methods.lrp_w_square import LRPWSquare
from axiomcheck.explainers.methods.lrp_z_box import LRPZBox


def _z_plus(a, w, b):
    return _part([max(x * y, 0) for x, y in zip(a, w, strict=True)], max(b, 0))


def _part(parts, rest=0.0):
    z = sum(parts) + rest
    return [part / z if z else 0.0 for part in parts]


def _alpha_beta(a, w, b):
    inhibited = _part([min(x * y, 0) for x, y in zip(a, w, strict=True)], min(b, 0))
    return [2 * p - n for p, n in zip(_z_plus(a, w, b), inhibited, strict=True)]


def _squares(_a, w, _b):
    return _part([y**2 for y in w])


def _flat(_a, w, _b):
    return _part([float(y != 0) for y in w])


def _box(a, w, _b):
    return _part([x * y + 3 * max(y, 0) - 4 * min(y, 0) for x, y in zip(a, w, strict=True)])


RULES = {
    LRPAlphaBeta(): (_alpha_beta, None),
    LRPWSquare(): (_z_plus, _squares),
    LRPWSquare(everywhere=True): (_squares, None),
    LRPFlat(): (_z_plus, _flat),
    LRPFlat(everywhere=True): (_flat, None),
    LRPZBox(-3.0, 4.0): (_z_plus, _box),
}


@pytest.mark.parametrize("explain", RULES, ids=repr)
def test_rules_are_the_formula_on_single_neurons(explain, architectures, by_neurons):
    """Each layer shares relevance by the paper's formula, those that read the input by that for them."""
    for model, plan, inputs in architectures:
        target = torch.arange(len(inputs)) % 2
        for x, k, scores in zip(inputs, target.tolist(), explain(model, inputs, target), strict=True):
            expected = by_neurons(plan, x.flatten().tolist(), k, *RULES[explain])
            assert scores.flatten().tolist() == pytest.approx(expected, rel=1e-8, abs=1e-8 * max(map(abs, expected)))


def test_input_layers_are_those_that_read_the_input_alone():
    """Moving entries is no reading; a second layer, and a sum with one, read more."""
    assert input_layers(graph(nn.Sequential(nn.Flatten(), nn.Linear(4, 2), nn.Linear(2, 1)))) == {1}
    assert input_layers(graph(nn.Sequential(nn.ReLU(), nn.Linear(4, 2)))) == frozenset()


def _changed(model, inputs, start, target):
    return (model(inputs) - model(start)).gather(1, target[:, None])[:, 0]


def test_deeplift_is_complete(architectures):
    """On every architecture, max pools too, the scores sum to f(x) - f(x̃)."""
    for model, _, inputs in architectures:
        start, target = -inputs.flip(0), torch.arange(len(inputs)) % 2
        found = deeplift(model, inputs, target, baseline=start).flatten(1).sum(1)
        assert torch.allclose(found, _changed(model, inputs, start, target), rtol=1e-9, atol=1e-9)


def test_reveal_cancel_is_complete(architectures):
    """On those without max pools, the scores sum to f(x) - f(x̃)."""
    for model, _, inputs in (architectures[0], architectures[3]):
        start, target = -inputs.flip(0), torch.arange(len(inputs)) % 2
        found = deeplift_reveal_cancel(model, inputs, target, baseline=start).flatten(1).sum(1)
        assert torch.allclose(found, _changed(model, inputs, start, target), rtol=1e-9, atol=1e-9)
