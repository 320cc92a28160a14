"""Models as graphs, however they are written."""

import pytest
import torch
from torch import nn
from torch.nn import functional

from axiomcheck.explainers import Unsupported
from axiomcheck.explainers.graphs import graph as graphs
from axiomcheck.explainers.graphs.graph import evaluate, graph
from axiomcheck.explainers.graphs.operations import RELU, Layer
from axiomcheck.explainers.methods.integrated_gradients import IntegratedGradients
from axiomcheck.explainers.methods.lrp_epsilon import LRPEpsilon
from axiomcheck.explainers.methods.lrp_gamma import LRPGamma

EXPLAINERS = [LRPGamma(), LRPEpsilon()]


class _Parts(nn.Module):
    """Two convolutions around a skip, a pool, a batch norm and a layer at the end, from one seed."""

    def __init__(self):
        super().__init__()
        with torch.random.fork_rng():
            torch.manual_seed(0)
            self.a, self.b = nn.Conv2d(1, 2, 3, padding=1), nn.Conv2d(2, 2, 3, padding=1)
            self.norm, self.c = nn.BatchNorm2d(2), nn.Linear(8, 2)
            self.norm.running_mean.normal_()
            self.norm.running_var.uniform_(0.5, 2)
            nn.init.normal_(self.norm.weight)
            nn.init.normal_(self.norm.bias)
        self.relu, self.inplace, self.pool = nn.ReLU(), nn.ReLU(inplace=True), nn.AvgPool2d(2)


class _Modules(_Parts):
    def forward(self, x):
        h = self.relu(self.norm(self.a(x)))
        return self.c(torch.flatten(self.pool(self.relu(self.b(h) + h)), 1))


class _Functions(_Parts):
    def forward(self, x):
        norm = self.norm
        h = functional.conv2d(x, self.a.weight, bias=self.a.bias, padding=1)
        h = functional.batch_norm(h, norm.running_mean, norm.running_var, norm.weight, norm.bias, eps=norm.eps)
        h = functional.relu(h)
        h = functional.relu(torch.add(torch.conv2d(h, self.b.weight, self.b.bias, 1, 1), h))
        return functional.linear(functional.avg_pool2d(h, 2).view(x.shape[0], -1), self.c.weight, self.c.bias)


class _InPlace(_Parts):
    def forward(self, x):
        h = self.inplace(self.norm(self.a(x)))
        skip = h
        h = self.b(h)
        h += skip
        self.inplace(h)
        return self.c(self.pool(h).reshape(x.size(0), -1))


class _Clamps(_Parts):
    def forward(self, x):
        h = self.norm(self.a(x)).clamp(min=0)
        h = torch.clamp(self.b(h).add_(h), 0).clamp_(min=0).clamp_min(0)
        count, channels, rows, columns = functional.adaptive_avg_pool2d(h, (2, 2)).shape
        return self.c(functional.adaptive_avg_pool2d(h, 2).view(count, channels * rows * columns))


class _Add(nn.Module):
    def forward(self, a, b):
        return a + b


class _Block(nn.Module):
    def __init__(self, inner):
        super().__init__()
        self.inner, self.add = inner, _Add()

    def forward(self, x, scale=None):
        if scale is not None:
            x = x * scale
        return self.add(self.inner(x), x).relu_()


class _Conv(nn.Conv2d):
    """A subclass that computes the same."""


def _blocks():
    parts = _Parts()
    first = _Conv(1, 2, 3, padding=1)
    first.load_state_dict(parts.a.state_dict())
    below = nn.Sequential(first, parts.norm, nn.Identity(), parts.inplace)
    return nn.Sequential(below, _Block(parts.b), parts.pool, nn.Dropout(), nn.Flatten(), parts.c)


MODELS = {
    "functions": _Functions,
    "in place": _InPlace,
    "clamps": _Clamps,
    "blocks": _blocks,
    "inside a Sequential": lambda: nn.Sequential(nn.Identity(), _Functions()),
}


def _inputs():
    generator = torch.Generator().manual_seed(1)
    return torch.randn(3, 1, 4, 4, dtype=torch.float64, generator=generator), torch.tensor([0, 1, 1])


@pytest.fixture(params=MODELS)
def pair(request):
    """Return the model in one way of writing it, and in modules."""
    model, plain = (build().double().eval() for build in (MODELS[request.param], _Modules))
    assert torch.allclose(model(_inputs()[0]), plain(_inputs()[0]), rtol=0, atol=1e-13)
    return model, plain


@pytest.mark.parametrize("explain", EXPLAINERS)
def test_scores_do_not_depend_on_how_the_model_is_written(pair, explain):
    """Modules, functions, methods, in place or not: to 1e-12 the scores are the same."""
    one, other = (explain(model, *_inputs()) for model in pair)
    assert torch.allclose(one, other, rtol=0, atol=1e-12)


def test_exact_integrals_do_not_depend_on_how_the_model_is_written(pair):
    """Integrated gradients knows the pieces of every way of writing."""
    inputs, target = _inputs()
    one, other = (IntegratedGradients()(model, inputs, target, baseline=-inputs.flip(0)) for model in pair)
    assert torch.allclose(one, other, rtol=0, atol=1e-12)


def test_a_graph_computes_the_model(pair):
    """The last value is the output, in place or not, and the input stays as it is."""
    inputs, _ = _inputs()
    values = evaluate(graph(pair[0]), inputs)
    assert torch.allclose(values[-1], pair[1](inputs), rtol=0, atol=1e-13)
    assert torch.equal(inputs, _inputs()[0])


def test_reading_leaves_the_model_alone(pair):
    """Parameters, buffers, flags, attributes and hooks are as before, and what is read carries no gradient."""
    model = pair[0]
    before, names = {k: v.clone() for k, v in model.state_dict().items()}, set(vars(model))
    nodes = graph(model)
    assert all(torch.equal(before[name], value) for name, value in model.state_dict().items())
    assert set(vars(model)) == names
    assert not any(module._forward_hooks or module.training for module in model.modules())
    layers = [node.operation for node in nodes if isinstance(node.operation, Layer)]
    assert not any(part.requires_grad for layer in layers for part in layer.parameters)
    assert all(p.requires_grad and p.grad is None for p in model.parameters())


class _Tensors(nn.Module):
    """A model with tensors that are no parameters."""

    def __init__(self):
        super().__init__()
        self.weight = torch.tensor([[1.0, -2.0]], dtype=torch.float64)

    def forward(self, x):
        return functional.linear(2 - (x - 0.25) / 4, self.weight.abs())


def test_constants_and_plain_tensors():
    """Numbers and tensors in a forward are constants, and none is stored in the model."""
    model, x = _Tensors(), torch.tensor([[1.0, 3.0]], dtype=torch.float64)
    assert torch.allclose(evaluate(graph(model), x)[-1], model(x))
    assert set(vars(model)) == set(vars(_Tensors()))


def test_a_layer_used_twice_is_two_nodes():
    """The same module at two places is computed, and explained, at both."""
    layer = nn.Linear(2, 2)
    nodes = graph(nn.Sequential(layer, nn.ReLU(), layer))
    assert [node.sources for node in nodes] == [(0,), (1,), (2,)]
    assert nodes[0].operation.parameters.weight is not None
    assert nodes[1].operation is RELU


def test_bare_layers_are_models():
    """A layer without anything around it is a graph of one node, with a bias of zeros if it has none."""
    (node,) = graph(nn.Linear(3, 2, bias=False))
    assert node.operation.parameters.bias.tolist() == [0.0, 0.0]


def test_a_plain_sequential_is_not_traced(monkeypatch):
    """Its modules are read one by one."""
    monkeypatch.delattr(graphs, "trace")
    model = nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 8), nn.ReLU(), nn.Linear(8, 1))
    assert len(graph(model)) == 5


class _Weighed(nn.Module):
    """A model with a parameter of its own."""

    def __init__(self, function):
        super().__init__()
        self.weight = nn.Parameter(torch.tensor([2.0, -3.0], dtype=torch.float64))
        self.function = function

    def forward(self, x):
        return self.function(self.weight, x)


def _unpacked(weight, x):
    rows, columns = x.shape
    print(f"{x} has {rows} rows")
    return x.reshape(rows, columns) * weight


WEIGHED = {
    "unpacked and printed": _unpacked,
    "w * x": lambda w, x: w * x,
    "x * w": lambda w, x: x * w,
    "torch.mul(w, x)": torch.mul,
    "w.mul(x)": lambda w, x: w.mul(x),
    "w - x": lambda w, x: w - x,
    "1 - x": lambda w, x: 1 - x,
    "w + 2 x": lambda w, x: torch.add(w, x, alpha=2),
    "x / w": lambda w, x: x / w,
    "exp(w) x": lambda w, x: w.exp() * x,
    "x += w, in place": lambda w, x: (x.add_(w), x)[1],
    "reshaped by its own shape": lambda w, x: x.reshape(x.shape[0], x.size(1)) * w,
}


@pytest.mark.parametrize("name", WEIGHED)
def test_parameters_on_either_side_are_constants(name):
    """What is computed of them alone too; no gradient leads to them."""
    model, x = _Weighed(WEIGHED[name]), torch.tensor([[1.0, 3.0], [-2.0, 0.5]], dtype=torch.float64)
    value = evaluate(graph(model), x)[-1]
    assert torch.allclose(value, model(x.clone()))
    assert not value.requires_grad


def test_calls_are_what_they_were_after_a_failure():
    """Modules are called as before whatever happened while a model was read."""
    before = nn.Module.__call__
    with pytest.raises(Unsupported):
        graph(_Weighed(lambda w, x: (w * x).nothing()))
    assert nn.Module.__call__ is before
