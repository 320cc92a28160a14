"""Composites: a rule for each depth, against loops over neurons."""

import pytest
import torch
from torch import nn

from axiomcheck.explainers.methods.lrp_composite import LRPComposite
from axiomcheck.networks import UnknownName


def _part(parts, z):
    return [part / z if z else 0.0 for part in parts]


def _gamma(a, w, b):
    parts = [x * (y + max(y, 0) / 4) for x, y in zip(a, w, strict=True)]
    return _part(parts, sum(parts) + b + max(b, 0) / 4)


def _epsilon(a, w, b):
    parts = [x * y for x, y in zip(a, w, strict=True)]
    z = sum(parts) + b
    return _part(parts, z + (0.1 if z >= 0 else -0.1))


def _boxed(a, w, _b):
    parts = [x * y + 8 * max(y, 0) - 8 * min(y, 0) for x, y in zip(a, w, strict=True)]
    return _part(parts, sum(parts))


def _squares(_a, w, _b):
    return _part([y * y for y in w], sum(y * y for y in w))


def _flat(_a, w, _b):
    return [1 / len(w)] * len(w)


@pytest.fixture
def perceptron():
    """Return layers of sizes 3-4-4-3-2, and points."""
    with torch.random.fork_rng():
        torch.manual_seed(3)
        layers = [nn.Linear(3, 4), nn.Linear(4, 4), nn.Linear(4, 3), nn.Linear(3, 2)]
        return [layer.double() for layer in layers], torch.randn(4, 3, dtype=torch.float64)


@pytest.mark.parametrize(
    ("explain", "rules"),
    [
        (LRPComposite(low=-8.0, high=8.0), (_boxed, _gamma, _epsilon, _epsilon)),
        (LRPComposite(lowest="w-square"), (_squares, _gamma, _epsilon, _epsilon)),
        (LRPComposite(lowest="flat", upper="dense"), (_flat, _epsilon, _epsilon, _epsilon)),
    ],
    ids=["the recipe", "squares", "flat and dense"],
)
def test_a_rule_for_each_depth(explain, rules, perceptron):
    """Of four layers the first has a rule of its own, the next γ, the two on top ε; loops over neurons say the same."""
    layers, inputs = perceptron
    relus = [nn.ReLU(), nn.ReLU(), nn.ReLU(), nn.Identity()]
    model = nn.Sequential(*(m for pair in zip(layers, relus, strict=True) for m in pair))
    found = explain(model, inputs, torch.zeros(4, dtype=torch.int64))
    for x, scores in zip(inputs, found, strict=True):
        entering = [x, *(model[:end](x) for end in (2, 4, 6))]
        arrived = [model(x)[0].item(), 0.0]
        for layer, a, shares in zip(reversed(layers), reversed(entering), reversed(rules), strict=True):
            arrived = _through(layer.weight, layer.bias, a.tolist(), arrived, shares)
        assert scores.tolist() == pytest.approx(arrived, rel=1e-9, abs=1e-12)


def test_convolutions_take_gamma_where_dense_layers_take_epsilon():
    """Flat where the input is read, γ at the other convolution, ε at the dense layer on top."""
    with torch.random.fork_rng():
        torch.manual_seed(4)
        lowest, upper, dense = nn.Conv1d(1, 2, 2), nn.Conv1d(2, 2, 2), nn.Linear(2, 1)
        inputs = torch.rand(5, 1, 3, dtype=torch.float64)
    model = nn.Sequential(lowest, nn.ReLU(), upper, nn.ReLU(), nn.Flatten(), dense).double()
    found = LRPComposite(lowest="flat", upper="dense")(model, inputs, torch.zeros(5, dtype=torch.int64))
    for x, scores in zip(inputs, found, strict=True):
        hidden, units = (model[:end](x[None])[0].flatten().tolist() for end in (2, 4))
        on_top = _through(dense.weight, dense.bias, units, [model(x[None]).item()], _epsilon)
        below = _through(upper.weight.flatten(1), upper.bias, hidden, on_top, _gamma)
        halves = [r / 2 for r in below]  # two units of each of two channels, each reading two neighbours
        expected = [halves[0] + halves[2], sum(halves), halves[1] + halves[3]]
        assert scores[0].tolist() == pytest.approx(expected, rel=1e-9, abs=1e-12)


def _through(weight, bias, a, arrived, shares):
    given = [shares(a, w, b) for w, b in zip(weight.tolist(), bias.tolist(), strict=True)]
    return [sum(r * share[i] for r, share in zip(arrived, given, strict=True)) for i in range(len(a))]


@pytest.mark.parametrize("options", [{"lowest": "z"}, {"upper": "all"}])
def test_unknown_options_are_told(options):
    """What there is stands in the sentence."""
    with pytest.raises(UnknownName, match=r"w-square|dense"):
        LRPComposite(**options)
