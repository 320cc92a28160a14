"""A model read as a network: there and back again is the same function, and what is not known is said."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional

from axiomcheck.networks import (
    GELU,
    Attention,
    AxiomcheckError,
    Concat,
    Flatten,
    GroupNorm,
    Hardtanh,
    InstanceNorm,
    LayerNorm,
    LeakyReLU,
    Linear,
    Network,
    PositionalEncoding,
    PReLU,
    Product,
    ReLU6,
    Residual,
    RMSNorm,
    Sigmoid,
    SiLU,
    Softplus,
    Style,
    Tanh,
)
from axiomcheck.networks.family import PRESETS
from axiomcheck.networks.layers.catalogue import LAYERS
from axiomcheck.networks.style import OPTIONS
from axiomcheck.networks.tree import every_layer
from axiomcheck.strategies.codec import block_size, draw_network


def _same(network, again, random):
    """Hold two networks to the same outputs, exactly."""
    points = [tuple(random.randint(-96, 96) / 32 for _ in range(network.in_features)) for _ in range(4)]
    assert again.values(points) == network.values(points)
    if not any(isinstance(layer, Product) for layer in every_layer(network.layers)):  # of three, two are read first
        assert [again.error(point) for point in points] == [network.error(point) for point in points]


CURVED = {GELU, SiLU, Sigmoid, Tanh, Softplus, LayerNorm, RMSNorm, GroupNorm, Product}
BENT = (LeakyReLU(0.5), PReLU((0.5, -2.0)), ReLU6(), Hardtanh(-0.5, 2.0))
KINDS = {
    "ordinary": {*LAYERS} - CURVED - {*map(type, BENT), Attention, InstanceNorm, PositionalEncoding},
    "smooth": CURVED,
}
"""The kinds that a family is drawn of."""


@pytest.mark.parametrize(
    ("family", "count"),
    [("ordinary", 12), ("smooth", 6), *(pytest.param(name, 120, marks=pytest.mark.long) for name in KINDS)],
)
def test_there_and_back_again(family, count):
    """Random networks, as modules in their own styles, are read as networks of the same exact outputs."""
    random, found = Random(71), PRESETS[family]
    networks = [draw_network(random.randbytes(block_size(found)), found) for _ in range(count)]
    for network in networks:
        _same(network, Network.of(network.module(), network.shape), random)
    met = {type(layer) for network in networks for layer in every_layer(network.layers)}
    assert count < 100 or met >= KINDS[family]


@pytest.mark.parametrize("layer", BENT, ids=lambda layer: layer.kind)
def test_what_bends_in_other_ways(layer):
    """Leaky ReLUs and clamps, which the family draws only if it is asked for."""
    network = Network((layer, Linear(((1.0, 2.0),), (0.5,))), (2,))
    assert Network.of(network.module(), (2,)) == network


def test_norms_of_images():
    """Group and instance norms, with weights and biases and without; one with statistics of its training is refused."""
    for module, layer in (
        (nn.GroupNorm(2, 4), GroupNorm.of(4)),
        (nn.GroupNorm(2, 4, eps=0.5, affine=False), GroupNorm.of(4, 0.5)),
        (nn.InstanceNorm1d(4), InstanceNorm.of(4)),
        (nn.InstanceNorm1d(4, affine=True), InstanceNorm.of(4)),
    ):
        expected = replace(layer, num_groups=2) if isinstance(layer, GroupNorm) else layer
        assert Network.of(nn.Sequential(module, nn.Flatten()), (4, 3)).layers == (expected, Flatten())
    with pytest.raises(AxiomcheckError, match="statistics of its training"):
        Network.of(nn.Sequential(nn.InstanceNorm1d(4, track_running_stats=True).eval(), nn.Flatten()), (4, 3))


@pytest.mark.parametrize("option", OPTIONS)
def test_every_kind_in_every_style(option, random_networks):
    """Networks of all layers, in each value of each style."""
    random = Random(72)
    for value in OPTIONS[option]:
        for network in random_networks(4, f"{option}{value}", thirds=True, softmax=True):
            _same(network, Network.of(network.module(Style(**{option: value})), network.shape), random)


def test_the_layers_of_a_module_written_by_hand():
    """Weights by hand, in float32, views, sums of three, a concatenation: layer for layer."""

    class Written(nn.Module):
        def __init__(self):
            super().__init__()
            self.one = nn.Linear(2, 2)
            self.one.weight.data = torch.tensor([[1.0, -2.0], [0.5, 0.1]])
            self.one.bias.data = torch.tensor([0.0, 3.0])

        def forward(self, x):
            h = functional.relu(self.one(x))
            return torch.cat([h + x + h, x], dim=1).view(x.size(0), -1)

    network = Network.of(Written(), (2,))
    tenth = float(np.float32(0.1))
    one = Linear(((1.0, -2.0), (0.5, tenth)), (0.0, 3.0))
    assert network.shape == (2,)
    assert one in every_layer(network.layers)
    assert [layer.kind for layer in network.layers] == ["concat", "flatten"]
    # At (3, 1) h is relu(1, 4.5 + 0.1f), so that h + x + h is (5, 10 + 0.2f), with 0.1f the nearest float32 to 0.1.
    assert list(map(float, network.exact((3.0, 1.0)))) == [5.0, 10 + 2 * tenth, 3.0, 1.0]


def test_a_sum_of_one_value_twice():
    """x + x is a residual sum of two empty branches."""

    class Twice(nn.Module):
        def forward(self, x):
            return x + x

    assert Network.of(Twice(), (2,)).layers == (Residual(((), ())),)


def test_gates_are_products():
    """silu(x) · x is a product of two branches, of which one is empty."""

    class Gated(nn.Module):
        def forward(self, x):
            return functional.silu(x) * x

    assert Network.of(Gated(), (2,)).layers == (Product(((SiLU(),), ())),)


def test_dropout_and_training_mode_are_those_of_evaluation():
    """A model in training mode is read in evaluation mode, and left as it was."""
    model = nn.Sequential(nn.Linear(2, 2), nn.Dropout(0.25), nn.Identity()).train()
    assert [layer.kind for layer in Network.of(model).layers] == ["linear", "dropout"]
    assert model.training
    assert model[1].training


def _hooked():
    model = nn.Sequential(nn.Linear(2, 2), nn.ReLU())
    model[1].register_forward_hook(lambda *_: torch.ones(8, 2, dtype=torch.float64))
    return model


class _Overwriting(nn.Module):
    def __init__(self):
        super().__init__()
        self.one = nn.Linear(2, 2)

    def forward(self, x):
        h = self.one(x)
        return h.relu_() + h


class _Branching(nn.Module):
    def forward(self, x):
        return x if x.sum() > 0 else -x


class _Doubling(nn.Module):
    def forward(self, x):
        return x * 2


UNKNOWN = {
    "a number": (_Doubling(), (2,), "mul in forward: one of what it joins is no value of the network but a number"),
    "an unknown layer": (nn.Sequential(nn.Linear(2, 2), nn.ELU()), (2,), "ELU at 1: it is none of the layers"),
    "a branch": (_Branching(), (2,), "torch.fx cannot trace it"),
    "hooks": (_hooked(), (2,), "computes something else than its layers"),
    "overwritten": (_Overwriting(), (2,), "computes something else than its layers"),
    "no shape": (nn.Sequential(nn.Conv1d(1, 1, 1), nn.Flatten()), (), "Expected a shape"),
    "a wrong shape": (nn.Sequential(nn.Linear(2, 2)), (3,), "does not fit inputs of shape"),
    "images out": (nn.Conv1d(1, 1, 1), (1, 3), "flatten them"),
    "too large": (nn.Sequential(nn.Conv2d(3, 32, 3), nn.Flatten()), (3, 64, 64), "too large"),
    "a softplus that jumps": (nn.Sequential(nn.Linear(2, 2), nn.Softplus()), (2,), "threshold=40"),
    "batch statistics": (nn.BatchNorm1d(2, track_running_stats=False), (2,), "has statistics of its training"),
    "a slope": (nn.Sequential(nn.BatchNorm1d(2)), (2,), "fold it into the layer before it"),
    "no module": (lambda x: x, (2,), "Expected an nn.Module but got function"),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_is_not_known_is_said(name):
    """One sentence that names the layer, or what is in the way."""
    model, shape, sentence = UNKNOWN[name]
    with pytest.raises(AxiomcheckError, match=sentence):
        Network.of(model, shape)


def test_a_folded_batch_norm_is_read():
    """What the sentence about batch norms advises works."""
    from torch.nn.utils.fusion import fuse_linear_bn_eval

    linear, norm = nn.Linear(2, 2).eval(), nn.BatchNorm1d(2).eval()
    norm.running_var = torch.tensor([0.3, 2.0])
    assert Network.of(fuse_linear_bn_eval(linear, norm), (2,)).is_exact


def test_concatenated_branches_keep_their_order():
    """The branches of a concatenation stand in the order of its list."""

    class Joined(nn.Module):
        def __init__(self):
            super().__init__()
            self.one = nn.Linear(1, 1)

        def forward(self, x):
            return torch.cat((x, self.one(x)), 1)

    (layer,) = Network.of(Joined(), (1,)).layers
    assert layer == Concat(((), layer.branches[1]))
