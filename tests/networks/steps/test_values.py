"""Exact rows, and balls."""

from fractions import Fraction

from axiomcheck.networks.steps import Rows


def test_rows_keep_mixed_numbers_exactly():
    """Floats, integers and fractions of one point come back as they went in."""
    assert Rows.of([(0.1, Fraction(1, 3), 2)]).fractions() == [(Fraction(0.1), Fraction(1, 3), Fraction(2))]


def test_rows_of_a_batch_have_their_own_scales():
    """Each row has the least common denominator of its own numbers."""
    assert Rows.of([(0.5, 0.25), (Fraction(1, 3), 1.0)]).scale.tolist() == [4, 3]


def test_rows_are_rounded_once():
    """As floats each number is the one nearest to it."""
    assert Rows.of([(Fraction(1, 3), Fraction(2, 3))]).floats().tolist() == [[1 / 3, 2 / 3]]
