"""One layer as code."""

import pytest

from axiomcheck.networks import (
    AdaptiveAvgPool,
    AvgPool,
    BatchNorm,
    Concat,
    Conv,
    ConvTranspose,
    Flatten,
    Linear,
    MaxPool,
    Network,
    ReLU,
    Residual,
    Style,
)
from axiomcheck.networks.codegen.leaf import Writer

ONE = Linear(((1.0, 1.0),), (0.5,))
TWO = Linear(((1.0, 1.0), (0.0, 1.0)), (0.0, 0.0))


def _leaf(layer, shape, style, below=None):
    layers = (layer,) if len(layer.shape_after(shape)) == 1 else (layer, Flatten())
    return Writer(Network(layers, shape, style)).leaf(layer, shape, below)


@pytest.mark.parametrize(
    ("layer", "shape", "style", "call"),
    [
        (ONE, (2,), Style(), "self.linear1({})"),
        (ONE, (2,), Style(linear="functional"), "F.linear({}, self.linear1_weight, self.linear1_bias)"),
        (TWO, (2,), Style(linear="functional"), "F.linear({}, self.linear1_weight)"),
        (
            Conv.of([[[1.0]]] * 2, padding=1, groups=2),
            (2, 2),
            Style(linear="functional"),
            "F.conv1d({}, self.conv1d1_weight, stride=(1,), padding=(1,), groups=2)",
        ),
        (
            ConvTranspose.of([[[[1.0]]]], [2.0], 2),
            (1, 2, 2),
            Style(linear="functional"),
            (
                "F.conv_transpose2d({}, self.convtranspose2d1_weight, self.convtranspose2d1_bias, "
                "stride=(2, 2), padding=(0, 0), groups=1)"
            ),
        ),
        (MaxPool((2,), (1,)), (1, 2), Style(pool="functional"), "F.max_pool1d({}, (2,), stride=(1,))"),
        (AvgPool((2, 1), (2, 1)), (1, 2, 2), Style(pool="functional"), "F.avg_pool2d({}, (2, 1), stride=(2, 1))"),
        (AdaptiveAvgPool((2,)), (1, 2), Style(pool="functional"), "F.adaptive_avg_pool1d({}, (2,))"),
        (MaxPool((2,), (1,)), (1, 2), Style(linear="functional"), "self.maxpool1d1({})"),
        (Flatten(), (1, 2), Style(), "self.flatten1({})"),
        (Flatten(), (1, 2), Style(layout="forward"), "torch.flatten({}, 1)"),
        (ReLU(), (2,), Style(), "self.relu1({})"),
        (ReLU(), (2,), Style(relu="reused"), "self.relu({})"),
        (ReLU(), (2,), Style(relu="functional"), "F.relu({})"),
        (ReLU(), (2,), Style(relu="clamp"), "{}.clamp(min=0)"),
    ],
)
def test_calls(layer, shape, style, call):
    """A layer is called as an attribute, or as the function that style asks for."""
    assert _leaf(layer, shape, style).call == call


def test_functional_layers_hold_parameters():
    """Their weights are parameters of the size that the state fills."""
    leaf = _leaf(ONE, (2,), Style(linear="functional"))
    assert leaf.setup == {
        "linear1_weight": "nn.Parameter(torch.zeros(1, 2))",
        "linear1_bias": "nn.Parameter(torch.zeros(1))",
    }
    assert leaf.state == {"linear1_weight": ((1.0, 1.0),), "linear1_bias": (0.5,)}


def test_modules_hold_their_state():
    """A module is built by its constructor and filled by the names that PyTorch gives."""
    norm = BatchNorm.of((1.0, 2.0), (1.0, 2.0), (3.0, 4.0), (5.0, 6.0))
    leaf = _leaf(norm, (2,), Style(linear="functional", pool="functional"))
    assert leaf.setup == {"batchnorm1": "nn.BatchNorm1d(2, eps=0.0009765625)"}
    assert leaf.state["batchnorm1.running_mean"] == (1.0, 2.0)
    assert set(leaf.state) == {f"batchnorm1.{part}" for part in ("weight", "bias", "running_mean", "running_var")}


@pytest.mark.parametrize(
    ("below", "constructor"),
    [(ONE, "nn.ReLU(inplace=True)"), (Conv.of([[[1.0]]]), "nn.ReLU(inplace=True)")]
    + [(below, "nn.ReLU()") for below in (None, ReLU(), Flatten(), Residual(((), ())), MaxPool((1,), (1,)))],
)
def test_in_place_only_what_an_affine_layer_made(below, constructor):
    """Views, blocks, and the input of a model or of a branch are not overwritten."""
    assert _leaf(ReLU(), (2,), Style(relu="inplace"), below).setup == {"relu1": constructor}


def test_names_count_the_layers_of_a_kind():
    """Leaves are named in order; a layer that is shared goes by its first name."""
    network = Network((TWO, ReLU(), TWO, ReLU(), ONE), style=Style(weights="shared"))
    writer = Writer(network)
    leaves = [writer.leaf(layer, (2,), None) for layer in network.layers]
    assert [leaf.name for leaf in leaves] == ["linear1", "relu1", "linear2", "relu2", "linear3"]
    assert [leaf.attribute for leaf in leaves] == ["linear1", "relu1", "linear1", "relu2", "linear3"]
    assert [writer.is_shared(layer) for layer in network.layers] == [True, False, True, False, False]


def test_joins():
    """Sums are operators, or a module called once for each plus; concatenations are torch's."""
    plain, module = (Writer(Network((ONE,), style=Style(residual=sums))) for sums in ("operator", "module"))
    total = Residual(((), (), ()))
    assert total.expression(["a", "b", "c"], plain.style) == "a + b + c"
    assert total.expression(["a", "b", "c"], module.style) == "self.add(self.add(a, b), c)"
    assert Concat(((), ())).expression(["a", "b"], plain.style) == "torch.cat([a, b], dim=1)"
    assert module.adds_by_module((ONE, total))
    assert not module.adds_by_module((ONE, Concat(((), ()))))
    assert not plain.adds_by_module((total,))
