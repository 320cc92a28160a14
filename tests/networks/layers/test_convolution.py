"""Convolutions and transposed ones."""

import numpy as np
import pytest

from axiomcheck.networks import AxiomcheckError, Conv, ConvTranspose, Flatten, Network

ONES = [[[[1.0] * 5] * 5]]


def _geometry(random, dimensions):
    """Draw groups, channels within each group, and sizes along each dimension."""
    groups, inputs, outputs = random.choice((1, 1, 2, 3)), random.randint(1, 2), random.randint(1, 2)
    spatial = tuple(random.randint(1, 5) for _ in range(dimensions))
    kernel = tuple(random.randint(1, 3) for _ in range(dimensions))
    stride = tuple(random.randint(1, 3) for _ in range(dimensions))
    padding = tuple(random.randint(0, 2) for _ in range(dimensions))
    return groups, inputs, outputs, spatial, kernel, stride, padding


@pytest.mark.parametrize("dimensions", [1, 2])
def test_conv_is_its_definition_and_pytorchs(agrees, random, numbers, dimensions):
    """With any stride, padding and groups the steps are plain loops and the outputs those of ``nn.Conv``."""
    compared = 0
    while compared < 40:
        groups, inputs, outputs, spatial, kernel, stride, padding = _geometry(random, dimensions)
        weight = numbers(random, groups * outputs, inputs, *kernel)
        bias = random.choice((numbers(random, groups * outputs), (0.0,) * (groups * outputs)))
        if all(k <= n + 2 * p for k, n, p in zip(kernel, spatial, padding, strict=True)):
            agrees(Conv(weight, bias, stride, padding, groups), (groups * inputs, *spatial), random)
            compared += 1


@pytest.mark.parametrize("dimensions", [1, 2])
def test_conv_transpose_is_its_definition_and_pytorchs(agrees, random, numbers, dimensions):
    """With any stride, padding and groups each input is scattered as ``nn.ConvTranspose`` scatters it."""
    compared = 0
    while compared < 40:
        groups, inputs, outputs, spatial, kernel, stride, padding = _geometry(random, dimensions)
        weight = numbers(random, groups * inputs, outputs, *kernel)
        bias = random.choice((numbers(random, groups * outputs), (0.0,) * (groups * outputs)))
        sizes = zip(spatial, kernel, stride, padding, strict=True)
        if all((n - 1) * s + k > 2 * p for n, k, s, p in sizes):
            agrees(ConvTranspose(weight, bias, stride, padding, groups), (groups * inputs, *spatial), random)
            compared += 1


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
        (Conv, ([[[1.0]]], (0.0,), (1, 1), (0,), 1), "of one or two dimensions"),
        (Conv, ([[[[1.0]]]], (0.0,), (1, 1), (0,), 1), "of one or two dimensions"),
        (Conv, ([[1.0]], (0.0,), (), (), 1), "of one or two dimensions"),
        (Conv, ([[[[[1.0]]]]], (0.0,), (1, 1, 1), (0, 0, 0), 1), "of one or two dimensions"),
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
        (ConvTranspose.of(np.ones((1, 2, 3)), [1.0, 0.0]), "nn.ConvTranspose1d(1, 2, 3)"),
    ],
)
def test_what_is_usual_is_not_said(layer, constructor):
    """The constructor leaves out strides of 1, no padding, one group; one number stands for two equal ones."""
    assert layer.constructor((1, 4, 4)) == constructor
