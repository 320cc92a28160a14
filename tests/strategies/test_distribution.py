"""The text of the distribution, beside what random blocks amount to."""

import re
from dataclasses import replace

import pytest

from axiomcheck.networks import Family, Softmax, Style
from axiomcheck.strategies import cases, layout, wide
from axiomcheck.strategies.codec import SIZE, WIDE_SIZE, draw_baseline, draw_network, draw_points
from axiomcheck.strategies.distribution import DISTRIBUTION, distribution

BLOCKS = 3000
WITHIN = 3.0
"""By how many points a share of so many blocks may differ: more than three standard deviations."""


def _stated(pattern):
    """Return the share that the text states, in points."""
    (found,) = re.findall(pattern.replace("%", r"([\d.]+) %"), DISTRIBUTION)
    return float(found)


@pytest.mark.parametrize(
    ("pattern", "is_one"),
    [
        ("the baseline 0 in %", lambda block: not any(draw_baseline(block, Family(), 4))),
        ("a ReLU at the end of %", lambda block: draw_network(block, Family()).ends_in_relu),
        (r"affine layers \(1: %", lambda block: len(draw_network(block, Family()).linears) == 1),
        (r"variables \(1: %", lambda block: draw_network(block, Family()).in_features == 1),
        ("% of biases 0", lambda block: draw_network(block, Family()).linears[0].bias[0] == 0),
        ("% of coordinates simple", lambda block: draw_points(block, Family(), 4, 1)[0][2] * 16 % 2 != 1),
    ],
)
def test_perceptrons_are_drawn_as_it_is_stated(pattern, is_one, draw_blocks):
    """Of random blocks as many are such as the text says."""
    met = sum(map(is_one, draw_blocks(BLOCKS, 171, SIZE)))
    assert 100 * met / BLOCKS == pytest.approx(_stated(pattern), abs=WITHIN)


@pytest.mark.parametrize(
    ("pattern", "family", "is_one"),
    [
        ("% in a style of their own", "styles", lambda network: network.style != Style()),
        ("% are tent maps", "shared", lambda network: network.shape == (1,) and len(network.linears) > 2),
        (
            r"where a layer is for them on signals, images or volumes \(vector: %",
            "conv",
            lambda network: len(network.shape) == 1,
        ),
    ],
)
def test_wide_networks_are_drawn_as_it_is_stated(pattern, family, is_one, draw_blocks):
    """Of blocks with slots, or styles, as many are such as the text says, or nearly."""
    chosen, blocks = Family.parse(family), draw_blocks(BLOCKS, 172, WIDE_SIZE)
    if family == "conv":
        blocks = [block[:SIZE] + bytes([100]) + block[SIZE + 1 :] for block in blocks]
    if family == "shared":
        blocks = [block for block in blocks if block[SIZE] >= 248]
        assert 100 * len(blocks) / BLOCKS == pytest.approx(_stated(pattern), abs=WITHIN)
        assert all(is_one(draw_network(block, chosen)) for block in blocks)
        return
    met = sum(is_one(draw_network(block, chosen)) for block in blocks)
    assert 100 * met / len(blocks) == pytest.approx(_stated(pattern), abs=WITHIN + 2)


def test_softmaxes_are_drawn_as_it_is_stated(draw_blocks):
    """Of networks with a head of several outputs as many end in one."""
    family = Family.parse("softmax")
    blocks = [block[:SIZE] + bytes([100]) + block[SIZE + 1 :] for block in draw_blocks(BLOCKS, 173, WIDE_SIZE)]
    many = [network for network in (draw_network(block, family) for block in blocks) if network.out_features > 1]
    share = sum(network.layers[-1] == Softmax() for network in many) / len(many)
    assert 100 * share == pytest.approx(_stated("% of heads of several outputs with a softmax"), abs=WITHIN)


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (layout, "DEPTH"),
        (layout, "VARIABLES"),
        (layout, "FINAL_RELU"),
        (layout, "MOVED_BASELINE"),
        (cases, "SPECIAL"),
        (layout, "LIKE_INPUT"),
        (cases, "ZEROS"),
        (cases, "COURSE"),
        (wide, "FORM"),
        (wide, "INPUT"),
        (wide, "BARE"),
        (wide, "SOFTMAX"),
        (wide, "STYLED"),
        (wide, "SHARED"),
    ],
)
def test_the_text_follows_its_draws(module, name, monkeypatch):
    """A draw in other shares is told in other words: the text is made of the draws alone."""
    draw = getattr(module, name)
    first, last = draw.table[0], draw.table[-1]
    monkeypatch.setattr(module, name, replace(draw, table=(first,) * 255 + (last,)))
    assert distribution() != DISTRIBUTION
