"""Aims: networks that have what a rewrite is about."""

from collections import Counter

import pytest

from axiomcheck.networks import REWRITES
from axiomcheck.networks.composition import composition
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies.aims import AIMS, aimed
from axiomcheck.strategies.cases import one_network, one_twin
from axiomcheck.strategies.codec import block_size, draw_network
from axiomcheck.strategies.rewrites import NEEDS, draw_twin

FAMILY = PRESETS["ordinary"]
CASES = 1500
LEAST = 20 / 500
"""The share of the cases that each stratum has at least."""


def _strata(draw, blocks):
    """Return in which part of the cases each kind of layer, option and rewrite is, of whatever dimension."""
    counts = Counter()
    for block in blocks:
        counts.update({_any_dimension(name) for name in composition(draw(block, FAMILY))})
    return {name: count / CASES for name, count in counts.items()}


def _any_dimension(name):
    kind, colon, option = name.partition(":")
    return kind.removesuffix("d").rstrip("123") + colon + option if kind[-2:] in ("1d", "2d", "3d") else name


@pytest.mark.parametrize("rewrite", AIMS)
def test_what_is_aimed_at_is_met_more_often(rewrite, draw_blocks):
    """Aimed, a third of the networks or more admits the rewrite at some place; left to chance, fewer do."""
    blocks = draw_blocks(60, 181, block_size(FAMILY))
    aimed_at = sum(_applies(rewrite, aimed(block, FAMILY, [rewrite])) for block in blocks)
    by_chance = sum(_applies(rewrite, block) for block in blocks)
    assert aimed_at >= 20
    assert aimed_at > by_chance


def _applies(rewrite, block):
    return bool(draw_twin(block, draw_network(block, FAMILY), FAMILY, kinds=(rewrite,), count=1).rewrites)


def test_blocks_for_perceptrons_are_left_alone(draw_blocks):
    """Where there are no other layers, nothing is aimed at."""
    family = PRESETS["biased"]
    for block in draw_blocks(20, 182, block_size(family)):
        assert aimed(block, family, tuple(AIMS)) == block


@pytest.mark.parametrize("draw", [one_network, one_twin])
def test_every_stratum_has_its_share(draw, draw_blocks):
    """Each kind of layer, each option, and of twins each rewrite, is in one of 25 cases or more: 20 of 500."""
    shares = _strata(draw, draw_blocks(CASES, 183, block_size(FAMILY)))
    tail_or_twin = ("network", "rewrite") if draw is one_network else ("network",)
    strata = {name for name in shares if not name.startswith(tail_or_twin)}
    assert {name: share for name, share in shares.items() if name in strata and share < LEAST} == {}
    if draw is one_twin:
        possible = {name for name in REWRITES if NEEDS.get(name, set()) <= FAMILY.items}
        assert {f"rewrite: {name}" for name in possible} <= strata
