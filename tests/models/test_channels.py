"""Channels: the sets that go together are those that one sees in the code, and what else sees them pins them."""

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional

from axiomcheck.engine.resolve import model_population
from axiomcheck.models.channels import channels_of
from axiomcheck.models.exchange import OF_CHANNELS, Exchange
from axiomcheck.models.source import ModelSource
from axiomcheck.networks import AxiomcheckError, DoesNotApply

MAIN = "block2.conv2,block1.conv2,stem,block2.norm2,block1.norm2,norm>block1.conv1,block2.conv1,fc1"
SETS = {
    "digits": ["0,1>3", "3,4>7", "7>10", "10>12"],
    "residual": ["block1.conv1,block1.norm1>block1.conv2", "block2.conv1,block2.norm1>block2.conv2", MAIN, "fc1>fc2"],
    "tabular": ["0>3", "3>5"],
}
SHAPES = {"digits": (1, 8, 8), "residual": (1, 8, 8), "tabular": (30,)}


def _places(model, shape):
    found = channels_of(model.double().eval(), shape)
    return [each.place for each in found.sets], found.reason


@pytest.mark.parametrize("name", SETS)
def test_the_sets_of_the_examples(name, example):
    """Chains, through batch norms and pools, and the main line of a residual network as one; each behind a ReLU."""
    model, _ = example(name)
    found = channels_of(model.double(), SHAPES[name])
    assert ([each.place for each in found.sets], found.reason) == (SETS[name], "")
    assert all(each.may_die for each in found.sets)


class _Model(nn.Module):
    """Two convolutions of four channels and a head; what runs between them is given."""

    def __init__(self, between, wide=4):
        super().__init__()
        self.one, self.two, self.head = nn.Conv2d(2, 4, 3), nn.Conv2d(wide, 4, 1), nn.Linear(4, 3)
        self.between = between

    def forward(self, x):
        x = self.between(self, self.one(x))
        return self.head(functional.relu(self.two(x)).mean((2, 3)))


PASSES = {
    "relu": lambda _, z: z.relu(),
    "in place": lambda _, z: functional.relu(z, inplace=True),
    "pool": lambda _, z: functional.max_pool2d(torch.relu(z), 2),
    "itself": lambda _, z: z * torch.sigmoid(z) + 1,
    "dropout": lambda m, z: functional.dropout(z, 0.5, m.training),
}
PINS = {
    "softmax over channels": lambda _, z: z.softmax(1),
    "one channel": lambda _, z: torch.relu(z) * z[:, :1],
    "as many as": lambda _, z: z * z.size(1),
    "a constant for each": lambda _, z: z + torch.arange(4.0).reshape(4, 1, 1),
    "turned": lambda _, z: z.transpose(1, 2).transpose(1, 2),
    "another order": lambda _, z: torch.cat([z[:, 2:], z[:, :2]], 1),
    "the weights": lambda m, z: z + m.one.weight.sum(),
    "a fixed view": lambda _, z: z.view(-1, 4, 4, 4),
}


@pytest.mark.parametrize("name", PASSES)
def test_channels_flow_through_what_is_unitwise(name):
    """Functions, methods and operators, in place or not."""
    assert _places(_Model(PASSES[name]), (2, 6, 6))[0] == ["one>two", "two>head"]


@pytest.mark.parametrize("name", PINS)
def test_what_sees_channels_together_pins_them(name):
    """The set before it is left alone, the other is still found."""
    assert _places(_Model(PINS[name]), (2, 6, 6))[0] == ["two>head"]


def test_a_dead_channel_needs_a_rectifier():
    """Behind a leaky ReLU, or before one that something reads past, a channel of a constant is not 0."""
    leaky = nn.Sequential(nn.Linear(2, 3), nn.LeakyReLU(), nn.Linear(3, 2))
    (found,) = channels_of(leaky.double().eval(), (2,)).sets
    assert not found.may_die
    assert "dead-channel" not in ModelSource(leaky, np.eye(2)).load().draws.twins.places
    (past,) = channels_of(_Model(lambda _, z: z + z.relu()).double(), (2, 6, 6)).sets[:1]
    assert not past.may_die


def test_layers_used_twice_and_shared_weights_are_left_alone():
    """A layer that runs twice has no channels of its own, nor has one whose weights another one has."""
    layer, relu = nn.Linear(3, 3), nn.ReLU()
    assert _places(nn.Sequential(layer, relu, layer, relu, nn.Linear(3, 2)), (3,))[0] == []
    tied = nn.Sequential(nn.Linear(3, 3), relu, nn.Linear(3, 3), relu, nn.Linear(3, 2))
    tied[2].weight = tied[0].weight
    places, reason = _places(tied, (3,))
    assert (places, reason) == ([], "there are no two layers with only unitwise operations between them")


def test_a_layer_on_tokens_is_left_alone():
    """A linear layer on (B, T, F) has its channels last."""
    model = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 4), nn.Flatten(), nn.Linear(8, 2))
    assert _places(model, (2, 3))[0] == []


class _Branching(nn.Module):
    def __init__(self):
        super().__init__()
        self.one, self.two = nn.Linear(3, 4), nn.Linear(4, 2)

    def forward(self, x):
        z = self.one(x)
        return self.two(z.relu() if z.sum() > 0 else z.abs())


def test_what_cannot_be_traced_says_why():
    """A branch on values: no set, the reason, and the other exchanges all the same."""
    loaded = ModelSource(_Branching(), np.eye(3)[:1]).load()
    assert "torch.fx cannot trace the model (TraceError: " in loaded.draws.twins.channels.reason
    assert not set(OF_CHANNELS) & set(loaded.draws.twins.places)
    assert "factorise" in loaded.draws.twins.places


class _Noting(nn.Sequential):
    def forward(self, x):
        self.last = x
        return super().forward(x)


def test_tracing_leaves_nothing_behind():
    """What a forward stores in its module is no proxy of torch.fx afterwards."""
    model = _Noting(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 2)).double()
    assert _places(model, (3,))[0] == ["0>2"]
    assert not hasattr(model, "last")


def test_channels_by_hand():
    """relu(x), relu(-2x) read with weights 3 and 5: each exchange, worked out."""
    model = nn.Sequential(nn.Linear(1, 2, bias=False), nn.ReLU(), nn.Linear(2, 1, bias=False))
    model[0].weight.data, model[2].weight.data = torch.tensor([[1.0], [-2.0]]), torch.tensor([[3.0, 5.0]])
    twins = ModelSource(model, np.array([[1.0], [-1.0]])).load().draws.twins
    expected = {
        "permute-channels": ([-2, 1], None, [5, 3]),
        "split-channel": ([1, -2, 1], None, [1.5, 5, 1.5]),
        "dead-channel": ([1, -2, 0], [0, 0, -1], [3, 5, 1]),
        "cancelling-channels": ([1, -2, 1, 1], None, [3, 5, 1, -1]),
    }
    assert set(expected) == set(OF_CHANNELS)
    for name, (rows, bias, columns) in expected.items():
        twin = twins.of([Exchange(name, "0>2")]).reference
        assert twin[0].weight.flatten().tolist() == rows
        assert (None if twin[0].bias is None else twin[0].bias.tolist()) == bias
        assert twin[2].weight.flatten().tolist() == columns
        assert (twin[0].out_features, twin[2].in_features) == (len(rows), len(columns))


def test_a_place_that_is_none_of_the_model_does_not_apply(loaded):
    """A place of a file that names other layers is no bug of ours."""
    twins = loaded("residual").twins
    with pytest.raises(DoesNotApply):
        twins.of([Exchange("permute-channels", "block1.conv1>block2.conv2")])
    with pytest.raises(DoesNotApply):
        twins.of([Exchange("permute-channels", "pool>fc1")])


def test_asked_for_what_needs_a_graph_the_reason_is_said():
    """``--rewrite split-channel`` of a model that cannot be traced is refused with the reason, which draws tell too."""
    source = ModelSource(_Branching(), np.eye(3)[:1])
    with pytest.raises(AxiomcheckError, match=r"no place for split-channel: torch.fx cannot trace"):
        model_population(source, "split-channel")
    assert f"no twins by {', '.join(OF_CHANNELS)}: torch.fx cannot" in model_population(source).distribution
