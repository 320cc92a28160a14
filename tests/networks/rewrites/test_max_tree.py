"""The maximum of many units, as a chain or as a tree."""

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from axiomcheck.networks import Conv, DoesNotApply, Flatten, Linear, Network, ReLU, Style
from axiomcheck.networks.rewrites.max_tree import MaxTree


def _network(weight, top=((1.0, 1.0),), bias=(0.0, 0.0), last=(0.0,)):
    return Network((Linear(weight, bias), ReLU(), Linear(top, last)))


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
    chain = MaxTree().plant(Network((Linear(rows, (1.0,) * size), ReLU(), top, *ends)))
    tree = MaxTree().apply(chain)
    for _ in range(20):
        x = tuple(Fraction(random.randint(0, 50), 7) for _ in range(3))
        expected = 3 * _maximum_of(rows, x) - 2
        assert chain.exact(x) == tree.exact(x) == (max(expected, Fraction(0)) if with_relu else expected,)


def test_the_tree_is_less_deep_than_the_chain():
    """Of four units the chain takes three maxima, one after another, and the tree two."""
    rows = tuple(tuple(float(i == j) for j in range(4)) for i in range(4))
    chain = MaxTree().plant(Network((Linear(rows, (0.0,) * 4), ReLU(), Linear(((1.0,) * 4,), (0.0,)))))
    assert (len(chain.linears), len(MaxTree().apply(chain).linears)) == (5, 4)


def test_of_three_units_the_tree_is_another():
    """max(v1, max(v2, v3)) and max(max(v1, v2), v3) are different networks."""
    rows = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
    chain = MaxTree().plant(Network((Linear(rows, (0.0,) * 3), ReLU(), Linear(((1.0,) * 3,), (0.0,)))))
    assert MaxTree().apply(chain) != chain


@pytest.mark.parametrize(
    ("network", "why"),
    [
        (_network(((1.0, -1.0), (0.0, 1.0))), "three units or more"),
        (Network((Linear(((1.0,),) * 3, (0.0,) * 3),)), "three units or more"),
        (_network(((-1.0,), (1.0,), (1.0,)), ((1.0,) * 3,), (0.0,) * 3), "non-negative"),
        (_network(((1.0,), (1.0,), (1.0,)), ((1.0,) * 3,), (-1.0, 0.0, 0.0)), "non-negative"),
        (_network(((1.0,), (1.0,), (1.0,)), ((1.0,) * 3,), (0.0,) * 3), "not a chain"),
        (Network((Conv.of([[[1.0]]]), Flatten()), (1, 2)), "Linear and ReLU alone"),
    ],
)
def test_side_conditions_of_the_tree(network, why):
    """Three units or more, none of them negative, and a chain above them."""
    with pytest.raises(DoesNotApply, match=why):
        MaxTree().apply(network)


def test_the_style_is_kept():
    """Chain and tree are written in the style of the network."""
    style = Style(layout="forward")
    network = replace(_network(((1.0,), (2.0,), (3.0,)), ((1.0,) * 3,), (0.0,) * 3), style=style)
    chain = MaxTree().plant(network)
    assert chain.style == MaxTree().apply(chain).style == style
