"""Blocks of bytes as networks and points."""

from itertools import combinations, product

import pytest

from axiomcheck.networks import Family, Network
from axiomcheck.networks.family import CURVED, ITEMS, OPTIONS, PRESETS
from axiomcheck.strategies.codec import (
    BASELINE,
    MAX_AFFINE,
    MAX_OUTPUTS,
    MAX_POINTS,
    MAX_WIDTH,
    POINTS,
    SIZE,
    WEIGHTS,
    WIDE_POINTS,
    WIDE_SIZE,
    block_size,
    draw_baseline,
    draw_network,
    draw_points,
    draw_target,
    is_wide,
)
from axiomcheck.strategies.large import MOST_OUTPUTS
from axiomcheck.strategies.wide import MAX_VARIABLES

ZEROS = bytes(SIZE)
ALL = [Family(*values) for values in product(*OPTIONS.values())]
ORDINARY = PRESETS["ordinary"]


def _families(items):
    """Return the families of ``items`` with every combination of options; what is curved asks for the widest."""
    return [
        Family(*values, items=frozenset(items))
        for values in product(*OPTIONS.values())
        if not CURVED & set(items) or values[:2] == ("any", "any")
    ]


@pytest.mark.parametrize("family", ALL, ids=str)
def test_drawn_networks_belong(family, draw_blocks):
    """In every family, networks, points and baselines are the family's, and small."""
    for block in draw_blocks(40, seed=101):
        network = draw_network(block, family)
        size = network.in_features
        assert network in family
        assert size <= MAX_WIDTH
        assert len(network.linears) <= MAX_AFFINE
        assert network.out_features <= (1 if family.outputs == "1" else MAX_OUTPUTS)
        assert all(layer.out_features <= MAX_WIDTH for layer in network.linears)
        points = (*draw_points(block, family, size, MAX_POINTS), draw_baseline(block, family, size))
        assert all(len(point) == size and family.admits_point(point) for point in points)
        assert 0 <= draw_target(block, network) < network.out_features


def test_all_sizes_are_drawn(draw_blocks):
    """Every number of variables, layers and outputs comes, with and without a ReLU at the end."""
    networks = [draw_network(block, PRESETS["biased"]) for block in draw_blocks(300, seed=102)]
    assert {network.in_features for network in networks} == set(range(1, MAX_WIDTH + 1))
    assert {len(network.linears) for network in networks} == set(range(1, MAX_AFFINE + 1))
    assert {network.out_features for network in networks} == set(range(1, MAX_OUTPUTS + 1))
    assert {network.ends_in_relu for network in networks} == {True, False}


@pytest.mark.parametrize("family", ALL, ids=str)
def test_the_block_of_zeros_is_the_simplest(family):
    """All bytes zero: one variable, one layer, one output, one zero weight, at 0 from 0."""
    network = draw_network(ZEROS, family)
    assert (network.in_features, network.out_features, len(network.linears)) == (1, 1, 1)
    assert set(network.numbers) == {0.0}
    assert network.ends_in_relu is (family.output == "relu")
    assert draw_points(ZEROS, family, 1, 2) == ((0.0,), (0.0,))
    assert draw_baseline(ZEROS, family, 1) == (0.0,)


def test_the_block_of_ones_is_the_largest():
    """All bytes 255: four variables, four layers, four outputs, of which the last is asked about."""
    network = draw_network(b"\xff" * SIZE, PRESETS["biased"])
    assert (network.in_features, network.out_features, len(network.linears)) == (MAX_WIDTH, MAX_OUTPUTS, MAX_AFFINE)
    assert draw_target(b"\xff" * SIZE, network) == MAX_OUTPUTS - 1


def test_numbers_keep_their_places(draw_blocks):
    """Another width of the first layer leaves the numbers that both networks have."""
    for block in draw_blocks(30, seed=103):
        narrow, wide = (
            draw_network(bytes([200, 255, width, *block[3:]]), PRESETS["biased"]).linears[0] for width in (0, 255)
        )
        assert (narrow.weight[0], narrow.bias[0]) == (wide.weight[0], wide.bias[0])


def test_zero_baselines_are_two_of_five(draw_blocks):
    """About 40 % of the baselines are 0 whatever the bytes of their coordinates."""
    baselines = [draw_baseline(block, PRESETS["biased"], 4) for block in draw_blocks(1000, seed=104)]
    assert 340 < sum(not any(baseline) for baseline in baselines) < 460


@pytest.mark.parametrize("family", ALL, ids=str)
def test_perceptrons_have_short_blocks(family):
    """What else a family has makes its blocks long; inputs on kinks need no more room."""
    assert block_size(family) == SIZE
    assert (
        block_size(Family(*(getattr(family, name) for name in OPTIONS), items=frozenset({"kinks", "baselinekinks"})))
        == SIZE
    )
    assert block_size(Family(*(getattr(family, name) for name in OPTIONS), items=frozenset({"conv"}))) == WIDE_SIZE
    assert not is_wide(family)


ITEM_SETS = [
    *({item} for item in ITEMS),
    *(set(ITEMS) - {item} for item in ITEMS),
    {"conv", "maxpool", "residual"},
    {"conv", "batchnorm", "styles"},
    {"shared", "styles"},
    {"convtranspose", "avgpool", "leaky", "kinks"},
]


@pytest.mark.parametrize("items", ITEM_SETS, ids=lambda items: ",".join(i for i in ITEMS if i in items))
def test_networks_of_all_items_belong(items, draw_blocks):
    """Whatever a family is made of, and whatever its options, networks, points and baselines are its own."""
    for number, family in enumerate(_families(items)):
        for block in draw_blocks(12, 105 + number, block_size(family)):
            network = draw_network(block, family)
            size = network.in_features
            assert network in family
            assert size <= MAX_VARIABLES
            points = (*draw_points(block, family, size, MAX_POINTS), draw_baseline(block, family, size))
            assert all(len(point) == size and family.admits_point(point) for point in points)
            assert 0 <= draw_target(block, network) < network.out_features <= max(MAX_OUTPUTS, MOST_OUTPUTS)


def test_networks_of_two_items_belong(draw_blocks):
    """No two items together lead out of their family."""
    outside = [
        (pair, number)
        for pair in combinations(ITEMS, 2)
        for number, block in enumerate(draw_blocks(40, 111, WIDE_SIZE))
        if draw_network(block, Family(items=frozenset(pair))) not in Family(items=frozenset(pair))
    ]
    assert sorted({pair for pair, _ in outside}) == []


@pytest.mark.parametrize("items", ITEM_SETS, ids=lambda items: ",".join(i for i in ITEMS if i in items))
def test_zeros_are_the_simplest_of_all_families(items):
    """All bytes zero are one linear layer of one variable with the weight 0, plainly written, whatever the items."""
    for family in _families(items):
        zeros = bytes(block_size(family))
        assert draw_network(zeros, family) == draw_network(ZEROS, Family(output=family.output))
        nothing = (0.0,) * (MAX_VARIABLES if is_wide(family) else MAX_WIDTH)
        assert draw_points(zeros, family, len(nothing), 2) == (nothing, nothing)
        assert draw_baseline(zeros, family, len(nothing)) == nothing


def test_networks_do_not_depend_on_points(draw_blocks):
    """Other points, another baseline and other rewrites are for the same network."""
    for block, other in zip(draw_blocks(60, 106, WIDE_SIZE), draw_blocks(60, 107, WIDE_SIZE), strict=True):
        mixed = block[:POINTS] + other[POINTS:WEIGHTS] + block[WEIGHTS:WIDE_POINTS] + other[WIDE_POINTS:]
        assert draw_network(mixed, ORDINARY) == draw_network(block, ORDINARY)


def test_a_long_block_begins_with_a_perceptron(draw_blocks):
    """One in nine of the wide blocks stand for the very perceptron that their beginning alone stands for."""
    blocks = draw_blocks(600, 108, WIDE_SIZE)
    plain = [draw_network(block[:SIZE], PRESETS["biased"]) for block in blocks]
    same = [
        Network(draw_network(block, ORDINARY).layers, one.shape)
        for block, one in zip(blocks, plain, strict=True)
        if draw_network(block, ORDINARY).shape == one.shape
    ]
    kept = sum(network in plain for network in same)
    assert 0.07 < kept / 600 < 0.16


def test_wide_points_have_places_of_their_own(draw_blocks):
    """Points of up to four variables, longer ones and the baseline never share a byte with each other."""
    for block in draw_blocks(20, 109, WIDE_SIZE):
        family = PRESETS["biased"]
        for size in (MAX_WIDTH, MAX_WIDTH + 1, MAX_VARIABLES):
            before = (*draw_points(block, family, size, MAX_POINTS), draw_baseline(block, family, size))
            for index in range(MAX_POINTS):
                start = POINTS + index * MAX_WIDTH if size <= MAX_WIDTH else WIDE_POINTS + (index + 1) * MAX_VARIABLES
                changed = block[:start] + bytes([block[start] ^ 128]) + block[start + 1 :]
                points = (*draw_points(changed, family, size, MAX_POINTS), draw_baseline(changed, family, size))
                assert [i for i, (a, b) in enumerate(zip(before, points, strict=True)) if a != b] == [index]
        assert draw_baseline(block[:BASELINE] + b"\x00" + block[BASELINE + 1 :], family, 9) == (0.0,) * 9


@pytest.mark.parametrize("size", [2, 9])
def test_zero_baselines_of_all_sizes(size, draw_blocks):
    """Two of five baselines of images are 0 as well."""
    baselines = [draw_baseline(block, ORDINARY, size) for block in draw_blocks(1000, 110, WIDE_SIZE)]
    assert 340 < sum(not any(baseline) for baseline in baselines) < 460
