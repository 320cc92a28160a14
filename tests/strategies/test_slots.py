"""Slots: stretches of bytes as one layer, or a few."""

from math import prod
from random import Random

import pytest

from axiomcheck.networks import (
    AdaptiveAvgPool,
    AvgPool,
    BatchNorm,
    Concat,
    Conv,
    ConvTranspose,
    Family,
    Linear,
    MaxPool,
    Network,
    ReLU,
    Residual,
)
from axiomcheck.networks.family import CURVED, ITEMS
from axiomcheck.networks.layers import LAYERS, after
from axiomcheck.networks.layers.windows import MODES
from axiomcheck.strategies.convolutions import SAME_PADDING, STRIDE, conv
from axiomcheck.strategies.makers import MAKERS
from axiomcheck.strategies.slot_reader import MAX_UNITS, SLOT, SlotReader
from axiomcheck.strategies.slots import makers, slot
from axiomcheck.strategies.wide import SHAPES

VECTORS = ((1,), (2,), (3,), (4,))
ALL = Family(items=frozenset(ITEMS) - CURVED)


def _slots(shape, family=ALL, count=200, seed=161):
    random = Random(seed)
    return [slot(random.randbytes(SLOT), shape, family) for _ in range(count)]


@pytest.mark.parametrize("shape", [*VECTORS, *(shape for shapes in SHAPES.values() for shape in shapes)], ids=str)
def test_every_slot_fits_its_input(shape):
    """Whatever the bytes, the layers can follow the input, and a linear layer can follow them."""
    for layers in _slots(shape):
        units = prod(after(layers, shape))
        assert units > 0
        if units <= MAX_UNITS and all(layer.kind != "dropout" for layer in layers):
            rest = (Linear(((1.0,) * units,), (0.0,)),)
            flat = Network((*layers, *_flat(after(layers, shape)), *rest), shape)
            assert len(flat.exact((1.0,) * prod(shape))) == 1


def _flat(shape):
    from axiomcheck.networks import Flatten

    return (Flatten(),) if len(shape) > 1 else ()


@pytest.mark.parametrize("shape", [(3,), (2, 4), (1, 3, 3)], ids=str)
def test_zeros_are_an_empty_slot(shape):
    """No layer at all is simplest."""
    assert slot(bytes(SLOT), shape, ALL) == ()


@pytest.mark.parametrize("item", ITEMS)
def test_slots_keep_to_the_items(item):
    """With one item, slots hold its layers and those of perceptrons; on images, convolutions besides."""
    for shape in ((3,), (2, 4), (1, 3, 3)):
        family = Family(items=frozenset({item, "conv"} if len(shape) > 1 else {item}))
        for layers in _slots(shape, family, count=60):
            network = Network((*layers, *_flat(after(layers, shape)), _head(after(layers, shape))), shape)
            assert network in family


def _head(shape):
    return Linear(((0.0,) * prod(shape),), (0.0,))


@pytest.mark.parametrize("shape", [(2, 4), (1, 3, 3)], ids=str)
def test_all_makers_are_met(shape):
    """On signals and images every maker but that of linear layers fills some slot."""
    kinds = {type(layer) for layers in _slots(shape) for layer in layers}
    assert kinds >= {AdaptiveAvgPool, AvgPool, BatchNorm, Concat, Conv, ConvTranspose, MaxPool, ReLU, Residual}
    assert Linear not in kinds


def test_convolutions_of_all_geometries():
    """Kernels, strides, paddings of all modes, dilations, groups and channels all vary."""
    drawn = [layer for layers in _slots((4, 6), count=4000) for layer in layers if isinstance(layer, Conv)]
    assert {len(layer.weight) for layer in drawn} == {1, 2, 3, 4}
    assert {layer.kernel[0] for layer in drawn} == {1, 2, 3, 4, 5}
    assert {layer.stride for layer in drawn} == {(1,), (2,), (3,)}
    assert {layer.padding for layer in drawn if not layer.same} == {(0,), (1,), (2,)}
    assert {layer.groups for layer in drawn} == {1, 2, 4}
    assert {layer.dilation for layer in drawn} == {(1,), (2,), (3,)}
    assert {(layer.mode, layer.same) for layer in drawn} == {(mode, same) for mode in MODES for same in (False, True)}


def test_transposed_convolutions_of_all_geometries():
    """Strides, paddings, output paddings, dilations and groups all vary."""
    drawn = [layer for layers in _slots((2, 4), count=6000) for layer in layers if isinstance(layer, ConvTranspose)]
    assert {layer.stride for layer in drawn} == {(1,), (2,), (3,)}
    assert {layer.padding for layer in drawn} == {(0,), (1,)}
    assert {layer.output_padding for layer in drawn} == {(0,), (1,)}
    assert {layer.dilation for layer in drawn} == {(1,), (2,)}
    assert {layer.groups for layer in drawn} == {1, 2}


def test_pools_with_and_without_overlap():
    """Windows lie beside each other, or overlap, and hold two or three places a side."""
    found = [layer for layers in _slots((1, 4, 4), count=1500) for layer in layers if isinstance(layer, MaxPool)]
    assert {layer.kernel[0] for layer in found} == {2, 3}
    assert {layer.stride == layer.kernel for layer in found} == {True, False}
    assert {(any(layer.padding), layer.ceil_mode) for layer in found} == {
        (padded, ceil) for padded in (False, True) for ceil in (False, True)
    }


def test_blocks_of_all_forms():
    """Sums have one or two layers, with and without a shortcut of their own; concatenations one or two branches."""
    drawn = [layer for layers in _slots((2, 3), count=2000) for layer in layers]
    sums = [layer.branches for layer in drawn if isinstance(layer, Residual)]
    assert {(sum(bool(x.numeric) for x in body), bool(shortcut)) for body, shortcut in sums} == {
        (1, False), (1, True), (2, False), (2, True),
    }  # fmt: skip
    joined = [layer.branches for layer in drawn if isinstance(layer, Concat)]
    assert {bool(second) for _, second in joined} == {True, False}


def test_a_layer_used_again_is_the_same():
    """A slot for sharing holds one layer twice."""
    family = Family(items=frozenset({"shared"}))
    again = [layers for layers in _slots((2,), family) if len(layers) == 4]
    assert again
    assert all(first == third and isinstance(second, ReLU) for first, second, third, _ in again)


def test_no_deviation_is_zero():
    """Batch normalisations divide by ½, 1, 2 or 4 and have no weight 0."""
    found = [layer for layers in _slots((3,), count=2000) for layer in layers if isinstance(layer, BatchNorm)]
    assert found
    assert all(min(map(abs, layer.scales)) > 0 for layer in found)
    assert {(v + layer.eps) ** 0.5 for layer in found for v in layer.variance} == {0.5, 1, 2, 4}


def test_shares_are_those_declared(draw_blocks):
    """Of random slots as many convolutions have a stride, or padding that keeps the places, as their draws say."""
    family = Family(items=frozenset({"conv"}))
    choices = list(makers(family, (2, 4)))
    index, kinds = choices.index(conv) + 1, len(choices) + 1
    blocks = [bytes([-(-256 * index // kinds)]) + block[1:] for block in draw_blocks(2000, 163, SLOT)]
    drawn = [slot(block, (2, 4), family)[0] for block in blocks]
    measured = [sum(map(test, drawn)) / len(drawn) for test in (_strided, _same)]
    shares = STRIDE.share(2, 3), SAME_PADDING.share(True) * STRIDE.share(1)
    assert measured == pytest.approx([float(share) for share in shares], abs=0.03)


def _strided(layer):
    return max(layer.stride) > 1


def _same(layer):
    return layer.same


def test_long_weights_begin_again():
    """A slot has 40 bytes of weights; the 41st is the first again."""
    random = Random(162)
    weights = SlotReader(random.randbytes(SLOT), ALL).weights((48,))
    assert weights[40:].tolist() == weights[:8].tolist()


def test_every_item_with_layers_has_a_maker():
    """But for what is no layer of a slot: styles, kinks and the softmax at the end. A kind may have samples instead."""
    sampled = {kind.needs().name for kind in LAYERS if kind.samples((2,)) or kind.samples((1, 2))}
    drawn = {maker.item for maker in MAKERS} | sampled
    assert drawn == set(ITEMS) - {"styles", "kinks", "baselinekinks", "softmax"}
