"""A residual block as a plain chain of layers."""

from fractions import Fraction
from random import Random

import pytest

from axiomcheck.networks import (
    BatchNorm,
    Concat,
    Conv,
    DoesNotApply,
    Flatten,
    LeakyReLU,
    Linear,
    Network,
    ReLU,
    Residual,
)
from axiomcheck.networks.rewrites.residual import ResidualAsPlain

A, B = Linear(((2.0,), (3.0,)), (4.0, 5.0)), Linear(((6.0, 7.0),), (8.0,))
ONE = Linear(((5.0,),), (6.0,))
SAME = Conv.of([[[1.0, 2.0, 3.0]]], [4.0], padding=1)


def _block(*body):
    return Network((Residual((body, ())),), (1,))


def test_two_layers_of_a_body():
    """x passes as relu(x) - relu(-x) beside two hidden units."""
    wide = Linear(((2.0,), (3.0,), (1.0,), (-1.0,)), (4.0, 5.0, 0.0, 0.0))
    joined = Linear(((6.0, 7.0, 1.0, -1.0),), (8.0,))
    assert ResidualAsPlain(0).apply(_block(A, ReLU(), B)).layers == (wide, ReLU(), joined)


def test_a_body_that_ends_in_a_relu():
    """Weights 1, 1 and -1 join relu(W x + b), relu(x) and relu(-x)."""
    wide, joined = Linear(((2.0,), (1.0,), (-1.0,)), (3.0, 0.0, 0.0)), Linear(((1.0, 1.0, -1.0),), (0.0,))
    assert ResidualAsPlain(0).apply(_block(Linear(((2.0,),), (3.0,)), ReLU())).layers == (wide, ReLU(), joined)


def test_a_longer_body():
    """What is carried has been made positive once and stays so."""
    between = ResidualAsPlain(0).apply(_block(A, ReLU(), Linear(((1.0, 2.0),), (3.0,)), ReLU(), ONE)).layers[2]
    assert between == Linear(((1.0, 2.0, 0.0, 0.0), (0.0, 0.0, 1.0, 0.0), (0.0, 0.0, 0.0, 1.0)), (3.0, 0.0, 0.0))


def test_convolutions_carry_the_middle():
    """Kernels that are 1 in the middle and 0 around it pass every place on."""
    network = Network((Residual(((), (SAME, ReLU(), SAME))), Flatten()), (1, 4))
    wide, _, joined, _ = ResidualAsPlain(0).apply(network).layers
    assert wide.weight == (((1.0, 2.0, 3.0),), ((0.0, 1.0, 0.0),), ((0.0, -1.0, 0.0),))
    assert joined.weight == (((1.0, 2.0, 3.0), (0.0, 1.0, 0.0), (0.0, -1.0, 0.0)),)
    assert (wide.bias, joined.bias, wide.padding, joined.padding) == ((4.0, 0.0, 0.0), (4.0,), (1,), (1,))


def _convolved(x):
    """Return what the convolution makes of four places, in plain loops."""
    padded = [0, *x, 0]
    return [4 + padded[i] + 2 * padded[i + 1] + 3 * padded[i + 2] for i in range(4)]


def test_block_and_chain_are_the_formula(draw_point):
    """At rational points both say what plain loops say."""
    network = Network((Residual(((SAME, ReLU(), SAME), ())), Flatten()), (1, 4))
    rewritten, random = ResidualAsPlain(0).apply(network), Random(54)
    for _ in range(20):
        x = draw_point(random, 4)
        body = _convolved([max(value, Fraction(0)) for value in _convolved(x)])
        assert network.exact(x) == rewritten.exact(x) == tuple(a + b for a, b in zip(body, x, strict=True))


def test_blocks_are_counted_outer_ones_first():
    """Block 1 stands inside block 0, whose body it makes plain."""
    inner = Residual(((A, ReLU(), B), ()))
    network = Network((Residual(((inner,), ())), Concat(((inner,), ()))), (1,))
    assert ResidualAsPlain.count(network) == 3
    changed = ResidualAsPlain(1).apply(network)
    assert len(changed.layers[0].branches[0]) == 3
    assert changed.layers[1] == network.layers[1]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ((A, ReLU(), B, LeakyReLU()), "no chain of layers"),
        ((ONE, BatchNorm.of((0.0,), (1.0,), (1.0,), (0.0,))), "no chain of layers"),
        ((ONE,), "no chain of layers"),
        ((ReLU(), ONE), "a layer other than Linear"),
        ((ONE, ReLU(), ReLU()), "a layer other than Linear"),
    ],
)
def test_other_bodies(body, why):
    """Layers with weights take turns with ReLUs."""
    with pytest.raises(DoesNotApply, match=f"residual sum 0 .*{why}"):
        ResidualAsPlain(0).apply(_block(*body))


NARROWER, WIDER = Conv.of([[[1.0, 2.0]]]), Conv.of([[[1.0, 2.0]]], padding=1)


@pytest.mark.parametrize(
    ("body", "shape", "why"),
    [
        ((Conv.of([[[1.0, 2.0, 3.0]]], padding=1, stride=2), ReLU()), (1, 1), "moves its places"),
        ((NARROWER, ReLU(), WIDER), (1, 3), "moves its places"),
        ((Conv.of([[[1.0]]] * 2, groups=2), ReLU()), (2, 1), "without groups"),
    ],
)
def test_other_convolutions(body, shape, why):
    """Stride 1, and zeros around as far as the kernel reaches."""
    with pytest.raises(DoesNotApply, match=why):
        ResidualAsPlain(0).apply(Network((Residual((body, ())), Flatten()), shape))


@pytest.mark.parametrize("branches", [((A, ReLU(), B), (ONE,)), ((), ()), ((A, ReLU(), B), (), ())])
def test_other_sums(branches):
    """One body, and the input once."""
    with pytest.raises(DoesNotApply, match="does not add its input once"):
        ResidualAsPlain(0).apply(Network((Residual(branches),), (1,)))
