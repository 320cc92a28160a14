"""Blocks of bytes as rewrites."""

from collections import Counter

import pytest

from axiomcheck.networks import REWRITES, Family, Linear, Network, ReLU, Twin
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies.cases import one_twin
from axiomcheck.strategies.codec import SIZE, block_size, draw_network
from axiomcheck.strategies.rewrites import NEEDS, draw_twin

OF_ATTENTION = {"value-gauge", "key-gauge", "swap-heads", "dead-head", "key-shift"} | {
    *("style-attention-written", "style-attention-fused", "style-attention-module"),
}
OF_PRODUCTS = {"scale-branches", "associate"}
RARE = ("scale-branches", "associate", "average-as-conv", "max-pool-as-relu", "style-pool-functional", "style-shared")
"""What few networks have room for: a pool that is no block's, a pool at all, equal layers."""

OF_PERCEPTRONS = [name for name, rewrite in REWRITES.items() if rewrite.level == "function" and name not in NEEDS]


@pytest.mark.parametrize("preset", PRESETS)
def test_both_networks_are_in_the_family(preset, draw_blocks):
    """The network, changed a little or not, and its re-implementation belong to the family."""
    family = PRESETS[preset]
    for block in draw_blocks(300, 111, block_size(family)):
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
    family = PRESETS["attention" if name in OF_ATTENTION else "smooth" if name in OF_PRODUCTS else "ordinary"]
    drawn = [
        draw_twin(block, draw_network(block, family), family, kinds=(name,), count=2)
        for block in draw_blocks(200 if name in RARE else 60, 112, block_size(family))
    ]
    assert {rewrite.name for twin in drawn for rewrite in twin.rewrites} == {name}
    assert max(len(twin.rewrites) for twin in drawn) <= 2


@pytest.mark.parametrize(
    ("preset", "kinds", "least"),
    [("biased", OF_PERCEPTRONS, 10), ("ordinary", [*REWRITES.keys() - OF_ATTENTION - OF_PRODUCTS], 1)],
)
def test_all_kinds_are_drawn(preset, kinds, least, draw_blocks):
    """Every rewrite that a family has room for turns up among many of its networks, alone or with another."""
    family = PRESETS[preset]
    counts = Counter(
        rewrite.name
        for block in draw_blocks(600, 113, block_size(family))
        for rewrite in one_twin(block, family).rewrites
    )
    assert counts.keys() == set(kinds)
    assert min(counts.values()) >= least


@pytest.mark.parametrize("preset", PRESETS)
def test_almost_every_network_has_a_rewrite(preset, draw_blocks):
    """In no preset family more than one network in twenty is left without."""
    family = PRESETS[preset]
    blocks = draw_blocks(300, 114, block_size(family))
    assert sum(not draw_twin(block, draw_network(block, family), family).rewrites for block in blocks) < 15


@pytest.mark.parametrize("name", [name for name, rewrite in REWRITES.items() if rewrite.level == "code"])
def test_another_style_keeps_the_layers(name, draw_blocks):
    """A rewrite of the code alone leaves layers and shape, and the code is another."""
    family = PRESETS["ordinary"]
    for block in draw_blocks(40, 115, block_size(family)):
        one, other = draw_twin(block, draw_network(block, family), family, kinds=(name,), count=1)
        assert (one.layers, one.shape) == (other.layers, other.shape)
        assert one == other or one.code() != other.code()


def test_families_without_styles_have_no_other_code(draw_blocks):
    """Among perceptrons, and where only layers may be shared, no rewrite changes the style but to sharing."""
    for text, styles in (("biased", set()), ("conv,residual", set()), ("conv,residual,shared", {"style-shared"})):
        family = Family.parse(text)
        names = {
            rewrite.name
            for block in draw_blocks(200, 116, block_size(family))
            for rewrite in draw_twin(block, draw_network(block, family), family).rewrites
        }
        assert {name for name in names if REWRITES[name].level == "code"} <= styles


def test_the_block_of_zeros_has_the_first_kind():
    """On a network with a hidden layer, zero bytes mean the first rewrite of the catalogue, once."""
    network = Network((Linear(((1.0,),), (0.0,)), ReLU(), Linear(((1.0,),), (0.0,))))
    (rewrite,) = draw_twin(bytes(SIZE), network, PRESETS["biased"]).rewrites
    assert rewrite.name == next(iter(REWRITES))
    assert rewrite.layer == 0
