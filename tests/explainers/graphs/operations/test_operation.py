"""What a kind of operation must say of itself, and that nothing else has to know it."""

from dataclasses import dataclass

import pytest
import torch
from torch import nn

from axiomcheck.explainers import Unsupported, locate
from axiomcheck.explainers.graphs.graph import graph
from axiomcheck.explainers.graphs.modules import MODULES
from axiomcheck.explainers.graphs.operations import (
    Activation,
    Impassable,
    Layer,
    Linear,
    MaxPool,
    PiecewiseLinear,
    Rearrangement,
    Shape,
    Softmax,
    Unknown,
)

KINDS = (Layer, Activation, MaxPool, Rearrangement, Shape, Softmax, Unknown)
INPUTS = torch.tensor([[1.0, -2.0], [0.5, 3.0]], dtype=torch.float64)
BASELINE = torch.tensor([[0.25, 1.0], [-1.0, 0.5]], dtype=torch.float64)
TARGET = torch.tensor([0, 1])


class _Twice(nn.Module):
    def forward(self, x):
        return x + x


class _Sine(nn.Module):
    def forward(self, x):
        return x.sin()


@dataclass(frozen=True, eq=False)
class _Doubling(Linear):
    """2 a, each unit's relevance its own."""

    def __call__(self, a):
        return 2 * a

    def relevance(self, entering, leaving, message, share):
        return [message]

    def signed_change(self, changes, at_reference):
        return 2 * changes[0]

    def signed_multipliers(self, change, message):
        return [2 * message]


@dataclass(frozen=True, eq=False)
class _Wave(Impassable):
    """sin a."""

    def __call__(self, a):
        return a.sin()

    def obstacle(self, method, *, at_end=False):
        return f"{method} does not surf"


@pytest.fixture
def model(monkeypatch):
    """Return a model with a module of some class in its middle, which is read as some operation."""

    def build(module, operation):
        monkeypatch.setitem(MODULES, type(module).forward, lambda _: operation)
        with torch.random.fork_rng():
            torch.manual_seed(5)
            return nn.Sequential(nn.Linear(2, 3), nn.ReLU(), module, nn.Linear(3, 2)).double()

    return build


def _explain(name, model):
    explainer = locate(name).explain
    takes_baseline = {"baseline": BASELINE} if "deeplift" in name or name == "integrated-gradients" else {}
    return explainer(model, INPUTS, TARGET, **takes_baseline)


METHODS = [
    *("lrp-0", "lrp-epsilon", "lrp-gamma", "lrp-z-plus", "lrp-alpha-beta", "lrp-w-square", "lrp-composite"),
    *("deep-taylor", "deeplift", "deeplift-reveal-cancel"),
]


@pytest.mark.parametrize("name", [*METHODS, "integrated-gradients", "guided-backprop", "deconvnet"])
def test_a_new_operation_is_one_class(model, name):
    """All methods go through a layer that doubles as through one whose doubled weights stand in the next."""
    doubling = model(_Twice(), _Doubling())
    other = model(nn.Identity(), None)
    other[3].weight.data *= 2
    assert [type(node.operation) for node in graph(doubling)][2] is _Doubling
    scores, expected = _explain(name, doubling), _explain(name, other)
    assert expected.abs().max() > 0
    assert torch.allclose(scores, expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("name", METHODS)
def test_one_that_cannot_be_passed_says_so(model, name):
    """LRP and DeepLIFT refuse it in its own sentence."""
    with pytest.raises(Unsupported, match=r"^(LRP|DeepLIFT) does not surf$"):
        _explain(name, model(_Sine(), _Wave()))


@pytest.mark.parametrize("name", ["gradient", "guided-backprop", "integrated-gradients"])
def test_gradients_pass_all_operations(model, name):
    """What needs gradients alone is as for a model that is not read, up to what it does at ReLUs."""
    scores = _explain(name, model(_Sine(), _Wave()))
    assert scores.abs().max() > 0
    if name == "integrated-gradients":
        wave = model(_Sine(), _Wave())
        change = (wave(INPUTS) - wave(BASELINE)).gather(1, TARGET[:, None])[:, 0]
        assert torch.allclose(scores.sum(1), change, atol=0.05)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_is_whole(kind):
    """Each has all that is declared; the bases have not, and cannot be made."""
    assert not kind.__abstractmethods__
    for base in (Linear, PiecewiseLinear, Impassable):
        with pytest.raises(TypeError, match="abstract method"):
            base()


@pytest.mark.parametrize("name", ["relevance", "signed_change", "signed_multipliers"])
def test_one_that_lacks_a_method_cannot_be_made(name):
    """A linear kind says itself how relevance and signed changes go through."""
    members = {key: value for key, value in vars(_Doubling).items() if key != name}
    with pytest.raises(TypeError, match=f"abstract method '?{name}"):
        type("Less", (Linear,), members)()
