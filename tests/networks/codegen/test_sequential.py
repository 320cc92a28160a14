"""Networks as an nn.Sequential."""

from axiomcheck.networks import Concat, Linear, Network, ReLU, Residual, Style
from axiomcheck.networks.codegen import source
from axiomcheck.networks.codegen.sequential import Sequential

ONE = Linear(((1.0,),), (0.5,))
FREE = Linear(((2.0,),), (0.0,))


def _sequential(layers, **style):
    sequential = Sequential(Network(layers, (1,), Style(**style)))
    return [line for line in sequential.structure().splitlines() if line.strip()], sequential.state


def test_layers_are_added_by_name():
    """Each layer is one line with its constructor."""
    lines, state = _sequential((ONE, ReLU(), FREE))
    assert lines == [
        "model = nn.Sequential()",
        'model.add_module("linear1", nn.Linear(1, 1))',
        'model.add_module("relu1", nn.ReLU())',
        'model.add_module("linear2", nn.Linear(1, 1, bias=False))',
    ]
    assert state == {"linear1.weight": ((1.0,),), "linear1.bias": (0.5,), "linear2.weight": ((2.0,),)}


def test_a_block_is_a_module_with_its_branches():
    """Branches are sequences that a class of its own joins; the state goes by their places."""
    lines, state = _sequential((Residual(((ONE, ReLU()), ())),))
    assert lines == [
        "class Residual(nn.Module):",
        "    def __init__(self, branch1):",
        "        super().__init__()",
        "        self.branch1 = branch1",
        "    def forward(self, x):",
        "        return self.branch1(x) + x",
        "model = nn.Sequential()",
        'model.add_module("residual1", Residual(nn.Sequential(nn.Linear(1, 1), nn.ReLU())))',
    ]
    assert list(state) == ["residual1.branch1.0.weight", "residual1.branch1.0.bias"]


def test_blocks_that_join_alike_are_of_one_class():
    """Another empty branch makes another class; the same ones share theirs, nested ones too."""
    layers = (
        Residual(((ONE,), ())),
        Residual(((Residual(((FREE,), ())),), ())),
        Residual(((), (ONE,))),
        Concat(((ONE,), ())),
    )
    lines, state = _sequential(layers)
    classes = [line.split("(")[0] for line in lines if line.startswith("class")]
    assert len(classes) == len(set(classes)) == 3
    assert "residual2.branch1.0.branch1.0.weight" in state


def test_what_is_used_again_is_named_first():
    """A shared layer and the one ReLU are bound before the model, and filled under every name."""
    lines, state = _sequential((ONE, ReLU(), ONE, ReLU()), relu="reused", weights="shared")
    assert lines == [
        "linear1 = nn.Linear(1, 1)",
        "relu = nn.ReLU()",
        "model = nn.Sequential()",
        'model.add_module("linear1", linear1)',
        'model.add_module("relu1", relu)',
        'model.add_module("linear2", linear1)',
        'model.add_module("relu2", relu)',
    ]
    assert list(state) == ["linear1.weight", "linear1.bias", "linear2.weight", "linear2.bias"]


def test_sums_by_a_module():
    """With sums by a module each residual block holds one, of a class written first."""
    lines, _ = _sequential((Residual(((ONE,), (), ())),), residual="module")
    assert lines[0] == "class Add(nn.Module):"
    assert "        self.add = Add()" in lines
    assert "        return self.add(self.add(self.branch1(x), x), x)" in lines


def test_the_source_is_chosen_by_style():
    """What calls functions is a forward, the rest is as the layout says."""
    network = Network((ONE, ReLU()))
    assert source(network)[0].startswith("model = nn.Sequential()")
    assert source(Network(network.layers, style=Style(relu="functional")))[0].startswith("class Net")
    assert source(Network(network.layers, style=Style(layout="blocks")))[0].startswith("class Net")
