"""Self-attention, on its way through everything."""

import json
from random import Random

import numpy as np
import pytest
import torch
from mpmath import matrix, mp, mpf
from torch.nn import functional

from axiomcheck.networks import (
    Attention,
    AxiomcheckError,
    Case,
    DoesNotApply,
    Family,
    Flatten,
    Linear,
    Network,
    Residual,
    Style,
)
from axiomcheck.networks.ingredients import needed_by
from axiomcheck.networks.layers.origin import Origin
from axiomcheck.networks.lowering import lower
from axiomcheck.networks.rewrites.attention import KeyGauge, ValueGauge
from axiomcheck.networks.serialization import network_data, network_of
from axiomcheck.networks.shrinking import simpler_cases, smallest_cases
from axiomcheck.strategies.cases import one_network, one_twin
from axiomcheck.strategies.codec import block_size

FAMILY = Family.parse("attention")
STYLES = (Style(), Style(layout="forward"), Style(layout="blocks"), Style(relu="functional"))


def _drawn(random, inputs, keys, values, outputs):
    def numbers(rows, columns):
        return tuple(tuple(random.randint(-8, 8) / 4 for _ in range(columns)) for _ in range(rows))

    return Attention(numbers(keys, inputs), numbers(keys, inputs), numbers(values, inputs), numbers(outputs, values))


def _network(attention, shape, style=STYLES[0]):
    size = shape[0] * len(attention.out)
    head = Linear((tuple(1.0 + i for i in range(size)),), (0.5,))
    return Network((attention, Flatten(), head), shape, style)


SIZES = [((1, 1), (1, 1, 1, 1)), ((2, 1), (1, 2, 1, 1)), ((2, 3), (3, 2, 2, 3)), ((3, 4), (4, 4, 3, 2))]


def _true(attention, tokens):
    """Return what the paper's formula says, with many digits."""
    query, key, value, out = (matrix([[mpf(w) for w in row] for row in part]) for part in attention.parts)
    x = matrix([[mpf(v) for v in token] for token in tokens])
    scores = (x * query.T) * (x * key.T).T / mp.sqrt(key.rows)
    shares = matrix(scores.rows, scores.cols)
    for i in range(scores.rows):
        total = sum(mp.exp(scores[i, j]) for j in range(scores.cols))
        for j in range(scores.cols):
            shares[i, j] = mp.exp(scores[i, j]) / total
    result = shares * (x * value.T) * out.T
    return [result[i, j] for i in range(result.rows) for j in range(result.cols)]


@pytest.mark.parametrize(("shape", "sizes"), SIZES)
def test_values_are_within_proved_errors(shape, sizes):
    """Of the formula with many digits, for tokens small and large; errors are small shares of what is added up."""
    random = Random(95)
    for scale in (1 / 8, 1, 8):
        attention = _drawn(random, *sizes)
        tokens = [[random.randint(-64, 64) / 16 * scale for _ in range(shape[1])] for _ in range(shape[0])]
        network = Network((attention, Flatten()), shape)
        x = tuple(v for token in tokens for v in token)
        with mp.workdps(60):
            for true, value, error in zip(_true(attention, tokens), network.value(x), network.error(x), strict=True):
                assert abs(true - mpf(value.numerator) / value.denominator) <= mpf(error)
        assert max(network.error(x)) <= 2.0**-40 * network.magnitude(x)


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.text)
@pytest.mark.parametrize(("shape", "sizes"), SIZES)
def test_pytorch_computes_the_same(shape, sizes, style):
    """Written out, as code and fused: within four times the proved bound."""
    random, namespace = Random(96), {}
    attention = _drawn(random, *sizes)
    network = _network(attention, shape, style)
    exec(network.code(), namespace)
    x = tuple(random.uniform(-3, 3) for _ in range(shape[0] * shape[1]))
    tokens = torch.tensor(x, dtype=torch.float64).reshape(1, *shape)
    query, key, value, out = (torch.tensor(part, dtype=torch.float64) for part in attention.parts)
    fused = functional.scaled_dot_product_attention(tokens @ query.T, tokens @ key.T, tokens @ value.T) @ out.T
    head = torch.tensor(network.linears[-1].weight, dtype=torch.float64)
    outputs = [network.module()(tokens), namespace["model"](tokens), fused.flatten(1) @ head.T + 0.5]
    for output in outputs:
        assert abs(float(output.detach()[0, 0]) - float(network.value(x)[0])) <= 4 * network.error(x)[0]


def test_one_token_attends_to_itself():
    """Its share is 1: f(x) = out · value · x, whatever query and key are."""
    network = _network(Attention(((3.0,),), ((-2.0,),), ((5.0,),), ((7.0,),)), (1, 1))
    assert float(network.value((2.0,))[0]) == pytest.approx(70.5)


def test_formulas_files_and_families():
    """People read products and a softmax; JSON gives it back; nothing else is needed but its item."""
    network = _network(Attention.ones(1), (2, 1))
    text = network.formula()
    assert "softmax(x1*x1, x1*x2)[1]" in text
    assert network_of(json.loads(json.dumps(network_data(network)))) == network
    assert needed_by(Case(network, (0.0, 0.0), ((1.0, -1.0),))).items == {"mlp", "attention"}
    assert network in FAMILY
    assert network not in Family.parse("smooth")
    with pytest.raises(AxiomcheckError, match="it needs bias=any and output=any"):
        Family.parse("attention,bias=none")


def test_what_does_not_fit_is_told():
    """Matrices that do not fit each other, vectors and longer tokens."""
    with pytest.raises(AxiomcheckError, match=r"Expected matrices \(H, D\)"):
        Attention(((1.0,),), ((1.0, 1.0),), ((1.0,),), ((1.0,),))
    for shape in ((2,), (2, 3)):
        with pytest.raises(AxiomcheckError, match="it reads tokens of 1 numbers"):
            Attention.ones(1).shape_after(shape)


def test_tokens_in_another_order():
    """Attention knows no order: what comes out is ordered alike, and fewer numbers of a token are fewer columns."""
    random = Random(97)
    attention = _drawn(random, 3, 2, 2, 2)
    origin = Origin((3, 3), ((2, 0, 1), (1, 0, 2)))
    new, behind = attention.restrict_inputs(origin)
    points = np.random.default_rng(1).uniform(-2, 2, (5, 9))
    values = points
    for step in lower((attention,), (3, 3)):
        values = step.forward(values)
    moved = points.reshape(5, 3, 3)[:, [2, 0, 1]][:, :, [1, 0, 2]].reshape(5, 9)
    for step in lower((new,), (3, 3)):
        moved = step.forward(moved)
    np.testing.assert_allclose(moved, values[:, list(behind.flat)])


@pytest.mark.parametrize("kind", [ValueGauge, KeyGauge])
def test_gauges_keep_the_function(kind):
    """In another basis of values, or of keys, all values are the same up to proved errors, and the layer is another."""
    random = Random(98)
    for _ in range(30):
        network = _network(_drawn(random, 2, 2, 2, 2), (3, 2))
        rewritten = kind(0, 0, 1, 2.0).apply(network)
        assert rewritten != network
        x = tuple(random.uniform(-2, 2) for _ in range(6))
        gap = abs(network.value(x)[0] - rewritten.value(x)[0])
        assert gap <= network.error(x)[0] + rewritten.error(x)[0]


@pytest.mark.parametrize("kind", [ValueGauge, KeyGauge])
def test_gauges_need_two_units(kind):
    """One is no other, and there are no more than there are; a weight of 0 changes nothing."""
    network = _network(Attention.ones(1), (2, 1))
    assert kind.choices(network, 0) == {"unit": 1, "other": 1}
    for rewrite, why in (
        (kind(0, 0, 0, 1.0), "a unit is added to another"),
        (kind(0, 0, 1, 1.0), "attention 0 has no unit 1"),
        (kind(1, 0, 0, 1.0), "the network has no attention 1"),
    ):
        with pytest.raises(DoesNotApply, match=why):
            rewrite.apply(network)


def test_it_is_drawn():
    """Of the family's networks half or more attend, some of them in residual sums; twins are equal within errors."""
    random, attending, sums = Random(99), 0, 0
    for _ in range(150):
        case = one_network(random.randbytes(block_size(FAMILY)), FAMILY)
        attending += any(isinstance(layer, Attention) for layer in case.network.leaves)
        sums += any(isinstance(layer, Residual) for layer in case.network.layers)
        assert case.network in FAMILY
    assert attending > 75
    assert sums > 20
    for _ in range(60):
        case = one_twin(random.randbytes(block_size(FAMILY)), FAMILY)
        one, other = case.networks[0], case.networks[-1]
        for x in case.inputs:
            errors = one.error(x)[case.target] + other.error(x)[case.target]
            assert abs(one.value(x)[case.target] - other.value(x)[case.target]) <= errors


def test_it_shrinks():
    """The smallest of the family is tried, and a large one has simpler neighbours, of fewer keys and fewer tokens."""
    start = Case(_network(_drawn(Random(1), 2, 2, 2, 2), (3, 2)), (0.0,) * 6, ((1.0, 2.0, -1.0, 0.5, 3.0, -2.0),))
    shapes = {case.network.shape for case in smallest_cases(start, FAMILY, measured=True)}
    assert (1, 1) in shapes
    neighbours = list(simpler_cases(start))
    own = [layer for case in neighbours for layer in case.network.leaves if isinstance(layer, Attention)]
    assert {1, 2} <= {len(layer.query) for layer in own}
    assert {case.network.shape for case in neighbours} >= {(2, 2), (3, 1)}
