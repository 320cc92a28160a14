"""Layers inside blocks."""

from axiomcheck.networks import Concat, Linear, ReLU, Residual
from axiomcheck.networks.tree import every_layer, leaves, map_leaves, replace_leaves

A, B, C, D = (Linear(((float(number),),), (0.0,)) for number in (1, 2, 3, 4))
INNER = Residual(((B, ReLU()), ()))
LAYERS = (A, Concat(((INNER, C), (D,))), ReLU())


def test_leaves_stand_in_the_order_of_the_code():
    """Branch after branch, blocks inside opened too, themselves not told."""
    assert list(leaves(LAYERS)) == [A, B, ReLU(), C, D, ReLU()]
    assert list(leaves(())) == []


def test_map_leaves_counts_the_leaves():
    """Each leaf is offered with its number; what comes back stands in its place, more or fewer."""
    seen = []

    def change(number, layer):
        seen.append((number, layer))
        return () if number == 1 else (layer, ReLU()) if number == 4 else (layer,)

    assert map_leaves(LAYERS, change) == (A, Concat(((Residual(((ReLU(),), ())), C), (D, ReLU()))), ReLU())
    assert seen == list(enumerate(leaves(LAYERS)))


def test_replace_leaves_goes_by_number():
    """Only the leaves that are named are others."""
    assert replace_leaves(LAYERS, {0: D, 3: A}) == (D, Concat(((INNER, A), (D,))), ReLU())
    assert replace_leaves(LAYERS, {}) == LAYERS


def test_every_layer_names_blocks_before_what_is_inside():
    """Blocks and leaves alike, from the outside in."""
    assert list(every_layer(LAYERS)) == [A, LAYERS[1], INNER, B, ReLU(), C, D, ReLU()]
