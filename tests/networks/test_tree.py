"""Layers inside blocks."""

from axiomcheck.networks import Concat, Linear, ReLU, Residual
from axiomcheck.networks.tree import changed, exchanged, leaves

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
