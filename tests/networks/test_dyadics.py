"""Small dyadic rationals."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from axiomcheck.networks.dyadics import decimal, rank, simpler

dyadics = st.builds(lambda n, bits: n / 2**bits, st.integers(-4096, 4096), st.integers(0, 12))


def test_order_of_simplicity():
    """0, 1, -1, 2, -2, … come first, halves after integers, quarters after halves."""
    values = [0.25, -0.5, 3.0, 0.5, -2.0, 1.5, 0.0, -1.0, 2.0, 1.0]
    assert sorted(values, key=rank) == [0.0, 1.0, -1.0, 2.0, -2.0, 3.0, 0.5, -0.5, 1.5, 0.25]


def test_zero_has_no_sign():
    """-0.0 is as simple as 0.0."""
    assert rank(-0.0) == rank(0.0) == 0


@given(dyadics)
def test_simpler_values_are_simpler(value):
    """Each value is of lower rank, there are no two alike, and the simplest comes first."""
    ranks = [rank(candidate) for candidate in simpler(value)]
    assert all(r < rank(value) for r in ranks)
    assert ranks == sorted(set(ranks))


@given(dyadics)
def test_shortening_ends_at_zero(value):
    """Whatever the value, its simplest neighbour is 0, and 0 has none."""
    assert simpler(value)[:1] == ((0.0,) if value else ())


@given(st.integers(-4096, 4096), st.integers(0, 6))
def test_written_dyadics_are_read_back(numerator, bits):
    """What is decimal for a small dyadic, read again, is the value."""
    value = numerator / 2**bits
    assert float(decimal(value)) == value
    assert Fraction(decimal(Fraction(value))) == Fraction(value)


@given(st.fractions(max_denominator=1000))
def test_written_fractions_are_read_back(value):
    """A fraction whose decimals never end is decimal as a fraction."""
    assert Fraction(float(value)) == value or decimal(value) == str(value)
