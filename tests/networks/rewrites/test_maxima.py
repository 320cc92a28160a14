"""The maximum of two units."""

from fractions import Fraction
from random import Random

import pytest

from axiomcheck.networks import AvgPool, Conv, DoesNotApply, Dropout, Flatten, Linear, MaxPool, Network, ReLU, Residual
from axiomcheck.networks.rewrites.maxima import MaxPair


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


PAIR = Conv.of([[[1.0], [-1.0]], [[0.0], [1.0]]])


@pytest.mark.parametrize("pool", [(), (AvgPool((2,), (2,)),)])
def test_a_pair_of_channels(pool, draw_point):
    """At every place, and in averages, both say the larger of two channels."""
    head = Linear(((1.0, 2.0, 1.0, 2.0) if not pool else (3.0, 3.0),), (0.0,))
    network = Network((Dropout(), PAIR, ReLU(), *pool, Flatten(), head), (2, 2))
    rewritten = MaxPair(0, 0, 1).apply(network)
    random = Random(52)
    for _ in range(20):
        a, b, c, d = x = draw_point(random, 4, nonnegative=True)
        expected = Fraction(3, 2) * (max(a, c) + max(b, d)) if pool else max(a, c) + 2 * max(b, d)
        assert network.exact(x) == rewritten.exact(x) == (expected,)


def test_a_max_pool_comes_between():
    """The largest of sums is not the sum of the largest."""
    network = Network((PAIR, ReLU(), MaxPool((2,), (2,)), Flatten(), Linear(((1.0, 1.0),), (0.0,))), (2, 2))
    with pytest.raises(DoesNotApply, match="does not commute with sums"):
        MaxPair(0, 0, 1).apply(network)


def test_a_pair_in_a_branch():
    """What reads the input there is known as well as outside, but not behind a sum."""
    body = (*TUTORIAL.layers[:2], Linear(((1.0, 1.0), (1.0, 1.0)), (0.0, 0.0)))
    block = Residual((body, ()))
    assert len(MaxPair(0, 0, 1).apply(Network((block, block), (2,))).linears[0].bias) == 3
    with pytest.raises(DoesNotApply, match="layer 2 does not read the input"):
        MaxPair(2, 0, 1).apply(Network((block, block), (2,)))
