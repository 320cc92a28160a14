"""The tools that rewrites share."""

import pytest

from axiomcheck.networks import REWRITES, DoesNotApply, Linear, Network, ReLU
from axiomcheck.networks.rewrites.rewrite import (
    activated,
    affine,
    columns,
    hidden,
    identity,
    is_power_of_two,
    put,
    require,
    unit_vector,
    with_columns,
    with_layers,
    with_linears,
)

A, B = Linear(((1.0, 2.0), (3.0, 4.0)), (5.0, 6.0)), Linear(((7.0, 8.0),), (9.0,))
NETWORK = Network((A, ReLU(), B))


def test_require_says_why():
    """The sentence is the exception's."""
    with pytest.raises(DoesNotApply, match="because"):
        require(False, "because")
    require(True, "because")


def test_affine_layers_are_counted_apart():
    """Affine layer 1 stands at position 2, behind the ReLU."""
    assert [affine(NETWORK, 0), affine(NETWORK, 1)] == [0, 2]


def test_hidden_layers_come_with_the_one_above():
    """The first layer is hidden below the second; the last is not."""
    assert hidden(NETWORK, 0, 1) == (A, B)
    assert activated(NETWORK, 0, 1) == 0
    with pytest.raises(DoesNotApply, match="no ReLU behind"):
        hidden(NETWORK, 1)


def test_layers_are_exchanged_by_number():
    """Only the numbered affine layers change."""
    other = Linear(((0.0, 1.0),), (2.0,))
    assert with_linears(NETWORK, {1: other}) == Network((A, ReLU(), other))


def test_layers_are_put_in():
    """Inserted layers stand in place of the dropped ones."""
    assert with_layers(NETWORK, 1, [ReLU(), ReLU()], dropped=1) == Network((A, ReLU(), ReLU(), B))


def test_columns_are_the_transpose():
    """Columns and back is the matrix itself."""
    assert columns(A.weight) == ((1.0, 3.0), (2.0, 4.0))
    assert with_columns(A, columns(A.weight)) == A


def test_vectors():
    """Unit vectors, the identity, and one exchanged number."""
    assert unit_vector(3, 1, 2.0) == (0.0, 2.0, 0.0)
    assert identity(2) == ((1.0, 0.0), (0.0, 1.0))
    assert put((1.0, 2.0, 3.0), 1, 9.0) == (1.0, 9.0, 3.0)


@pytest.mark.parametrize(
    ("value", "answer"),
    [(1.0, True), (4.0, True), (0.125, True), (3.0, False), (0.75, False), (0.0, False), (-2.0, False)],
)
def test_powers_of_two(value, answer):
    """1, 4 and an eighth are; 3, three quarters, 0 and -2 are not."""
    assert is_power_of_two(value) is answer


def test_sites_move_when_a_unit_before_them_goes():
    """A cancelling pair that reads unit 2 below and adds to unit 1 above keeps reading and adding to them."""
    pair = REWRITES["cancelling-pair"](1, 2, 1.0, 0.0, 1, 1.0)
    assert pair.without_unit(0, 0) == REWRITES["cancelling-pair"](1, 1, 1.0, 0.0, 1, 1.0)
    assert pair.without_unit(2, 0) == REWRITES["cancelling-pair"](1, 2, 1.0, 0.0, 0, 1.0)
    assert pair.without_unit(1, 0) == pair.without_unit(0, 3) == pair
