"""Twins."""

import pytest

from axiomcheck.networks import REWRITES, DoesNotApply, Linear, Network, ReLU, Twin

NETWORK = Network((Linear(((1.0, -1.0), (0.0, 1.0)), (0.0, 0.0)), ReLU(), Linear(((1.0, 1.0),), (0.0,))))
PERMUTE, SPLIT, PAIR = REWRITES["permute"](0, 0, 1), REWRITES["split"](0, 0, 0.5), REWRITES["max-pair"](0, 0, 1)


def test_rewrites_are_applied_in_turn():
    """The second rewrite works on what the first has made."""
    assert Twin(NETWORK, (PERMUTE, SPLIT)).rewritten == SPLIT.apply(PERMUTE.apply(NETWORK))
    assert Twin(NETWORK, (PERMUTE, SPLIT)).rewritten != PERMUTE.apply(SPLIT.apply(NETWORK))


def test_a_twin_is_two_networks():
    """Iterated over, it gives the network and its re-implementation."""
    assert list(Twin(NETWORK, (PERMUTE,))) == [NETWORK, PERMUTE.apply(NETWORK)]


def test_no_rewrite_leaves_the_network():
    """Without rewrites both are the same."""
    assert Twin(NETWORK, ()).rewritten == NETWORK


def test_a_side_condition_that_fails_is_told():
    """The re-implementation raises where a rewrite does not apply."""
    with pytest.raises(DoesNotApply):
        _ = Twin(NETWORK, (REWRITES["permute"](0, 0, 5),)).rewritten


def test_one_rewrite_bounds_the_domain():
    """If any rewrite keeps the function on inputs of at least 0 only, so do all together."""
    assert Twin(NETWORK, (PERMUTE, PAIR)).on_nonnegative
    assert not Twin(NETWORK, (PERMUTE, SPLIT)).on_nonnegative
