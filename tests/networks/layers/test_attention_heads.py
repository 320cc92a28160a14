"""Heads, causal masks, biases of keys and the forms of code of self-attention."""

import json
from itertools import product
from random import Random

import pytest
import torch
from mpmath import mp, mpf

from axiomcheck.networks import Attention, AxiomcheckError, Case, DoesNotApply, Family, Flatten, Linear, Network
from axiomcheck.networks.layers.attention import WAYS
from axiomcheck.networks.layers.origin import Origin
from axiomcheck.networks.rewrites.attention import KeyGauge, ValueGauge
from axiomcheck.networks.rewrites.heads import AttentionModule, DeadHead, KeyShift, SwapHeads
from axiomcheck.networks.serialization import network_data, network_of
from axiomcheck.networks.shrinking import simpler_cases
from axiomcheck.strategies.cases import one_network
from axiomcheck.strategies.codec import block_size

FORMS = list(product((1, 2), (False, True), (False, True), WAYS))
SIZE = 4


def _drawn(random, heads=1, is_causal=False, has_bias=False, written="plain"):
    def numbers(rows, columns):
        return tuple(tuple(random.randint(-8, 8) / 4 for _ in range(columns)) for _ in range(rows))

    bias = tuple(random.randint(-4, 4) / 4 for _ in range(SIZE)) if has_bias else ()
    return Attention(*(numbers(SIZE, SIZE) for _ in range(4)), heads, is_causal, bias, written)


def _network(attention, tokens, size=SIZE):
    return Network(
        (attention, Flatten(), Linear((tuple(1.0 + i for i in range(size * tokens)),), (0.5,))), (tokens, size)
    )


def _true(attention, tokens):
    """Return what comes out by the formula, head by head and token by token, with many digits."""
    query, key, value = (
        [[sum(mpf(w) * mpf(v) for w, v in zip(row, token, strict=True)) for row in part] for token in tokens]
        for part in attention.parts[:3]
    )
    key = [[k + mpf(b) for k, b in zip(row, attention.key_bias or [0] * len(row), strict=True)] for row in key]
    keys, values = len(query[0]) // attention.heads, len(value[0]) // attention.heads
    result = []
    for i in range(len(tokens)):
        mixed = []
        for head in range(attention.heads):
            own = slice(head * keys, (head + 1) * keys)
            seen = range(i + 1 if attention.is_causal else len(tokens))
            grown = [
                mp.exp(sum(q * k for q, k in zip(query[i][own], key[j][own], strict=True)) / mp.sqrt(keys))
                for j in seen
            ]
            mixed += [
                sum(e * value[j][unit] for e, j in zip(grown, seen, strict=True)) / sum(grown)
                for unit in range(head * values, (head + 1) * values)
            ]
        result += [sum(mpf(w) * m for w, m in zip(row, mixed, strict=True)) for row in attention.out]
    return result


@pytest.mark.parametrize(("heads", "is_causal", "has_bias"), {form[:3] for form in FORMS})
def test_values_are_within_proved_errors(heads, is_causal, has_bias):
    """Of the formula with many digits."""
    random = Random(195)
    for count in (1, 2, 3):
        attention = _drawn(random, heads, is_causal, has_bias)
        tokens = [[random.randint(-32, 32) / 16 for _ in range(SIZE)] for _ in range(count)]
        network = Network((attention, Flatten()), (count, SIZE))
        x = tuple(v for token in tokens for v in token)
        with mp.workdps(50):
            for true, value, error in zip(_true(attention, tokens), network.value(x), network.error(x), strict=True):
                assert abs(true - mpf(value.numerator) / value.denominator) <= mpf(error)
        assert max(network.error(x)) <= 2.0**-40 * network.magnitude(x)


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_pytorch_computes_the_same(form):
    """As a module and as code, with a gradient and without: within four times the proved bound."""
    random, namespace = Random(196), {}
    for count in (1, 3):
        network = _network(_drawn(random, *form), count)
        exec(network.code(), namespace)
        x = tuple(random.uniform(-3, 3) for _ in range(count * SIZE))
        tokens = torch.tensor(x, dtype=torch.float64).reshape(1, count, SIZE)
        with torch.no_grad():
            outputs = [network.module()(tokens), namespace["model"](tokens)]
        for output in [*outputs, network.module()(tokens.requires_grad_())]:
            assert abs(float(output.detach()[0, 0]) - float(network.value(x)[0])) <= 4 * network.error(x)[0]


def test_the_first_token_sees_itself_alone():
    """Behind the mask f = out · value · x of its own, whatever the others are; without, not."""
    one = ((1.0,),)
    for is_causal in (True, False):
        network = Network((Attention(one, one, ((5.0,),), ((7.0,),), 1, is_causal), Flatten()), (2, 1))
        apart = [float(network.value((2.0, other))[0]) for other in (-1.0, 3.0)]
        assert (apart == pytest.approx([70.0, 70.0])) == is_causal


def test_what_does_not_fit_is_told():
    """Heads that do not divide, biases of another number, unknown forms, and sizes that torch's module has not."""
    one, two = ((1.0,),), ((1.0,), (1.0,))
    for change, why in (
        ({"heads": 2}, "Expected heads of as many keys and values each but got 2 heads, 1 keys and 1 values"),
        ({"key_bias": (1.0, 2.0)}, "Expected 1 biases of keys, or none, but got 2"),
        ({"written": "fusd"}, "did you mean 'fused'"),
    ):
        with pytest.raises(AxiomcheckError, match=why):
            Attention(one, one, one, one, **change)
    with pytest.raises(AxiomcheckError, match="as many keys, values and outputs as inputs"):
        Attention(two, two, one, one, written="module")


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_files_and_families(form):
    """JSON gives all of it back; what is unusual is told, so that it is counted."""
    attention = _drawn(Random(1), *form)
    network = _network(attention, 2)
    assert network_of(json.loads(json.dumps(network_data(network)))) == network
    assert network in Family.parse("attention")
    heads, is_causal, _, written = form
    told = ["two heads"] * (heads == 2) + ["causal"] * is_causal
    told += {"plain": [], "fused": ["fused"], "module": ["nn.MultiheadAttention"]}[written]
    assert list(attention.options) == told


def test_it_shrinks_to_one_head_and_no_mask():
    """Of the plainer neighbours each lacks one thing, and all that is unusual can go."""
    attention = _drawn(Random(2), 2, is_causal=True, has_bias=True, written="module")
    found = list(attention.plainer())
    assert {layer.heads for layer in found} == {1, 2}
    assert {layer.is_causal for layer in found} == {True, False}
    assert () in {layer.key_bias for layer in found}
    while found:
        attention = found[0]
        found = list(attention.plainer())
    assert (attention.surcharge, len(attention.query), len(attention.value)) == (0, 1, 1)
    case = Case(_network(_drawn(Random(3), 2, is_causal=True), 3), (0.0,) * 12, ((1.0,) * 12,))
    own = [layer for other in simpler_cases(case) for layer in other.network.leaves if isinstance(layer, Attention)]
    assert {(layer.heads, layer.is_causal) for layer in own} >= {(1, True), (2, False)}


def test_a_head_that_goes_takes_its_units_along():
    """Of two heads the other is left with its keys, values and columns."""
    attention = _drawn(Random(4), 2)
    left = [layer for layer in attention.plainer() if layer.heads == 1]
    assert {layer.query for layer in left} == {attention.query[:2], attention.query[2:]}
    assert {layer.out for layer in left} == {tuple(r[:2] for r in attention.out), tuple(r[2:] for r in attention.out)}


def test_fewer_tokens_behind_a_mask_keep_their_order():
    """The first two of three are what they were; another order is refused."""
    attention = _drawn(Random(5), 2, is_causal=True)
    new, _ = attention.restrict_inputs(Origin((3, SIZE), ((0, 1), tuple(range(SIZE)))))
    x = tuple(Random(6).uniform(-1, 1) for _ in range(3 * SIZE))
    whole, part = Network((attention, Flatten()), (3, SIZE)), Network((new, Flatten()), (2, SIZE))
    assert part.value(x[: 2 * SIZE]) == whole.value(x)[: 2 * SIZE]
    with pytest.raises(AxiomcheckError, match="reads tokens in their order"):
        attention.restrict_inputs(Origin((3, SIZE), ((1, 0), tuple(range(SIZE)))))


@pytest.mark.parametrize("kind", [ValueGauge, KeyGauge])
def test_a_basis_belongs_to_one_head(kind):
    """Units of two heads are not added to each other; of one head they are, and biases of keys go along."""
    network = _network(_drawn(Random(7), 2, has_bias=True), 3)
    with pytest.raises(DoesNotApply, match="units of two heads"):
        kind(0, 0, 2, 1.0).apply(network)
    rewritten = kind(0, 2, 3, 1.0).apply(network)
    x = tuple(Random(8).uniform(-1, 1) for _ in range(12))
    assert abs(network.value(x)[0] - rewritten.value(x)[0]) <= network.error(x)[0] + rewritten.error(x)[0]


def test_side_conditions_of_rewrites():
    """Two heads to swap, one to add another to, sizes that torch's module has."""
    one, two = _network(_drawn(Random(9)), 2), _network(_drawn(Random(9), 2), 2)
    for rewrite, network, why in (
        (SwapHeads(0), one, "has no two heads"),
        (DeadHead(0, 1.0), two, "has two heads"),
        (KeyShift(0, 0, 0.0), _network(_drawn(Random(9), has_bias=True), 2), "is the same"),
        (AttentionModule(0), _network(Attention.ones(2), 2, 2), "has sizes that"),
    ):
        with pytest.raises(DoesNotApply, match=why):
            rewrite.apply(network)


def test_all_of_it_is_drawn():
    """Each option often enough to be counted, and in a family without styles code alone is left out."""
    random, family = Random(199), Family.parse("attention")
    seen = {}
    for _ in range(200):
        case = one_network(random.randbytes(block_size(family)), family)
        for option in {o for layer in case.network.leaves if isinstance(layer, Attention) for o in layer.options}:
            seen[option] = seen.get(option, 0) + 1
    assert min(seen[option] for option in ("two heads", "causal", "fused", "nn.MultiheadAttention")) >= 10
    bare = Family.parse("attention,bias=any")
    for _ in range(50):
        case = one_network(random.randbytes(block_size(bare)), bare)
        assert {layer.written for layer in case.network.leaves if isinstance(layer, Attention)} <= {"plain"}
