"""What bytes mean."""

import pytest

from axiomcheck.networks import Family
from axiomcheck.networks.dyadics import rank
from axiomcheck.strategies.tables import (
    BIAS_VALUES,
    COORDINATES,
    RECTIFIED_WEIGHT_VALUES,
    WEIGHT_VALUES,
    bias_value,
    weight_values,
)

TABLES = {
    "weights": WEIGHT_VALUES,
    "rectified": RECTIFIED_WEIGHT_VALUES,
    "biases": BIAS_VALUES,
    "coordinates": COORDINATES,
}


@pytest.mark.parametrize("name", TABLES)
def test_tables_have_a_value_for_each_byte_simplest_first(name):
    """Each of 256 bytes has its value, and smaller bytes have simpler ones."""
    table = TABLES[name]
    assert len(table) == 256
    assert list(table) == sorted(table, key=rank)


def test_weights_are_zero_to_three_and_halves():
    """Weights lie in ±{0, ½, 1, 2, 3}, with both signs."""
    assert set(WEIGHT_VALUES) == set(RECTIFIED_WEIGHT_VALUES) == {s * v for s in (1, -1) for v in (0, 0.5, 1, 2, 3)}


def test_rectified_weights_are_mostly_positive():
    """Where every layer has a ReLU, more than two of three weights that are not 0 are positive."""
    nonzero = [value for value in RECTIFIED_WEIGHT_VALUES if value]
    assert sum(value > 0 for value in nonzero) > len(nonzero) * 2 / 3


def test_coordinates_are_simple_numbers_and_sixteenths():
    """A quarter of the coordinates are simple, three quarters odd sixteenths between -6 and 6."""
    odd = [value for value in COORDINATES if (value * 16) % 2 == 1]
    assert len(odd) == 192
    assert max(map(abs, COORDINATES)) < 6


def test_weights_of_families():
    """A ReLU behind every layer asks for the lively weights."""
    assert weight_values(Family(output="relu")) is RECTIFIED_WEIGHT_VALUES
    assert weight_values(Family()) is WEIGHT_VALUES


@pytest.mark.parametrize("byte", range(0, 256, 17))
def test_biases_of_families(byte):
    """Without biases all are 0; at most 0 means minus the magnitude."""
    assert bias_value(byte, Family(bias="none")) == 0
    assert bias_value(byte, Family(bias="any")) == BIAS_VALUES[byte]
    assert bias_value(byte, Family(bias="nonpositive")) == -abs(BIAS_VALUES[byte])
