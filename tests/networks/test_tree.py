"""Layers inside blocks."""

from itertools import pairwise

from axiomcheck.networks import Block, Concat, Linear, ReLU, Residual
from axiomcheck.networks.tree import changed, exchanged, leaves, sequences

A, B, C, D = (Linear(((float(number),),), (0.0,)) for number in (1, 2, 3, 4))
INNER = Residual(((B, ReLU()), ()))
LAYERS = (A, Concat(((INNER, C), (D,))), ReLU())


def test_leaves_stand_in_the_order_of_the_code():
    """Branch after branch, blocks inside opened too, themselves not told."""
    assert list(leaves(LAYERS)) == [A, B, ReLU(), C, D, ReLU()]
    assert list(leaves(())) == []


def test_changed_counts_the_leaves():
    """Each leaf is offered with its number; what comes back stands in its place, more or fewer."""
    seen = []

    def change(number, layer):
        seen.append((number, layer))
        return () if number == 1 else (layer, ReLU()) if number == 4 else (layer,)

    assert changed(LAYERS, change) == (A, Concat(((Residual(((ReLU(),), ())), C), (D, ReLU()))), ReLU())
    assert seen == list(enumerate(leaves(LAYERS)))


def test_exchanged_exchanges_by_number():
    """Only the leaves that are named are others."""
    assert exchanged(LAYERS, {0: D, 3: A}) == (D, Concat(((INNER, A), (D,))), ReLU())
    assert exchanged(LAYERS, {}) == LAYERS


def test_sequences_tell_where_they_begin():
    """The outermost comes first; each has the number of its first leaf."""
    assert list(sequences(LAYERS)) == [(0, LAYERS), (1, (INNER, C)), (1, (B, ReLU())), (3, ()), (4, (D,))]


def test_sequences_of_random_networks(random_networks):
    """The leaves of every sequence are the network's own, from its number on; each branch of a block has one."""
    for network in random_networks(100, 53):
        found = list(sequences(network.layers))
        for start, layers in found:
            inside = tuple(leaves(layers))
            assert network.leaves[start : start + len(inside)] == inside
        assert all(before <= behind for (before, _), (behind, _) in pairwise(found))
        assert len(found) == 1 + _branches(network.layers)


def _branches(layers):
    inner = [branch for layer in layers if isinstance(layer, Block) for branch in layer.branches]
    return len(inner) + sum(map(_branches, inner))
