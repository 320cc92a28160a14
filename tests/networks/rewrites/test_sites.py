"""Sites: layers in their places, wherever in the tree."""

import numpy as np
import pytest

from axiomcheck.networks import (
    AvgPool,
    Concat,
    Conv,
    ConvTranspose,
    DoesNotApply,
    Dropout,
    Flatten,
    LeakyReLU,
    Linear,
    Network,
    ReLU,
    ReLU6,
    Residual,
    Softmax,
    Style,
)
from axiomcheck.networks.rewrites.sites import (
    activated_layer,
    affine,
    end,
    has_passed_relu,
    place,
    places,
    pointwise,
    require,
    sites,
    with_weights,
)

CONV = Conv.of([[[1.0, 2.0, 3.0]]], [4.0], padding=1)
HEAD = Linear(((1.0,) * 4, (2.0,) * 4), (0.0, 0.0))
INNER = Residual(((CONV, ReLU()), ()))
NETWORK = Network(
    (ReLU(), Concat(((INNER, CONV), (Dropout(),))), Flatten(), HEAD, Softmax()), (1, 2), Style(layout="forward")
)


def test_require_says_why():
    """The sentence is the exception's."""
    with pytest.raises(DoesNotApply, match="because"):
        require(False, "because")
    require(True, "because")


def test_every_layer_has_a_site():
    """Outer ones first, in order, with the shape that enters."""
    found = [(type(site.layer).__name__, site.path, site.shape) for site in sites(NETWORK)]
    assert found == [
        ("ReLU", (), (1, 2)),
        ("Concat", (), (1, 2)),
        ("Residual", ((1, 0),), (1, 2)),
        ("Conv", ((1, 0), (0, 0)), (1, 2)),
        ("ReLU", ((1, 0), (0, 0)), (1, 2)),
        ("Conv", ((1, 0),), (1, 2)),
        ("Dropout", ((1, 1),), (1, 2)),
        ("Flatten", (), (2, 2)),
        ("Linear", (), (4,)),
        ("Softmax", (), (2,)),
    ]


def test_weighted_layers_are_counted_through_branches():
    """Layer 1 is the second convolution, layer 2 the head."""
    assert [with_weights(NETWORK, number)[1] for number in range(3)] == [CONV, CONV, HEAD]
    assert affine(NETWORK, 2)[1] == HEAD
    for number in (-1, 3):
        with pytest.raises(DoesNotApply, match=f"the network has no layer {number}"):
            affine(NETWORK, number)


def test_layers_are_exchanged_where_they_stand():
    """The inner convolution gives way to two ReLUs, and nothing else changes."""
    changed = with_weights(NETWORK, 0)[0].replace(ReLU(), ReLU())
    inner = Residual(((ReLU(), ReLU(), ReLU()), ()))
    assert changed.layers[1] == Concat(((inner, CONV), (Dropout(),)))
    assert (changed.layers[2:], changed.shape, changed.style) == (NETWORK.layers[2:], NETWORK.shape, NETWORK.style)


def test_what_comes_before_and_behind():
    """Before the second convolution stand the inner block and the first ReLU; in its branch nothing follows."""
    site, _ = with_weights(NETWORK, 1)
    assert (site.before, site.behind) == ((INNER, ReLU()), ())


@pytest.mark.parametrize(
    ("layers", "passed"),
    [
        ((), False),
        ((ReLU(),), True),
        ((ReLU6(), Dropout(), AvgPool((1,), (1,)), Flatten()), True),
        ((LeakyReLU(),), False),
        ((ReLU(), CONV), False),
        ((Residual(((CONV, ReLU()), ())),), False),
    ],
)
def test_what_has_passed_a_relu(layers, passed):
    """Pools, dropout and flattening let positive numbers be positive; sums and weights may not."""
    assert has_passed_relu(end(Network((*layers, Flatten()), (1, 2)))) is passed


def test_a_branch_reads_what_its_block_reads():
    """Behind the ReLU all has passed one at the beginning of either branch."""
    assert has_passed_relu(with_weights(NETWORK, 0)[0])
    assert not has_passed_relu(with_weights(NETWORK, 1)[0])


def test_the_end_comes_before_a_softmax():
    """What a softmax reads is the output."""
    assert (end(NETWORK).position, end(Network(NETWORK.layers[:-1], (1, 2))).position) == (4, 4)


def test_convolutions_that_are_not_rewritten():
    """Transposed convolutions and those in groups say so."""
    network = Network((Conv.of([[[1.0]]] * 2), Conv.of([[[1.0]]] * 2, groups=2), Flatten()), (1, 2))
    with pytest.raises(DoesNotApply, match="layer 1 is a convolution in groups"):
        affine(network, 1)
    with pytest.raises(DoesNotApply, match="layer 0 is a transposed convolution"):
        affine(Network((ConvTranspose.of([[[1.0]]]), Flatten()), (1, 2)), 0)


def test_activated_layers():
    """A ReLU stands right behind, and the unit is one of the layer's."""
    assert activated_layer(NETWORK, 0, 0)[1] == CONV
    with pytest.raises(DoesNotApply, match="layer 2 has no ReLU behind it"):
        activated_layer(NETWORK, 2, 0)
    with pytest.raises(DoesNotApply, match="layer 0 has no unit 1"):
        activated_layer(NETWORK, 0, 1)


def test_pointwise_layers():
    """Like a Linear it is one; like a convolution it has kernels of 1, in as many dimensions."""
    matrix = np.array([[1.0, 2.0]])
    assert pointwise(HEAD, matrix, np.array([3.0])) == Linear(((1.0, 2.0),), (3.0,))
    assert pointwise(CONV, matrix) == Conv.of([[[1.0], [2.0]]])
    assert pointwise(Conv.of([[[[5.0]]]]), matrix) == Conv.of([[[[1.0]], [[2.0]]]])


def test_places_of_a_kind():
    """The layers of a kind with their sites, in order; those past the last are refused by name."""
    assert [(site.position, layer) for site, layer in places(NETWORK, Flatten)] == [(2, Flatten())]
    assert [site.path for site, _ in places(NETWORK, Conv)] == [((1, 0), (0, 0)), ((1, 0),)]
    assert place(NETWORK, 1, Conv, "convolution")[1] == CONV
    with pytest.raises(DoesNotApply, match="the network has no convolution 2"):
        place(NETWORK, 2, Conv, "convolution")
