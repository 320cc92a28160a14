"""What every layer says of itself."""

from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from axiomcheck.networks import BatchNorm, Conv, ConvTranspose, DoesNotApply, LeakyReLU, Linear, PReLU, ReLU
from axiomcheck.networks.family import ITEMS
from axiomcheck.networks.layers import LAYERS, frozen, layer_kinds


def test_layers_are_values(layer, every_kind):
    """A layer is frozen, and equal to none of another kind; its item is one that families know."""
    with pytest.raises(FrozenInstanceError):
        layer.cost = 0
    assert [other for other in every_kind if other == layer] == [layer]
    assert layer in set(every_kind)
    assert layer.item in ITEMS


def test_kinds_are_different(every_kind):
    """No two layers go by one name, and data knows each by its own."""
    assert len(layer_kinds()) == sum(len(layer.kinds()) for layer in LAYERS)
    assert {type(layer) for layer in every_kind} == set(LAYERS)
    assert all(layer_kinds()[layer.kind] is type(layer) for layer in every_kind)


def test_what_a_kind_does_not_say_is_refused():
    """A kind that says nothing of factors and shifts is left alone by those who need them."""
    with pytest.raises(DoesNotApply, match="leakyrelu does not commute with a factor"):
        LeakyReLU().scale(2.0)
    with pytest.raises(DoesNotApply, match="relu takes no shift in"):
        ReLU().shift(np.ones(1), (1,))


@pytest.mark.parametrize(
    ("layer", "numbers"),
    [
        (Linear(((1.0, 2.0), (3.0, 4.0)), (5.0, 6.0)), (1, 2, 3, 4, 5, 6)),
        (Conv.of([[[1, 2]], [[3, 4]]], [5, 6]), (1, 2, 3, 4, 5, 6)),
        (ConvTranspose.of([[[[1, 2], [3, 4]]]], [5]), (1, 2, 3, 4, 5)),
        (BatchNorm.of((1.0, 2.0), (1.0, 1.0), (3.0, 4.0), (5.0, 6.0)), (1, 2, 3, 4, 5, 6)),
        (PReLU((1.0, 2.0)), (1, 2)),
        (LeakyReLU(0.5), ()),
        (ReLU(), ()),
    ],
    ids=lambda value: getattr(value, "kind", ""),
)
def test_numbers_are_what_a_layer_has_learnt(layer, numbers):
    """Numbers come field by field, row by row; given back they make the layer, and others make another."""
    assert tuple(layer.numbers) == numbers
    assert layer.with_numbers(iter(numbers)) == layer
    doubled = layer.with_numbers(iter([2 * number for number in numbers]))
    assert tuple(doubled.numbers) == tuple(2 * number for number in numbers)


def test_frozen_is_of_floats_without_minus_zero():
    """Arrays and lists become nested tuples of floats, in which 0 has no sign."""
    assert repr(frozen([[1, -0.0], (2,)])) == "((1.0, 0.0), (2.0,))"
    assert frozen(np.array([[1], [2]])) == ((1.0,), (2.0,))
