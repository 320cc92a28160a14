"""Positional encodings."""

import json

import numpy as np
import pytest
import torch

from axiomcheck.networks import Attention, AxiomcheckError, Case, Family, Flatten, Linear, Network, PositionalEncoding
from axiomcheck.networks.ingredients import needed_by
from axiomcheck.networks.layers.origin import Origin
from axiomcheck.networks.serialization import network_data, network_of

ENCODING = PositionalEncoding(((1.0, -2.0), (0.5, 3.0)))
EYE = ((1.0, 0.0), (0.0, 1.0))
HEAD = Flatten(), Linear(((1.0, 2.0, 0.0, -1.0),), (0.0,))
NETWORK = Network((ENCODING, Attention(EYE, EYE, EYE, EYE), *HEAD), (2, 2))


def test_it_is_added_wherever_attention_stands():
    """Behind (1, -2; 0.5, 3) attention sees what it would see of inputs that are larger by that; as code too."""
    bare, namespace = Network(NETWORK.layers[1:], (2, 2)), {}
    exec(NETWORK.code(), namespace)
    for x in ((0.0,) * 4, (1.0, 2.0, -0.5, 4.0)):
        moved = tuple(np.add(x, (1.0, -2.0, 0.5, 3.0)).tolist())
        assert NETWORK.value(x) == bare.value(moved)
        output = namespace["model"](torch.tensor([x], dtype=torch.float64).reshape(1, 2, 2))
        assert abs(output.item() - float(NETWORK.value(x)[0])) <= 4 * NETWORK.error(x)[0]


def test_formulas_files_and_families():
    """People read sums; JSON gives it back; its item and biases are needed."""
    network = Network((ENCODING, *HEAD), (2, 2))
    assert network.formula() == "f(x1, x2, x3, x4) = (x1 + 1) + 2*(x2 - 2) - (x4 + 3)"
    assert network_of(json.loads(json.dumps(network_data(NETWORK)))) == NETWORK
    family = needed_by(Case(network, (0.0,) * 4, ((1.0,) * 4,)))
    assert (family.items, family.bias) == ({"mlp", "positional"}, "any")
    assert network not in Family.parse("positional,bias=none")


def test_tokens_take_their_place_with_them():
    """In another order, or fewer, tokens keep what they got; new ones get nothing."""
    layer, _ = ENCODING.restrict_inputs(Origin.same((2, 2)).with_channels((1, -1), 2))
    assert layer == PositionalEncoding(((0.5, 3.0), (0.0, 0.0)))


def test_what_cannot_be_is_refused():
    """Rows of two lengths, no rows, and tokens of another size."""
    for encoding in (((1.0,), (1.0, 2.0)), (), ((),)):
        with pytest.raises(AxiomcheckError, match="Expected rows of one length"):
            PositionalEncoding(encoding)
    with pytest.raises(AxiomcheckError, match="it reads 2 tokens of 2 numbers"):
        ENCODING.shape_after((3, 2))
