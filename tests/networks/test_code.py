"""Networks as Python code."""

import ast
from random import Random

import pytest
import torch

from axiomcheck.networks import Linear, Network, ReLU


@pytest.fixture(autouse=True)
def _default_dtype():
    before = torch.get_default_dtype()
    yield
    torch.set_default_dtype(before)


def _executed(network):
    namespace = {}
    exec(network.code(), namespace)
    return namespace["model"]


def test_code_builds_the_same_function(draw_networks):
    """Executed in an empty namespace, the code gives a model with the exact outputs: a hundred of each family."""
    random = Random(7)
    for network in draw_networks(100, seed=7):
        points = [[random.randint(-96, 96) / 16 for _ in range(network.in_features)] for _ in range(3)]
        outputs = _executed(network)(torch.tensor(points)).tolist()
        assert outputs == [[float(value) for value in network.exact(x)] for x in points]


def test_code_has_the_modules_state(draw_networks):
    """The model of the code has the parameters of ``module()``, under the same names."""
    for network in draw_networks(10, seed=8):
        executed, built = _executed(network).state_dict(), network.module().state_dict()
        assert list(executed) == list(built)
        assert all(torch.equal(executed[name], built[name]) for name in built)


def test_code_imports_torch_alone():
    """Nothing but torch is needed to run it."""
    network = Network((Linear(((1.0,),), (2.0,)), ReLU()))
    imports = [node for node in ast.walk(ast.parse(network.code())) if isinstance(node, (ast.Import, ast.ImportFrom))]
    assert [ast.unparse(node) for node in imports] == ["import torch", "from torch import nn"]


def test_code_keeps_numbers_of_many_bits():
    """Weights are written so that they are read back exactly."""
    third = 0.333251953125 + 2.0**-40
    assert _executed(Network((Linear(((third,),), (-third,)),))).linear1.weight.item() == third
