"""What the moves do to networks of other layers: images, blocks, styles."""

from dataclasses import replace

import pytest

from axiomcheck.networks import (
    AvgPool,
    BatchNorm,
    Case,
    Concat,
    Conv,
    ConvTranspose,
    Dropout,
    Flatten,
    Linear,
    MaxPool,
    Network,
    ReLU,
    Residual,
    Style,
    simpler_cases,
)

IMAGE = (1, 2, 2)
SUMS = Conv.of([[[[1.0, 2.0], [3.0, 4.0]]]])
HEAD = Linear(((1.0, 1.0, 1.0, 1.0),), (0.0,))


def _case(*layers, shape, style=None):
    network = Network(layers, shape) if style is None else Network(layers, shape, style)
    x = tuple(float(i + 1) for i in range(network.in_features))
    return Case(network, (0.0,) * len(x), inputs=(x,))


def _networks(case):
    return [candidate.network for candidate in simpler_cases(case)]


def test_a_convolution_becomes_linear():
    """A convolution and a Flatten compute what one Linear layer of the same function does."""
    found = _networks(_case(SUMS, Flatten(), shape=IMAGE))
    assert Network((Linear(((1.0, 2.0, 3.0, 4.0),), (0.0,)),)) in found


def test_an_image_becomes_a_signal():
    """On its first row alone an image is a signal, its kernel one row, and the point that row."""
    case = _case(SUMS, Flatten(), shape=IMAGE)
    wanted = Network((Conv.of([[[1.0, 2.0]]]), Flatten()), (1, 2))
    assert [c.inputs for c in simpler_cases(case) if c.network == wanted] == [((1.0, 2.0),)]


def test_a_linear_layer_loses_the_columns_of_a_row():
    """When the image loses its last row, the Linear behind Flatten loses the weights that read it."""
    case = _case(ReLU(), Flatten(), Linear(((1.0, 2.0, 3.0, 4.0),), (0.0,)), shape=IMAGE)
    wanted = Network((ReLU(), Flatten(), Linear(((1.0, 2.0),), (0.0,))), (1, 1, 2))
    assert wanted in _networks(case)


def test_a_channel_goes_with_all_that_reads_it():
    """Without its second channel a convolution is followed by a norm and a Linear of the first alone."""
    two, norm = Conv.of([[[1.0]], [[2.0]]]), BatchNorm.of((0.0, 1.0), (1.0, 1.0), (3.0, 4.0), (0.0, 0.0))
    case = _case(two, norm, ReLU(), Flatten(), HEAD, shape=(1, 2))
    one = (Conv.of([[[1.0]]]), BatchNorm.of((0.0,), (1.0,), (3.0,), (0.0,)), ReLU(), Flatten())
    assert Network((*one, Linear(((1.0, 1.0),), (0.0,))), (1, 2)) in _networks(case)


def test_a_block_becomes_one_of_its_branches():
    """A sum of a body and what passes it by becomes the body."""
    body = (Linear(((2.0,),), (0.0,)), ReLU())
    assert Network(body) in _networks(_case(Residual((body, ())), shape=(1,)))


def test_layers_inside_branches_are_dropped():
    """Inside a block a ReLU goes as it does outside."""
    linear = Linear(((2.0,),), (0.0,))
    case = _case(Residual(((linear, ReLU()), ())), shape=(1,))
    assert Network((Residual(((linear,), ())),), (1,)) in _networks(case)


def test_channels_of_a_sum_go_in_all_branches():
    """Without one input channel the branch with weights gives as many channels as the one that passes."""
    body = (Conv.of([[[1.0], [2.0]], [[3.0], [4.0]]]), ReLU())
    case = _case(Residual((body, ())), Flatten(), HEAD, shape=(2, 2))
    wanted = (Residual(((Conv.of([[[1.0]]]), ReLU()), ())), Flatten(), Linear(((1.0, 1.0),), (0.0,)))
    assert Network(wanted, (1, 2)) in _networks(case)


def test_channels_of_a_concatenation_are_counted_through():
    """Without an input channel, the reader of a concatenation loses the column of each of its copies."""
    case = _case(Concat(((), ())), Linear(((1.0, 2.0, 3.0, 4.0),), (0.0,)), shape=(2,))
    assert Network((Concat(((), ())), Linear(((1.0, 3.0),), (0.0,))), (1,)) in _networks(case)


@pytest.mark.parametrize("idle", [Dropout(), Flatten(), MaxPool((1,), (1,)), AvgPool((1,), (1,))])
def test_layers_that_do_nothing_are_dropped(idle):
    """Of a network with such a layer the rest stays."""
    shape = (1, 4) if not isinstance(idle, (Dropout, Flatten)) else (4,)
    tail = (Flatten(), HEAD) if len(shape) > 1 else (HEAD,)
    assert Network(tail, shape) in _networks(_case(idle, *tail, shape=shape))


def test_a_norm_is_folded_into_the_layer_below():
    """2·(x + 1) - 4 behind a Linear is that Linear with other numbers."""
    norm = BatchNorm((-1.0,), (1 - 2.0**-10,), (2.0,), (-4.0,))
    case = _case(Linear(((3.0,),), (0.5,)), norm, ReLU(), shape=(1,))
    assert Network((Linear(((6.0,),), (-1.0,)), ReLU())) in _networks(case)


@pytest.mark.parametrize("kind", [Conv, ConvTranspose])
def test_kernels_lose_strides_and_paddings(kind):
    """A kernel of one place, without stride and padding, is among the neighbours."""
    layer = kind.of([[[0.0, 1.0, 2.0]]], stride=2, padding=1)
    found = {leaf for network in _networks(_case(layer, Flatten(), shape=(1, 3))) for leaf in network.leaves}
    assert {kind.of([[[1.0]]], stride=2), replace(layer, padding=(0,)), replace(layer, stride=(1,))} & found


def test_styles_become_plain():
    """All settings at once, and each by itself."""
    style = Style(layout="forward", relu="functional")
    found = {network.style for network in _networks(_case(Linear(((1.0,),), (0.0,)), ReLU(), shape=(1,), style=style))}
    assert {Style(), Style(layout="forward"), Style(relu="functional")} <= found


def test_equal_layers_stay_equal():
    """A layer that is used twice loses a unit, and a number, in both places."""
    layer = Linear(((1.0, 2.0), (3.0, 4.0)), (0.0, 0.0))
    found = _networks(_case(layer, ReLU(), layer, ReLU(), shape=(2,), style=Style(weights="shared")))
    assert any(n.leaves[0] == n.leaves[2] and n.in_features == 1 for n in found if len(n.leaves) == 4)
    assert any(n.leaves[0] == n.leaves[2] != layer and n.in_features == 2 for n in found if len(n.leaves) == 4)


def test_equal_layers_that_change_the_channels_stay_whole():
    """Three variables become two, and three again behind a concatenation: not one of them can go everywhere."""
    layer = Linear(((1.0, -1.0, 2.0), (0.5, 3.0, 1.0)), (0.0, 1.0))
    widened = Concat(((), (Linear(((1.0, 1.0),), (0.0,)),)))
    case = _case(layer, ReLU(), widened, layer, shape=(3,), style=Style(weights="shared"))
    assert all(candidate.network.shape[0] <= 3 for candidate in simpler_cases(case))
