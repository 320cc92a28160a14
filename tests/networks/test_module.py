"""Networks as PyTorch modules, in every style."""

from itertools import cycle, islice, pairwise, product
from random import Random

import pytest
import torch
from torch import nn

from axiomcheck.networks import (
    AvgPool,
    BatchNorm,
    Block,
    Conv,
    Dropout,
    Flatten,
    Linear,
    MaxPool,
    Network,
    PReLU,
    ReLU,
    Residual,
    Style,
)
from axiomcheck.networks.layers import Convolution
from axiomcheck.networks.style import OPTIONS

BIASED = Network((Linear(((1.0, 2.0),), (0.5,)), ReLU(), Linear(((1.0,),), (0.0,)), ReLU()))
STYLES = [Style(*values) for values in product(*OPTIONS.values())]
PER_NETWORK = 10
CLOSE = 1e-12

TWICE = Linear(((1.0, 2.0), (0.0, -1.0)), (0.0, 1.0))
GENERAL = Network(
    (
        Conv.of([[[[1.0, -1.0]]], [[[2.0, 0.5]]]], [0.0, 1.0], padding=1),
        BatchNorm.of((1.0, 0.0), (2.0, 1.0), (1.0, 1.0), (0.0, 1.0)),
        ReLU(),
        MaxPool((2, 2), (2, 2)),
        Residual(((Conv.of([[[[1.0]], [[0.0]]], [[[0.0]], [[1.0]]]]), ReLU()), ())),
        AvgPool((1, 2), (1, 1)),
        Flatten(),
        Dropout(),
        Linear(((1.0, 0.0, 2.0, -1.0) * 2, (0.0, 1.0, 1.0, 1.0) * 2), (0.0, 0.0)),
        ReLU(),
        TWICE,
        ReLU(),
        TWICE,
    ),
    (1, 2, 5),
)
"""A network of 4 ReLUs, three of them behind an affine layer, and of one Linear layer twice."""


def _styled(random_networks, count, seed):
    """Yield networks of all layers, and with each some styles; all styles are met."""
    styles = cycle(Random(seed).sample(STYLES, len(STYLES)))
    for network in random_networks(count, seed, thirds=True, softmax=True):
        yield network, list(islice(styles, PER_NETWORK))


def _generic(random, network, count=3):
    points = []
    while len(points) < count:
        point = [random.randint(-96, 96) / 16 + 1 / 128 for _ in range(network.in_features)]
        if not network.on_kink(point):
            points.append(point)
    return torch.tensor(points, dtype=torch.float64).reshape(count, *network.shape)


def _with_gradients(model, inputs):
    inputs = inputs.clone().requires_grad_()
    outputs = model(inputs)
    gradients = [
        torch.autograd.grad(outputs[:, k].sum(), inputs, retain_graph=True)[0] for k in range(outputs.shape[1])
    ]
    return outputs.detach(), torch.stack(gradients)


def _is_close(a, b):
    return a.shape == b.shape and bool(((a - b).abs() <= CLOSE * (1 + b.abs())).all())


def test_module_computes_the_network(draw_networks):
    """The module's outputs are the exact ones, in float64."""
    random = Random(6)
    for network in draw_networks(60, seed=6, presets=("bias-free", "deep-taylor", "biased")):
        points = [[random.randint(-96, 96) / 16 for _ in range(network.in_features)] for _ in range(4)]
        outputs = network.module()(torch.tensor(points, dtype=torch.float64)).tolist()
        assert outputs == [[float(value) for value in network.exact(x)] for x in points]


def test_modules_of_all_layers_compute_the_network(random_networks, random_point, naive):
    """Networks of every kind of layer have the outputs of plain loops; dyadic ones to the last bit."""
    random = Random(12)
    for network in random_networks(150, 12):
        points = [random_point(random, network) for _ in range(3)]
        inputs = torch.tensor(points, dtype=torch.float64).reshape(3, *network.shape)
        assert network.module()(inputs).tolist() == [naive(network, x)[-1] for x in points]


def test_every_style_computes_the_same(random_networks):
    """In every style outputs and gradients are the plain style's, to the last bit but for averages and softmax."""
    random, met = Random(13), set()
    for network, styles in _styled(random_networks, 30, 13):
        met.update(styles)
        inputs = _generic(random, network)
        outputs, gradients = _with_gradients(network.module(), inputs)
        for style in styles:
            found = _with_gradients(network.module(style), inputs)
            assert _is_close(found[0], outputs)
            assert _is_close(found[1], gradients)
    assert met == set(STYLES)


def test_styles_of_dyadic_networks_agree_to_the_last_bit(random_networks):
    """Where nothing is rounded, no style rounds."""
    random = Random(14)
    for network in random_networks(30, 14):
        inputs = _generic(random, network)
        outputs, gradients = _with_gradients(network.module(), inputs)
        for style in random.sample(STYLES, 4):
            found = _with_gradients(network.module(style), inputs)
            assert torch.equal(found[0], outputs)
            assert torch.equal(found[1], gradients)


def test_gradients_are_the_networks_own(random_networks):
    """Off kinks autograd gives the exact gradients, up to their one positive factor."""
    random = Random(15)
    for network in random_networks(60, 15):
        inputs = _generic(random, network, 1)
        _, gradients = _with_gradients(network.module(), inputs)
        found = gradients.reshape(network.out_features, network.in_features).T
        exact = torch.tensor(network.gradients(inputs.flatten().tolist()).astype(float).tolist()).double()
        assert _is_close(found * exact.abs().max(), exact * found.abs().max())


def test_inputs_are_left_as_they_are(random_networks):
    """No style writes into its input, a bare layer in place neither."""
    networks = [*random_networks(25, 16), Network((ReLU(),), (2,)), Network((Flatten(), ReLU()), (1, 2))]
    for network in networks:
        inputs = -torch.rand(2, *network.shape, dtype=torch.float64)
        for style in (style for style in STYLES[:: 240 // 24] if style.relu == "inplace"):
            before = inputs.clone()
            network.module(style)(inputs)
            assert torch.equal(inputs, before)


def test_modules_are_ready(random_networks):
    """In every style: no training mode, double precision, parameters with gradients that no other module shares."""
    for network, styles in _styled(random_networks, 20, 17):
        for style in styles[:4]:
            model, other = network.module(style), network.module(style)
            assert not any(part.training for part in model.modules())
            assert all(p.dtype == torch.float64 and p.requires_grad and p.is_leaf for p in model.parameters())
            floats = [tensor for tensor in model.state_dict().values() if tensor.dtype.is_floating_point]
            assert all(tensor.dtype == torch.float64 for tensor in floats)
            held = [{t.data_ptr() for t in (*m.parameters(), *m.buffers()) if t.numel()} for m in (model, other)]
            assert not held[0] & held[1]
            assert not {id(part) for part in model.modules()} & {id(part) for part in other.modules()}


def test_building_draws_no_random_number(random_networks):
    """The global random state is the same after modules of every style were built."""
    before = torch.get_rng_state()
    BIASED.module()
    for network, styles in _styled(random_networks, 10, 18):
        for style in styles:
            network.module(style)
    assert torch.equal(before, torch.get_rng_state())


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


def test_linear_is_an_ordinary_one():
    """The layer built by hand shows the attributes and the state of one that torch builds."""
    built, ordinary = BIASED.module().linear1, nn.Linear(2, 1).double()
    assert repr(built) == repr(ordinary)
    assert built.state_dict().keys() == ordinary.state_dict().keys()
    assert vars(built).keys() == vars(ordinary).keys()


def test_two_modules_share_nothing():
    """Writing into one module leaves the next one as it should be."""
    for style in (Style(), Style(layout="forward"), Style(linear="functional")):
        with torch.no_grad():
            for parameter in BIASED.module(style).parameters():
                parameter.zero_()
        assert BIASED.module(style)(torch.tensor([[1.0, 2.0]], dtype=torch.float64)).item() == 5.5


def _of_kind(model, kind):
    return [part for part in model.modules() if isinstance(part, kind)]


def test_shared_weights_are_one_object(random_networks):
    """Equal layers are one object where weights are shared, as many as there are where they are cloned.

    A batch normalisation is not shared: on vectors and on images it is another module.
    """
    repeated = 0
    for network in random_networks(160, 19):
        learnt = [leaf for leaf in network.leaves if leaf.numeric]
        apart = [leaf for leaf in learnt if isinstance(leaf, BatchNorm)]
        once = [*{leaf for leaf in learnt if leaf not in apart}, *apart]
        repeated += len(once) < len(learnt)
        for layout in OPTIONS["layout"]:
            for weights, layers in (("shared", once), ("cloned", learnt)):
                model = network.module(Style(layout=layout, weights=weights))
                assert len(_of_kind(model, LEARNT)) == len(layers)
                wanted = sum(len([*(name for name in leaf.state if "running" not in name)]) for leaf in layers)
                assert len(list(model.parameters())) == wanted
    assert repeated > 5


LEARNT = (
    nn.Linear,
    nn.Conv1d,
    nn.Conv2d,
    nn.Conv3d,
    nn.ConvTranspose1d,
    nn.ConvTranspose2d,
    nn.ConvTranspose3d,
    nn.BatchNorm1d,
    nn.BatchNorm2d,
    nn.BatchNorm3d,
    nn.PReLU,
)


@pytest.mark.parametrize("layout", OPTIONS["layout"])
@pytest.mark.parametrize(
    ("relu", "count", "inplace"),
    [("modules", 4, 0), ("reused", 1, 0), ("functional", 0, 0), ("clamp", 0, 0), ("inplace", 4, 3)],
)
def test_ways_to_write_a_relu(layout, relu, count, inplace):
    """A module each, one for all, none at all, or in place: there only behind an affine layer."""
    found = _of_kind(GENERAL.module(Style(layout=layout, relu=relu)), nn.ReLU)
    assert (len(found), sum(part.inplace for part in found)) == (count, inplace)


def test_only_what_an_affine_layer_made_is_overwritten(random_networks):
    """As many ReLUs work in place as follow a Linear layer or a convolution in one sequence."""
    for network in random_networks(60, 20):
        for layout in OPTIONS["layout"]:
            found = _of_kind(network.module(Style(layout=layout, relu="inplace")), nn.ReLU)
            assert sum(part.inplace for part in found) == _behind_affine(network.layers)


def _behind_affine(layers):
    pairs = pairwise(layers)
    own = sum(isinstance(above, ReLU) and isinstance(below, (Linear, Convolution)) for below, above in pairs)
    inner = [branch for layer in layers if isinstance(layer, Block) for branch in layer.branches]
    return own + sum(map(_behind_affine, inner))


@pytest.mark.parametrize("layout", OPTIONS["layout"])
def test_functions_instead_of_modules(layout):
    """Functional layers and pools leave no such modules, but the parameters."""
    model = GENERAL.module(Style(layout=layout, linear="functional", pool="functional"))
    assert not _of_kind(model, (nn.Linear, nn.Conv2d, nn.MaxPool2d, nn.AvgPool2d))
    assert len(_of_kind(model, nn.BatchNorm2d)) == 1
    shapes = [tuple(parameter.shape) for parameter in model.parameters()]
    assert sorted(shapes) == sorted(tuple(p.shape) for p in GENERAL.module().parameters())
    assert not _of_kind(GENERAL.module(Style(layout=layout, pool="functional")), (nn.MaxPool2d, nn.AvgPool2d))
    assert len(_of_kind(GENERAL.module(Style(layout=layout)), (nn.MaxPool2d, nn.AvgPool2d))) == 2


@pytest.mark.parametrize("layout", OPTIONS["layout"])
def test_sums_by_a_module(layout):
    """A residual sum is an operator, or a module called Add."""
    kinds = {
        sums: [type(part).__name__ for part in GENERAL.module(Style(layout=layout, residual=sums)).modules()]
        for sums in OPTIONS["residual"]
    }
    assert "Add" not in kinds["operator"]
    assert kinds["module"].count("Add") == 1


def test_blocks_are_inside_each_other():
    """In blocks each class holds the one before it; of the layers of a forward all lie side by side."""
    depth = {
        layout: max(name.count(".") for name, _ in GENERAL.module(Style(layout=layout)).named_modules())
        for layout in ("forward", "blocks")
    }
    assert depth["forward"] == 0
    assert depth["blocks"] == 4


def test_a_module_in_another_style_leaves_the_network_as_it_is():
    """The style asked for is that of the module alone."""
    assert isinstance(GENERAL.module(), nn.Sequential)
    assert not isinstance(GENERAL.module(Style(layout="forward")), nn.Sequential)
    assert Style() == GENERAL.style


def test_one_normalisation_of_an_image_and_of_a_vector():
    """Equal batch normalisations of an image and of a vector cannot be one module, but they can be computed."""
    norm = BatchNorm.of((0.0, 1.0), (1.0, 2.0), (1.0, 1.0), (0.0, 0.0))
    network = Network((norm, Flatten(), Linear(((1.0, 0.0, 1.0, 0.0),) * 2, (0.0, 0.0)), norm), (2, 1, 2))
    inputs = torch.tensor([[1.0, 2.0, 3.0, 4.0]], dtype=torch.float64).reshape(1, 2, 1, 2)
    expected = [[float(value) for value in network.exact((1.0, 2.0, 3.0, 4.0))]]
    for layout in OPTIONS["layout"]:
        assert network.module(Style(layout=layout, weights="shared"))(inputs).tolist() == expected


def test_slopes_may_be_shared_by_images_and_vectors():
    """One PReLU serves inputs of every shape."""
    network = Network((PReLU((0.5,)), Flatten(), Linear(((-1.0, 1.0),), (0.0,)), PReLU((0.5,))), (1, 2))
    model = network.module(Style(weights="shared"))
    assert len(_of_kind(model, nn.PReLU)) == 1
    assert model(torch.tensor([[[-2.0, -4.0]]], dtype=torch.float64)).item() == -0.5
