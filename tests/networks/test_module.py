"""Networks as PyTorch modules."""

from random import Random

import torch
from torch import nn

from axiomcheck.networks import Linear, Network, ReLU

BIASED = Network((Linear(((1.0, 2.0),), (0.5,)), ReLU(), Linear(((1.0,),), (0.0,)), ReLU()))


def test_module_computes_the_network(draw_networks):
    """The module's outputs are the exact ones, in float64."""
    random = Random(6)
    for network in draw_networks(60, seed=6):
        points = [[random.randint(-96, 96) / 16 for _ in range(network.in_features)] for _ in range(4)]
        outputs = network.module()(torch.tensor(points, dtype=torch.float64)).tolist()
        assert outputs == [[float(value) for value in network.exact(x)] for x in points]


def test_layers_are_separate_modules_with_names():
    """Layers are called linear1, relu1, linear2, relu2, and each is a module of its own."""
    named = dict(BIASED.module().named_children())
    assert list(named) == ["linear1", "relu1", "linear2", "relu2"]
    assert named["relu1"] is not named["relu2"]


def test_layers_without_bias_have_none():
    """A layer whose biases are all 0 is built as with ``bias=False``."""
    model = BIASED.module()
    assert model.linear1.bias.tolist() == [0.5]
    assert model.linear2.bias is None


def test_module_is_in_evaluation_mode_and_float64():
    """The module is ready for explanation: no training mode, double precision, parameters with gradients."""
    model = BIASED.module()
    assert not any(part.training for part in model.modules())
    assert all(p.dtype == torch.float64 and p.requires_grad for p in model.parameters())


def test_linear_is_an_ordinary_one():
    """The layer built by hand shows the attributes and the state of one that torch builds."""
    built, ordinary = BIASED.module().linear1, nn.Linear(2, 1).double()
    assert repr(built) == repr(ordinary)
    assert built.state_dict().keys() == ordinary.state_dict().keys()
    assert vars(built).keys() == vars(ordinary).keys()


def test_two_modules_share_nothing():
    """Writing into one module leaves the next one as it should be."""
    with torch.no_grad():
        BIASED.module().linear1.weight.zero_()
    assert BIASED.module().linear1.weight.tolist() == [[1.0, 2.0]]


def test_building_draws_no_random_number():
    """The global random state is the same after a module was built."""
    before = torch.get_rng_state()
    BIASED.module()
    assert torch.equal(before, torch.get_rng_state())
