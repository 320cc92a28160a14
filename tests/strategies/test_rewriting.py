"""Blocks of bytes as rewrites."""

from collections import Counter

import pytest

from axiomcheck.networks import REWRITES, Linear, Network, ReLU, Twin
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies.codec import SIZE, draw_network
from axiomcheck.strategies.rewriting import draw_twin


@pytest.mark.parametrize("preset", PRESETS)
def test_both_networks_are_in_the_family(preset, draw_blocks):
    """The network, changed a little or not, and its re-implementation belong to the family."""
    family = PRESETS[preset]
    for block in draw_blocks(300, seed=111):
        twin = draw_twin(block, draw_network(block, family), family)
        assert all(network in family for network in twin)
        assert len(twin.rewrites) <= 2


def test_a_dead_pair_is_no_twin_of_a_family_without_biases():
    """Where a rewrite would leave the family, the twin has none."""
    network = Network((Linear(((1.0, 2.0),), (0.0,)),))
    for name in ("move-bias", "guard"):
        assert draw_twin(bytes(SIZE), network, PRESETS["bias-free"], kinds=(name,), count=1) == Twin(network, ())


@pytest.mark.parametrize("name", REWRITES)
def test_kinds_are_kept_to(name, draw_blocks):
    """Asked for one kind, twins have no other; asked for a count, no more."""
    drawn = [
        draw_twin(block, draw_network(block, PRESETS["biased"]), PRESETS["biased"], kinds=(name,), count=2)
        for block in draw_blocks(60, seed=112)
    ]
    assert {rewrite.name for twin in drawn for rewrite in twin.rewrites} == {name}
    assert max(len(twin.rewrites) for twin in drawn) <= 2


def test_all_kinds_are_drawn(draw_blocks):
    """Among many biased networks every rewrite turns up often, alone or with another."""
    counts = Counter(
        rewrite.name
        for block in draw_blocks(600, seed=113)
        for rewrite in draw_twin(block, draw_network(block, PRESETS["biased"]), PRESETS["biased"]).rewrites
    )
    assert counts.keys() == REWRITES.keys()
    assert min(counts.values()) >= 10


def test_almost_every_network_has_a_rewrite(draw_blocks):
    """In no preset family more than one network in twenty is left without."""
    for family in PRESETS.values():
        twins = [draw_twin(block, draw_network(block, family), family) for block in draw_blocks(300, seed=114)]
        assert sum(not twin.rewrites for twin in twins) < 15


def test_the_block_of_zeros_has_the_first_kind():
    """On a network with a hidden layer, zero bytes mean the first rewrite of the catalogue, once."""
    network = Network((Linear(((1.0,),), (0.0,)), ReLU(), Linear(((1.0,),), (0.0,))))
    (rewrite,) = draw_twin(bytes(SIZE), network, PRESETS["biased"]).rewrites
    assert rewrite.name == next(iter(REWRITES))
    assert rewrite.layer == 0
