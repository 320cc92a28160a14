"""Convolutions and transposed ones."""

from itertools import islice

import numpy as np
import pytest

from axiomcheck.networks import AxiomcheckError, Conv, ConvTranspose, Flatten, Network
from axiomcheck.networks.layers.windows import MODES

ONES = [[[[1.0] * 5] * 5]]


def _sizes(random, dimensions, least, most):
    return tuple(random.randint(least, most) for _ in range(dimensions))


def _geometry(random, dimensions):
    """Draw groups, channels within each group, and sizes along each dimension."""
    groups, inputs, outputs = random.choice((1, 1, 2, 3)), random.randint(1, 2), random.randint(1, 2)
    most = 6 - dimensions
    return (
        groups,
        inputs,
        outputs,
        *(_sizes(random, dimensions, *bounds) for bounds in ((1, most), (1, most), (1, 3), (0, 2), (1, 3))),
    )


def _conv(random, numbers, dimensions):
    """Draw a convolution of any geometry and the shape of an input; None where it does not fit."""
    groups, inputs, outputs, spatial, kernel, stride, padding, dilation = _geometry(random, dimensions)
    same = random.random() < 0.25
    fields = {
        "weight": numbers(random, groups * outputs, inputs, *kernel),
        "bias": random.choice((numbers(random, groups * outputs), (0.0,) * (groups * outputs))),
        "stride": (1,) * dimensions if same else stride,
        "padding": padding,
        "groups": groups,
        "dilation": dilation,
        "mode": random.choice(MODES),
        "same": same,
    }
    return _fitting(Conv(**fields), (groups * inputs, *spatial))


def _conv_transpose(random, numbers, dimensions):
    groups, inputs, outputs, spatial, kernel, stride, padding, dilation = _geometry(random, dimensions)
    weight = numbers(random, groups * inputs, outputs, *kernel)
    bias = random.choice((numbers(random, groups * outputs), (0.0,) * (groups * outputs)))
    more = tuple(random.randrange(s) for s in stride)
    layer = ConvTranspose(weight, bias, stride, padding, groups, dilation, more)
    return _fitting(layer, (groups * inputs, *spatial))


def _fitting(layer, shape):
    try:
        layer.shape_after(shape)
    except AxiomcheckError:
        return None
    return layer, shape


def _count(draw, random, numbers, dimensions, count):
    drawn = (draw(random, numbers, dimensions) for _ in range(40 * count))
    return list(islice(filter(None, drawn), count))


DIMENSIONS = [pytest.param(1, 100), pytest.param(2, 100), pytest.param(3, 30)]
"""How many layers are compared of each."""


@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel")
@pytest.mark.parametrize(("dimensions", "count"), DIMENSIONS)
def test_conv_is_its_definition_and_pytorchs(agrees, random, numbers, dimensions, count):
    """With any stride, dilation, groups and padding of all modes: plain loops, and the outputs of ``nn.Conv``."""
    layers = _count(_conv, random, numbers, dimensions, count)
    for layer, shape in layers:
        agrees(layer, shape, random)
    assert len(layers) == count
    assert {"dilated", "strided", "same padding", *(f"{mode} padding" for mode in MODES[1:])} <= {
        option for layer, _ in layers for option in layer.options
    }


@pytest.mark.parametrize(("dimensions", "count"), DIMENSIONS)
def test_conv_transpose_is_its_definition_and_pytorchs(agrees, random, numbers, dimensions, count):
    """With any stride, dilation, padding and groups each input is scattered as ``nn.ConvTranspose`` scatters it."""
    layers = _count(_conv_transpose, random, numbers, dimensions, count)
    for layer, shape in layers:
        agrees(layer, shape, random)
    assert len(layers) == count
    assert {"dilated", "output padding"} <= {option for layer, _ in layers for option in layer.options}


def test_a_convolution_by_hand():
    """The kernel (1, -1) with padding 1 takes differences of neighbours, and of 0 at both ends."""
    layer = Conv.of([[[1.0, -1.0]]], padding=1)
    assert Network((layer, Flatten()), (1, 3)).exact((2.0, 3.0, 5.0)) == (-2, -1, -2, 5)


def test_a_transposed_convolution_undoes_the_shape_of_a_convolution():
    """Of kernel 3 and stride 2 it makes five places of two."""
    assert ConvTranspose.of([[[1.0, 1.0, 1.0]]], stride=2).shape_after((1, 2)) == (1, 5)
    assert Conv.of([[[1.0, 1.0, 1.0]]], stride=2).shape_after((1, 5)) == (1, 2)


@pytest.mark.parametrize(
    ("layer", "shape", "constructor", "why"),
    [
        (Conv.of(ONES), (1, 3, 3), "nn.Conv2d(1, 1, 5, bias=False)", "a kernel of 5 is too large"),
        (Conv.of(ONES), (1, 7, 4), "nn.Conv2d(1, 1, 5, bias=False)", "a kernel of 5 is too large"),
        (Conv.of(ONES), (2, 7, 7), "nn.Conv2d(1, 1, 5, bias=False)", "it reads 1 channels in 2 dimensions"),
        (Conv.of(ONES), (1, 7), "nn.Conv2d(1, 1, 5, bias=False)", "it reads 1 channels in 2 dimensions"),
        (Conv.of([[[1.0]]], [1.0]), (3,), "nn.Conv1d(1, 1, 1)", "it reads 1 channels in 1 dimensions"),
        (
            Conv.of([[[1.0]]] * 2, groups=2),
            (3, 2),
            "nn.Conv1d(2, 2, 1, groups=2, bias=False)",
            "it reads 2 channels in 1 dimensions",
        ),
        (
            Conv(np.ones((1, 1, 3)), (0.0,), (1,), (2,), 1, (1,), "reflect"),
            (1, 2),
            'nn.Conv1d(1, 1, 3, padding=2, padding_mode="reflect", bias=False)',
            "a reflect padding needs more places",
        ),
        (
            ConvTranspose.of([[[1.0]]], padding=1),
            (1, 2),
            "nn.ConvTranspose1d(1, 1, 1, padding=1, bias=False)",
            "its padding takes everything away",
        ),
        (
            ConvTranspose.of([[[1.0]]] * 2),
            (1, 2),
            "nn.ConvTranspose1d(2, 1, 1, bias=False)",
            "it reads 2 channels in 1 dimensions",
        ),
    ],
)
def test_inputs_that_do_not_fit(layer, shape, constructor, why):
    """The sentence names the layer, the shape, and why not."""
    with pytest.raises(AxiomcheckError) as told:
        layer.shape_after(shape)
    assert str(told.value) == f"{constructor} does not fit inputs of shape {shape}: {why}"


@pytest.mark.parametrize(
    ("kind", "fields", "match"),
    [
        (Conv, ([[[1.0]]] * 3, (0.0,) * 3, (1,), (0,), 2), "groups that divide the channels"),
        (ConvTranspose, ([[[1.0]]] * 3, (0.0,) * 2, (1,), (0,), 2), "groups that divide the channels"),
        (Conv, ([[[1.0]]], (0.0,), (1,), (0,), 0), "groups that divide the channels"),
        (Conv, ([[[1.0]]], (0.0, 0.0), (1,), (0,), 1), "a bias for each of 1 channels"),
        (Conv, ([[[1.0]]], (0.0,), (0,), (0,), 1), "strides of at least 1"),
        (Conv, ([[[1.0]]], (0.0,), (1,), (-1,), 1), "paddings of at least 0"),
        (Conv, ([[[1.0]]], (0.0,), (1,), (0,), 1, (0,)), "dilations of at least 1"),
        (Conv, ([[[1.0]]], (0.0,), (1,), (0,), 1, (1,), "mirror"), "a padding mode of zeros, reflect, replicate"),
        (Conv, ([[[1.0]]], (0.0,), (2,), (0,), 1, (1,), "zeros", True), "no stride with padding that keeps"),
        (ConvTranspose, ([[[1.0]]], (0.0,), (2,), (0,), 1, (1,), (2,)), "an output padding below the stride"),
        (Conv, ([[[1.0]]], (0.0,), (1, 1), (0,), 1), "of one to three dimensions"),
        (Conv, ([[[[1.0]]]], (0.0,), (1, 1), (0,), 1), "of one to three dimensions"),
        (Conv, ([[1.0]], (0.0,), (), (), 1), "of one to three dimensions"),
        (Conv, ([[[[[[1.0]]]]]], (0.0,), (1,) * 4, (0,) * 4, 1), "of one to three dimensions"),
    ],
)
def test_impossible_geometries(kind, fields, match):
    """What PyTorch could not build is refused in a sentence."""
    with pytest.raises(AxiomcheckError, match=match):
        kind(*fields)


@pytest.mark.parametrize(
    ("layer", "constructor"),
    [
        (Conv.of(np.ones((2, 1, 3, 3)), [0.0, 1.0], 2, 1), "nn.Conv2d(1, 2, 3, stride=2, padding=1)"),
        (Conv.of(np.ones((1, 2, 3, 1))), "nn.Conv2d(2, 1, (3, 1), bias=False)"),
        (
            Conv(np.ones((2, 1, 2, 2)), (0.0, 0.0), (1, 2), (1, 0), 2),
            "nn.Conv2d(2, 2, 2, stride=(1, 2), padding=(1, 0), groups=2, bias=False)",
        ),
        (
            Conv(np.ones((1, 1, 3)), (1.0,), (1,), (0,), 1, (2,), "circular", same=True),
            'nn.Conv1d(1, 1, 3, padding="same", padding_mode="circular", dilation=2)',
        ),
        (
            ConvTranspose(np.ones((1, 1, 3)), (1.0,), (2,), (1,), 1, (1,), (1,)),
            "nn.ConvTranspose1d(1, 1, 3, stride=2, padding=1, output_padding=1)",
        ),
        (ConvTranspose.of(np.ones((1, 2, 3)), [1.0, 0.0]), "nn.ConvTranspose1d(1, 2, 3)"),
    ],
)
def test_what_is_usual_is_not_said(layer, constructor):
    """The constructor leaves out strides of 1, no padding, one group; one number stands for two equal ones."""
    assert layer.constructor((1, 4, 4)) == constructor
