"""Networks as classes with a forward."""

from axiomcheck.networks import Concat, Linear, Network, ReLU, Residual, Style
from axiomcheck.networks.codegen.forward import Forward

ONE = Linear(((1.0,),), (0.5,))
NESTED = (ONE, Residual(((ONE, Residual(((ReLU(),), ())), ReLU()), ())), Concat(((), (ReLU(),))))


def _lines(layers, **style):
    text = Forward(Network(layers, (1,), Style(**style))).structure()
    return [line for line in text.splitlines() if line.strip()]


def _statements(lines):
    return [line.strip() for line in lines if line.startswith(" " * 8) and "super" not in line and " = nn." not in line]


def test_statements_follow_the_layers():
    """Each branch has a variable of its own, and an empty branch is what entered the block."""
    assert _statements(_lines(NESTED, layout="forward", relu="functional")) == [
        "x = self.linear1(x)",
        "h1 = self.linear2(x)",
        "h2 = F.relu(h1)",
        "h1 = h2 + h1",
        "h1 = F.relu(h1)",
        "x = h1 + x",
        "h3 = F.relu(x)",
        "x = torch.cat([x, h3], dim=1)",
        "return x",
    ]


def test_one_class_holds_all_layers():
    """A forward is one class, Net, with an attribute for each layer in order."""
    lines = _lines(NESTED, layout="forward")
    assert [line for line in lines if line.startswith("class")] == ["class Net(nn.Module):"]
    held = [line.strip().split(" = ")[0] for line in lines if " = nn." in line]
    assert held == [f"self.{name}" for name in ("linear1", "linear2", "relu1", "relu2", "relu3")]
    assert lines[-1] == "model = Net()"


def test_blocks_hold_the_blocks_before_them():
    """Pieces end at a ReLU or a block; the outermost, Net, holds the others one in another."""
    layers = (ONE, ReLU(), Residual(((ONE,), ())), ONE)
    forward = Forward(Network(layers, (1,), Style(layout="blocks")))
    lines = forward.structure().splitlines()
    assert [line for line in lines if line.startswith("class")] == [
        "class Block1(nn.Module):",
        "class Block2(nn.Module):",
        "class Net(nn.Module):",
    ]
    assert [line.strip() for line in lines if "self.inner = " in line] == [
        "self.inner = Block1()",
        "self.inner = Block2()",
    ]
    assert [name for name in forward.state if "weight" in name] == [
        "inner.inner.linear1.weight",
        "inner.linear2.weight",
        "linear3.weight",
    ]


def test_what_is_one_object_is_not_cut_apart():
    """Where a ReLU or a layer is used again, blocks are one class after all."""
    layers = (ONE, ReLU(), ONE, ReLU())
    assert len([line for line in _lines(layers, layout="blocks") if line.startswith("class")]) == 2
    for style in ({"relu": "reused"}, {"weights": "shared"}):
        lines = _lines(layers, layout="blocks", **style)
        assert [line for line in lines if line.startswith("class")] == ["class Net(nn.Module):"]


def test_add_is_written_where_it_is_used():
    """The class Add stands first if there is a sum that calls it, and nowhere else."""
    assert _lines(NESTED, layout="forward", residual="module")[0] == "class Add(nn.Module):"
    assert "class Add(nn.Module):" not in _lines((ONE, ReLU()), layout="forward", residual="module")
    assert "class Add(nn.Module):" not in _lines(NESTED, layout="forward")


def test_functions_alone():
    """A network of functions has a class without attributes, and no state."""
    forward = Forward(Network((ReLU(),), (2,), Style(relu="clamp")))
    assert "x = x.clamp(min=0)" in forward.structure()
    assert forward.state == {}
