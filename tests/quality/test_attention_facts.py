"""Facts of attention, found by search and shrunk, or computed by hand."""

from math import exp

import pytest
import torch
from torch.nn import functional

from axiomcheck import find_counterexample
from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.judge import Judge
from axiomcheck.engine.runtime.threads import one_thread
from axiomcheck.explainers import locate
from axiomcheck.explainers.methods.attention_lrp import HELD, _relevance
from axiomcheck.networks import (
    Attention,
    Case,
    Concat,
    Flatten,
    Linear,
    Network,
    PositionalEncoding,
    Product,
    Residual,
    Softmax,
)
from axiomcheck.networks.facts import Irrelevant
from axiomcheck.networks.rewrites.attention import ValueGauge

THROUGH = ("attn-lrp", "cp-lrp")


def _explain(name, network, *x):
    inputs = torch.tensor([x], dtype=torch.float64).reshape(1, *network.shape)
    return locate(name).explain(network.module(), inputs, torch.tensor([0])).flatten().tolist()


@pytest.mark.long
@pytest.mark.parametrize("name", THROUGH)
def test_a_search_ends_at_a_product_of_three_numbers(name):
    """The smallest twin that tells is (a b) c against a (b c), of one variable and no other layer."""
    found = find_counterexample(name, "implementation_invariance", family="product", examples=200)
    assert [rewrite.name for rewrite in found.case.rewrites] == ["associate"]
    assert found.case.network.shape == (1,)
    assert [type(layer) for layer in found.case.network.layers] == [Product]


@pytest.mark.parametrize("name", THROUGH)
def test_halves_at_products_depend_on_their_order(name):
    """(x · x) · 1 at 1 gives ½ · 1, and x · (x · 1) gives ½ + ¼ (arXiv 2510.18810)."""
    x, constant = Linear(((1.0,),), (0.0,)), Linear(((0.0,),), (1.0,))
    left = Network((Product(((x,), (x,), (constant,))),), (1,))
    right = Network((Product(((x,), (Product(((x,), (constant,))),))),), (1,))
    assert _explain(name, left, 1.0) == [0.5]
    assert _explain(name, right, 1.0) == [0.75]


@pytest.mark.parametrize("name", THROUGH)
def test_products_break_the_null_player(name):
    """f = (x1 x1) 1 - x1 (x1 1) + x2 does not depend on x1, which gets ½ - ¾; gradient × input gives 0."""
    first, one = Linear(((1.0, 0.0),), (0.0,)), Linear(((0.0, 0.0),), (1.0,))
    left, right = Product(((first,), (first,), (one,))), Product(((first,), (Product(((first,), (one,))),)))
    layers = (Concat(((left,), (right,), ())), Linear(((1.0, -1.0, 0.0, 1.0),), (0.0,)))
    network = Network(layers, (2,))
    assert _explain(name, network, 1.0, 2.0) == pytest.approx([-0.25, 2.0])
    case = Case(network, (0.0, 0.0), ((1.0, 2.0),), facts=(Irrelevant((0,)),))
    with one_thread():
        kinds = {who: Judge(locate(who).explain, AXIOMS["null_player"])(case).kind for who in (name, "grad-x-input")}
    assert kinds == {name: "violated", "grad-x-input": "holds"}


def test_a_softmax_that_is_explained_loses_its_constant():
    """softmax(x, 0)[0] at 1: x s (1 - s) = 0.197 where f = 0.731, LXT's rule and ours."""
    network = Network((Linear(((1.0,), (0.0,)), (0.0, 0.0)), Softmax()), (1,))
    share = 1 / (1 + exp(-1))
    assert _explain("attn-lrp", network, 1.0) == pytest.approx([share * (1 - share)])
    assert float(network.value((1.0,))[0]) == pytest.approx(share)
    assert [round(share * (1 - share), 3), round(share, 3)] == [0.197, 0.731]


def test_what_acts_by_keys_alone_is_unseen_by_held_shares():
    """Tokens (x1, x2) and (x3, x4) with value x1 and key x2: x2 moves the shares, and CP-LRP gives it 0."""
    ones = ((1.0, 0.0),)
    attention = Attention(query=ones, key=((0.0, 1.0),), value=ones, out=((1.0,),))
    network = Network((attention, Flatten(), Linear(((1.0, 1.0),), (0.0,))), (2, 2))
    x = (1.0, 1.0, 2.0, -1.0)
    assert _explain("cp-lrp", network, *x)[1::2] == [0.0, 0.0]
    assert all(_explain("attn-lrp", network, *x)[1::2])
    assert network.value(x) != network.value((1.0, 0.0, 2.0, -1.0))


def _gamma(function, v, weight, bias=None):
    """Return LRP-γ of an affine layer as a way back: shares of a (w + w⁺ / 4)."""
    favoured = function(v, weight + weight.clamp(min=0) / 4, None if bias is None else bias + bias.clamp(min=0) / 4)
    values = function(v, weight, bias)
    ratio = torch.where(favoured == 0, 0.0, values / favoured).detach()
    way_back = favoured * ratio
    return way_back + (values - way_back).detach()


def test_a_basis_of_values_is_seen_by_gamma_rules():
    """γ favours weights by their sign, and a basis has signs of its own; with γ = 0 no basis is seen."""
    rules = {**HELD, functional.linear: _gamma}
    matrix = ((1.0, -0.5), (0.5, 2.0))
    head = Linear(((1.0, -2.0, 0.5, 1.0),), (0.0,))
    network = Network((Attention(matrix, matrix, matrix, matrix), Flatten(), head), (2, 2))
    case = Case(network, (0.0,) * 4, ((1.0, -0.5, 0.25, 2.0),), rewrites=(ValueGauge(0, 0, 1, 2.0),))
    explainers = {
        "γ": lambda model, inputs, target: _relevance(model, inputs, target, rules),
        "0": locate("cp-lrp").explain,
        "attn": locate("attn-lrp").explain,
    }
    with one_thread():
        axiom = AXIOMS["implementation_invariance"]
        kinds = {name: Judge(explain, axiom)(case).kind for name, explain in explainers.items()}
    assert kinds == {"γ": "violated", "0": "holds", "attn": "holds"}


def test_a_residual_of_attention_conserves_without_biases():
    """CP-LRP of x + attention(x), summed up, is f(x): what is held is linear (Ali et al. 2022); AttnLRP's is not."""
    eye = ((1.0, -0.5), (0.5, 2.0))
    block = Residual(((Attention(eye, eye, eye, eye, heads=2, is_causal=True),), ()))
    network = Network((block, Flatten(), Linear(((1.0, -2.0, 0.5, 1.0),), (0.0,))), (2, 2))
    x = (1.0, -0.5, 0.25, 2.0)
    assert sum(_explain("cp-lrp", network, *x)) == pytest.approx(float(network.value(x)[0]))
    assert sum(_explain("attn-lrp", network, *x)) != pytest.approx(float(network.value(x)[0]))


@pytest.mark.parametrize("name", THROUGH)
def test_positional_encodings_take_relevance(name):
    """Of what is added to tokens no variable gets a share: relevance sums to f less that (arXiv 2506.02138)."""
    head = Flatten(), Linear(((1.0, -2.0),), (0.0,))
    network = Network((PositionalEncoding(((3.0,), (1.0,))), *head), (2, 1))
    assert float(network.value((2.0, 4.0))[0]) == (2 + 3) - 2 * (4 + 1) == -5
    assert _explain(name, network, 2.0, 4.0) == [2.0, -8.0]


@pytest.mark.long
def test_a_search_ends_at_a_positional_encoding():
    """Linear layers without biases, attention and encodings: what CP-LRP loses is the encoding of one number."""
    known = Case(Network((PositionalEncoding(((1.0,),)), Flatten()), (1, 1)), (0.0,), ((0.0,),))
    found = find_counterexample("cp-lrp", "conservation", family="attention,positional", examples=200)
    assert found.case.simplicity <= known.simplicity
