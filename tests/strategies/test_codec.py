"""Blocks of bytes as networks and points."""

from itertools import product

import pytest

from axiomcheck.networks import Family
from axiomcheck.networks.dyadics import rank
from axiomcheck.networks.family import OPTIONS, PRESETS
from axiomcheck.strategies.codec import (
    BIAS_VALUES,
    COORDINATES,
    LIVELY_WEIGHT_VALUES,
    MAX_AFFINE,
    MAX_OUTPUTS,
    MAX_POINTS,
    MAX_WIDTH,
    SIZE,
    WEIGHT_VALUES,
    bias_value,
    draw_baseline,
    draw_network,
    draw_points,
    draw_target,
)

ZEROS = bytes(SIZE)
ALL = [Family(*values) for values in product(*OPTIONS.values())]
TABLES = {"weights": WEIGHT_VALUES, "lively": LIVELY_WEIGHT_VALUES, "biases": BIAS_VALUES, "coordinates": COORDINATES}


@pytest.mark.parametrize("name", TABLES)
def test_tables_have_a_value_for_each_byte_simplest_first(name):
    """Each of 256 bytes has its value, and smaller bytes have simpler ones."""
    table = TABLES[name]
    assert len(table) == 256
    assert list(table) == sorted(table, key=rank)


def test_weights_are_zero_to_three_and_halves():
    """Weights lie in ±{0, ½, 1, 2, 3}, with both signs."""
    assert set(WEIGHT_VALUES) == set(LIVELY_WEIGHT_VALUES) == {s * v for s in (1, -1) for v in (0, 0.5, 1, 2, 3)}


def test_lively_weights_are_mostly_positive():
    """Where every layer has a ReLU, more than two of three weights that are not 0 are positive."""
    nonzero = [value for value in LIVELY_WEIGHT_VALUES if value]
    assert sum(value > 0 for value in nonzero) > len(nonzero) * 2 / 3


def test_coordinates_are_simple_numbers_and_sixteenths():
    """A quarter of the coordinates are simple, three quarters odd sixteenths between -6 and 6."""
    odd = [value for value in COORDINATES if (value * 16) % 2 == 1]
    assert len(odd) == 192
    assert max(map(abs, COORDINATES)) < 6


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
    """All bytes 255: four variables, four layers, three outputs."""
    network = draw_network(b"\xff" * SIZE, PRESETS["biased"])
    assert (network.in_features, network.out_features, len(network.linears)) == (MAX_WIDTH, MAX_OUTPUTS, MAX_AFFINE)
    assert draw_target(b"\xff" * SIZE, network) == 0


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


@pytest.mark.parametrize("byte", range(0, 256, 17))
def test_biases_of_families(byte):
    """Without biases all are 0; at most 0 means minus the magnitude."""
    assert bias_value(byte, Family(bias="none")) == 0
    assert bias_value(byte, Family(bias="any")) == BIAS_VALUES[byte]
    assert bias_value(byte, Family(bias="nonpositive")) == -abs(BIAS_VALUES[byte])
