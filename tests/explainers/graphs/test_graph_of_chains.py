"""Chains of Linear and ReLU, however they are written."""

import pytest
import torch
from torch import nn
from torch.nn import functional

from axiomcheck.explainers.graphs.graph import evaluate, graph
from axiomcheck.explainers.graphs.operations import RELU, Layer
from axiomcheck.explainers.methods.integrated_gradients import IntegratedGradients
from axiomcheck.explainers.methods.lrp_epsilon import LRPEpsilon
from axiomcheck.explainers.methods.lrp_gamma import LRPGamma
from axiomcheck.networks import Linear, Network, ReLU

NETWORK = Network(
    (
        Linear(((1.0, -1.0), (0.5, 2.0), (-1.0, 3.0)), (0.0, -1.0, 0.5)),
        ReLU(),
        Linear(((1.0, 2.0, -1.0), (0.5, -1.0, 1.0)), (0.0, 1.0)),
        ReLU(),
        Linear(((1.0, -2.0), (3.0, 1.0)), (0.0, -0.5)),
    )
)
INPUTS = torch.tensor([[2.0, 1.0], [-1.0, 0.25], [0.5, 3.0], [1.0, -2.0]], dtype=torch.float64)
TARGET = torch.tensor([0, 1, 0, 1])


def _linears():
    return [layer for layer in NETWORK.module() if isinstance(layer, nn.Linear)]


class _Parts(nn.Module):
    """A model that computes NETWORK in a forward of its own."""

    def __init__(self):
        super().__init__()
        self.a, self.b, self.c = _linears()
        self.relu = nn.ReLU()
        self.inplace = nn.ReLU(inplace=True)
        self.weight = nn.Parameter(self.b.weight.detach().clone())
        self.bias = nn.Parameter(self.b.bias.detach().clone())


class _Functional(_Parts):
    def forward(self, x):
        return self.c(functional.relu(self.b(functional.relu(self.a(x)))))


class _WithWeights(_Parts):
    def forward(self, x):
        x = functional.relu(self.a(x), inplace=True)
        x = functional.relu(functional.linear(x, self.weight, self.bias))
        return functional.linear(x, self.c.weight, self.c.bias)


class _BiasByKeyword(_Parts):
    def forward(self, x):
        return self.c(self.relu(functional.linear(self.relu(self.a(x)), self.weight, bias=self.bias)))


class _WeightByKeyword(_Parts):
    def forward(self, x):
        return self.c(self.relu(functional.linear(self.relu(self.a(x)), weight=self.weight, bias=self.bias)))


class _Methods(_Parts):
    def forward(self, x):
        return self.c(torch.relu(self.b(self.a(x).relu())))


class _Reused(_Parts):
    def forward(self, x):
        x = self.relu(self.a(x))
        return self.c(self.relu(self.b(x)))


class _InPlace(_Parts):
    def forward(self, x):
        return self.c(self.inplace(self.b(self.a(x).relu_())))


class _Loop(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList(_linears())

    def forward(self, x):
        for number, layer in enumerate(self.layers):
            x = layer(functional.relu(x)) if number else layer(x)
        return x


class _Wrapped(nn.Module):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def forward(self, x):
        return self.inner(x)


def _nested():
    a, b, c = _linears()
    return nn.Sequential(nn.Sequential(a, nn.ReLU()), nn.Identity(), nn.Sequential(nn.Sequential(b), nn.ReLU(), c))


def _one_relu():
    a, b, c = _linears()
    relu = nn.ReLU()
    return nn.Sequential(a, relu, b, relu, c)


def _with_dropout():
    a, b, c = _linears()
    return nn.Sequential(a, nn.ReLU(), nn.Dropout(0.5), b, nn.ReLU(), c)


MODELS = {
    "functional": _Functional,
    "weights of its own": _WithWeights,
    "bias by keyword": _BiasByKeyword,
    "weight by keyword": _WeightByKeyword,
    "methods": _Methods,
    "reused relu": _Reused,
    "in place": _InPlace,
    "loop": _Loop,
    "wrapped": lambda: _Wrapped(_nested()),
    "wrapped twice": lambda: _Wrapped(_Wrapped(_Functional())),
    "own model inside a Sequential": lambda: nn.Sequential(_Functional(), nn.Identity()),
    "nested": _nested,
    "one relu": _one_relu,
    "dropout": _with_dropout,
}


@pytest.fixture(params=MODELS)
def model(request):
    """Return NETWORK in one way of writing it."""
    built = MODELS[request.param]().eval()
    assert built(INPUTS).tolist() == NETWORK.outputs(INPUTS.numpy()).tolist()
    return built


def test_the_graph_is_the_networks_layers(model):
    """Whatever the code, the nodes are the network's affine layers and ReLUs in order."""
    nodes = graph(model)
    assert [node.sources for node in nodes] == [(k,) for k in range(len(NETWORK.layers))]
    for node, layer in zip(nodes, NETWORK.layers, strict=True):
        if isinstance(layer, Linear):
            assert isinstance(node.operation, Layer)
            assert node.operation.parameters.weight.tolist() == [list(row) for row in layer.weight]
            assert node.operation.parameters.bias.tolist() == list(layer.bias)
        else:
            assert node.operation is RELU


@pytest.mark.parametrize("explain", [LRPGamma(), LRPEpsilon()])
def test_scores_do_not_depend_on_how_the_model_is_written(model, explain):
    """LRP gives for every way of writing what it gives for the plain Sequential."""
    assert torch.equal(explain(model, INPUTS, TARGET), explain(NETWORK.module(), INPUTS, TARGET))


def test_exact_integrals_do_not_depend_on_how_the_model_is_written(model):
    """Integrated gradients knows the pieces of every way of writing."""
    start = torch.full_like(INPUTS, -0.75)
    scores = (IntegratedGradients()(m, INPUTS, TARGET, baseline=start) for m in (model, NETWORK.module()))
    assert torch.equal(*scores)


class _Absolute(nn.Linear):
    def forward(self, x):
        return functional.linear(x, self.weight.abs(), self.bias)


def test_a_linear_with_another_forward_is_no_linear():
    """A subclass of Linear that computes something else is not propagated through as if it were one."""
    layer = _Absolute(2, 1, bias=False).double()
    with torch.no_grad():
        layer.weight.copy_(torch.tensor([[1.0, -1.0]]))
    assert evaluate(graph(layer), INPUTS)[-1].tolist() == layer(INPUTS).tolist()


class _Dropped(_Parts):
    def forward(self, x):
        first = self.a(x)
        self.relu(first)
        return self.b(first)


def test_results_that_are_dropped_are_left_out():
    """What does not lead to the output is no part of the graph."""
    assert not any(node.operation is RELU for node in graph(_Dropped()))
