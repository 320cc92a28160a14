"""What rewrites have in common, and their tools for Linear layers."""

from dataclasses import fields

import pytest

from axiomcheck.networks import REWRITES, Conv, DoesNotApply, Flatten, Linear, Network, ReLU, Residual
from axiomcheck.networks.rewrites import LayerRewrite
from axiomcheck.networks.rewrites.rewrite import columns, is_power_of_two, multiply, put, with_layers, with_linears

A, B = Linear(((1.0, 2.0), (3.0, 4.0)), (5.0, 6.0)), Linear(((7.0, 8.0),), (9.0,))
NETWORK = Network((A, ReLU(), B))
CONV = Conv.of([[[1.0, 2.0]], [[3.0, 4.0]], [[5.0, 6.0]]])
HEAD = Linear(((1.0,) * 6,), (0.0,))
IMAGE = Network((CONV, ReLU(), Flatten(), HEAD), (1, 3))


def test_layers_are_exchanged_by_number():
    """Only the numbered Linear layers change, those inside blocks too."""
    other = Linear(((0.0, 1.0),), (2.0,))
    assert with_linears(NETWORK, {1: other}) == Network((A, ReLU(), other))
    inside = Network((Residual(((A,), ())), B), (2,))
    turned = Linear(((3.0, 4.0), (1.0, 2.0)), (0.0, 0.0))
    assert with_linears(inside, {0: turned, 1: other}).layers == (Residual(((turned,), ())), other)


def test_layers_are_put_in():
    """Inserted layers stand in place of the dropped ones."""
    assert with_layers(NETWORK, 1, [ReLU(), ReLU()], dropped=1) == Network((A, ReLU(), ReLU(), B))


def test_columns_are_the_transpose():
    """Columns and back is the matrix itself."""
    assert columns(A.weight) == ((1.0, 3.0), (2.0, 4.0))
    assert columns(columns(A.weight)) == A.weight


def test_vectors():
    """A multiple, and one exchanged number."""
    assert multiply((1.0, -2.0), 3.0) == (3.0, -6.0)
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


def test_rewrites_without_units_are_left_alone():
    """A lost unit is nothing to a rewrite of a pool, of a block, of the code, of all."""
    for name in ("max-pool-as-relu", "residual-as-plain"):
        assert REWRITES[name](1).without_unit(0, 0) == REWRITES[name](1)
    for name in ("max-tree", "style-blocks"):
        assert REWRITES[name]().without_unit(0, 0) == REWRITES[name]()


@pytest.mark.parametrize("name", REWRITES)
def test_the_field_that_says_where_is_the_first(name):
    """No rewrite has a number that means nothing: where there is one place, no field counts places."""
    kind = REWRITES[name]
    assert [field.name for field in fields(kind)][:1] == ([kind.where] if kind.where else [])
    assert kind.where == "layer" if issubclass(kind, LayerRewrite) else kind.where in ("pool", "block", "start", "")


def test_places_are_counted():
    """Two layers, and the output for an identity; one network; no pool, no block."""
    counts = {name: REWRITES[name].count(IMAGE) for name in ("split", "identity", "max-tree", "max-pool-as-relu")}
    assert counts == {"split": 2, "identity": 3, "max-tree": 1, "max-pool-as-relu": 0}
    assert REWRITES["residual-as-plain"].count(IMAGE) == 0


def test_units_to_choose_from():
    """Of a convolution units are channels; a Linear behind a Flatten reads places."""
    assert REWRITES["cancelling-pair"].choices(IMAGE, 0) == {"source": 1, "out": 1}
    assert REWRITES["permute"].choices(IMAGE, 0) == {"unit": 3, "other": 3}
    assert REWRITES["factorise"].choices(IMAGE, 1) == {"source": 6}
    assert REWRITES["guarded-bias"].choices(NETWORK, 1) == {"unit": 1, "source": 2}
    assert REWRITES["max-tree"].choices(NETWORK, 0) == {}


def test_no_units_to_choose_from():
    """Above the last layer there is none whose units could be named."""
    with pytest.raises(DoesNotApply, match="layer 1 has no ReLU behind it"):
        REWRITES["dead-unit"].choices(NETWORK, 1)
