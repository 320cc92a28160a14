"""Networks as Python code."""

import ast
from itertools import product
from random import Random

import pytest
import torch

from axiomcheck.networks import Linear, Network, ReLU, Residual, Style
from axiomcheck.networks.style import OPTIONS

STYLES = [Style(*values) for values in product(*OPTIONS.values())]


@pytest.fixture(autouse=True)
def _default_dtype():
    before = torch.get_default_dtype()
    yield
    torch.set_default_dtype(before)


def _executed(network):
    namespace = {}
    exec(network.code(), namespace)
    return namespace["model"]


def _styled(random_networks, count, seed):
    """Yield networks of all layers in four styles each."""
    random = Random(seed)
    for network in random_networks(count, seed, thirds=True, softmax=True):
        yield from (Network(network.layers, network.shape, style) for style in random.sample(STYLES, 4))


def _has_thirds(network):
    """Whether it takes an average of a number of places that is no power of two."""
    return any("avgpool" in leaf.kind for leaf in network.leaves) and any(
        getattr(step, "scale", 1).bit_count() != 1 for step in network.steps
    )


def test_code_builds_the_same_function(draw_networks):
    """Executed in an empty namespace, the code gives a model with the exact outputs: a hundred of each family."""
    random = Random(7)
    for network in draw_networks(100, seed=7):
        points = [[random.randint(-96, 96) / 16 for _ in range(network.in_features)] for _ in range(3)]
        outputs = _executed(network)(torch.tensor(points, dtype=torch.float64).reshape(3, *network.shape)).tolist()
        expected = [[float(value) for value in network.value(x)] for x in points]
        if not network.is_exact or _has_thirds(network):
            expected = [pytest.approx(row, rel=1e-12, abs=1e-12) for row in expected]
        assert outputs == expected


def test_code_has_the_modules_state_and_outputs(random_networks):
    """In any style the model of the code has the state of ``module()``, and its outputs to the last bit."""
    for network in _styled(random_networks, 60, 8):
        executed, built = _executed(network), network.module()
        states = executed.state_dict(), built.state_dict()
        assert list(states[0]) == list(states[1])
        assert all(torch.equal(states[0][name], states[1][name]) for name in states[1])
        inputs = torch.randint(-96, 96, (3, *network.shape)) / 16
        assert torch.equal(executed.eval()(inputs), built(inputs))


def test_models_of_code_are_in_evaluation_mode_where_it_matters(random_networks):
    """What would normalise or drop in training does not."""
    for network in _styled(random_networks, 20, 9):
        if {"batchnorm", "dropout"} & {leaf.kind for leaf in network.leaves}:
            assert not any(part.training for part in _executed(network).modules())


def test_code_imports_torch_alone(random_networks):
    """Nothing but torch is needed to run it, in any style."""
    allowed = {"import torch", "from torch import nn", "from torch.nn import functional as F"}
    for network in [Network((Linear(((1.0,),), (2.0,)), ReLU())), *_styled(random_networks, 20, 10)]:
        tree = ast.parse(network.code())
        imports = [node for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
        assert {ast.unparse(node) for node in imports} <= allowed
        assert [ast.unparse(node) for node in imports[:2]] == ["import torch", "from torch import nn"]


def test_functional_is_imported_where_it_is_used():
    """F is imported by a style that calls it, and by no other."""
    network = Network((Linear(((1.0,),), (2.0,)), ReLU()))
    functional = Network(network.layers, style=Style(relu="functional"))
    assert "functional" not in network.code()
    assert "from torch.nn import functional as F" in functional.code()


def test_code_keeps_numbers_of_many_bits():
    """Weights are written so that they are read back exactly."""
    third = 0.333251953125 + 2.0**-40
    assert _executed(Network((Linear(((third,),), (-third,)),))).linear1.weight.item() == third


def test_code_of_a_forward():
    """A forward holds its layers, calls one after the other, and is loaded under their names."""
    network = Network(
        (Linear(((1.0, -1.0),), (0.5,)), Residual(((ReLU(),), ()))), style=Style(layout="forward", relu="functional")
    )
    assert [line for line in network.code().splitlines() if line] == [
        "import torch",
        "from torch import nn",
        "from torch.nn import functional as F",
        "torch.set_default_dtype(torch.float64)",
        "class Net(nn.Module):",
        "    def __init__(self):",
        "        super().__init__()",
        "        self.linear1 = nn.Linear(2, 1)",
        "    def forward(self, x):",
        "        x = self.linear1(x)",
        "        h1 = F.relu(x)",
        "        x = h1 + x",
        "        return x",
        "model = Net()",
        "model.load_state_dict({",
        '    "linear1.weight": torch.tensor([[1.0, -1.0]]),',
        '    "linear1.bias": torch.tensor([0.5]),',
        "})",
    ]
