"""Rewrites of networks that compute a maximum."""

from fractions import Fraction
from random import Random

import pytest

from axiomcheck.networks import DoesNotApply, Linear, Network, ReLU
from axiomcheck.networks.rewrites.maxima import MaxPair, MaxTree


def _network(weight, top=((1.0, 1.0),), bias=(0.0, 0.0), last=(0.0,)):
    return Network((Linear(weight, bias), ReLU(), Linear(top, last)))


TUTORIAL = _network(((1.0, -1.0), (0.0, 1.0)))


def test_the_textbook_pair():
    """relu(x1 - x2) + relu(x2) becomes half of relu(x1 - x2) + relu(x2 - x1) + relu(x1 + x2)."""
    assert TUTORIAL.formula() == "f(x1, x2) = relu(x1 - x2) + relu(x2)"
    assert MaxPair(0, 0, 1).apply(TUTORIAL) == Network(
        (
            Linear(((1.0, -1.0), (-1.0, 1.0), (1.0, 1.0)), (0.0, 0.0, 0.0)),
            ReLU(),
            Linear(((0.5, 0.5, 0.5),), (0.0,)),
        )
    )


def test_the_textbook_pairs_formula():
    """The three terms of the second network, half of each."""
    expected = "f(x1, x2) = 0.5*relu(x1 - x2) + 0.5*relu(-x1 + x2) + 0.5*relu(x1 + x2)"
    assert MaxPair(0, 0, 1).apply(TUTORIAL).formula() == expected


def test_both_textbook_networks_are_the_larger_input():
    """On inputs of at least 0 either network says max(x1, x2)."""
    random = Random(51)
    for network in (TUTORIAL, MaxPair(0, 0, 1).apply(TUTORIAL)):
        for _ in range(50):
            x = (Fraction(random.randint(0, 99), 7), Fraction(random.randint(0, 99), 5))
            assert network.exact(x) == (max(x),)


def test_the_pair_is_not_kept_on_negative_inputs():
    """At (-2, 0.5) the first says 0.5 and the second 1.25: the domain is part of the rewrite."""
    x = (-2.0, 0.5)
    assert TUTORIAL.exact(x) == (Fraction(1, 2),)
    assert MaxPair(0, 0, 1).apply(TUTORIAL).exact(x) == (Fraction(5, 4),)


@pytest.mark.parametrize(
    ("rewrite", "network", "why"),
    [
        (MaxPair(1, 0, 1), TUTORIAL, "other layers"),
        (MaxPair(0, 0, 0), TUTORIAL, "two units"),
        (MaxPair(0, 0, 2), TUTORIAL, "has no unit 2"),
        (MaxPair(0, 0, 1), _network(((1.0, 0.0), (0.0, -1.0))), "non-negative"),
        (MaxPair(0, 0, 1), _network(((1.0, -3.0), (0.0, 1.0))), "non-negative"),
        (MaxPair(0, 0, 1), _network(((1.0, -1.0), (0.0, 1.0)), bias=(0.0, -1.0)), "non-negative"),
        (MaxPair(0, 0, 1), _network(((1.0, -1.0), (0.0, 1.0)), bias=(-3.0, 1.0)), "non-negative"),
        (MaxPair(0, 0, 1), _network(((1.0, -1.0), (0.0, 1.0)), ((1.0, 2.0),)), "same weight"),
        (MaxPair(0, 0, 1), Network((*TUTORIAL.layers[:2],)), "not hidden"),
    ],
)
def test_side_conditions_of_the_pair(rewrite, network, why):
    """Both v and u + v are at least 0 on the domain, and both units are read alike."""
    with pytest.raises(DoesNotApply, match=why):
        rewrite.apply(network)


def test_biases_belong_to_u_and_v():
    """With v = x2 + 1 and u - v = x1 - x2 - 1 the network is max(x1, x2 + 1), before and after."""
    network = _network(((1.0, -1.0), (0.0, 1.0)), bias=(-1.0, 1.0))
    for x in ((3.0, 1.0), (1.0, 3.0), (0.0, 0.0), (0.5, 0.25)):
        expected = max(Fraction(x[0]), Fraction(x[1]) + 1)
        assert network.exact(x) == MaxPair(0, 0, 1).apply(network).exact(x) == (expected,)


def _maximum_of(rows, x):
    return max(sum(Fraction(w) * v for w, v in zip(row, x, strict=True)) for row in rows)


@pytest.mark.parametrize("size", range(3, 7))
@pytest.mark.parametrize("with_relu", [False, True])
def test_chain_and_tree_are_the_maximum(size, with_relu):
    """Both say 3·max(v1, …, vn) - 2, with a ReLU at the end if there was one."""
    random = Random(size)
    rows = tuple(tuple(float(random.randint(0, 4)) for _ in range(3)) for _ in range(size))
    ends = (ReLU(),) if with_relu else ()
    top = Linear(((3.0, *[9.0] * (size - 1)),), (-2.0,))
    chain = MaxTree(0).plant(Network((Linear(rows, (1.0,) * size), ReLU(), top, *ends)))
    tree = MaxTree(0).apply(chain)
    for _ in range(20):
        x = tuple(Fraction(random.randint(0, 50), 7) for _ in range(3))
        expected = 3 * _maximum_of(rows, x) - 2
        assert chain.exact(x) == tree.exact(x) == (max(expected, Fraction(0)) if with_relu else expected,)


def test_the_tree_is_less_deep_than_the_chain():
    """Of four units the chain takes three maxima, one after another, and the tree two."""
    rows = tuple(tuple(float(i == j) for j in range(4)) for i in range(4))
    chain = MaxTree(0).plant(Network((Linear(rows, (0.0,) * 4), ReLU(), Linear(((1.0,) * 4,), (0.0,)))))
    assert (len(chain.linears), len(MaxTree(0).apply(chain).linears)) == (5, 4)


def test_of_three_units_the_tree_is_another():
    """max(v1, max(v2, v3)) and max(max(v1, v2), v3) are different networks."""
    rows = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
    chain = MaxTree(0).plant(Network((Linear(rows, (0.0,) * 3), ReLU(), Linear(((1.0,) * 3,), (0.0,)))))
    assert MaxTree(0).apply(chain) != chain


@pytest.mark.parametrize(
    ("network", "why"),
    [
        (TUTORIAL, "three units or more"),
        (Network((Linear(((1.0,),) * 3, (0.0,) * 3),)), "three units or more"),
        (_network(((-1.0,), (1.0,), (1.0,)), ((1.0,) * 3,), (0.0,) * 3), "non-negative"),
        (_network(((1.0,), (1.0,), (1.0,)), ((1.0,) * 3,), (-1.0, 0.0, 0.0)), "non-negative"),
        (_network(((1.0,), (1.0,), (1.0,)), ((1.0,) * 3,), (0.0,) * 3), "not a chain"),
    ],
)
def test_side_conditions_of_the_tree(network, why):
    """Three units or more, none of them negative, and a chain above them."""
    with pytest.raises(DoesNotApply, match=why):
        MaxTree(0).apply(network)
