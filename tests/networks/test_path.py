"""Paths."""

from fractions import Fraction

import numpy as np
import pytest

from axiomcheck.networks import AxiomcheckError, Path

BENT = Path(((0.0, 1.0), (2.0, 1.0), (2.0, -3.0)))


@pytest.mark.parametrize("vertices", [(), ((0.0,),), ((0.0,), (0.0, 1.0))])
def test_a_path_has_two_vertices_of_one_length(vertices):
    """Fewer vertices than two, or of different lengths, are refused."""
    with pytest.raises(AxiomcheckError, match="two or more vertices"):
        Path(vertices)


@pytest.mark.parametrize(
    ("t", "expected"),
    [(0, (0, 1)), (Fraction(1, 3), (Fraction(2, 3), 1)), (1, (2, 1)), (Fraction(3, 2), (2, -1)), (2, (2, -3))],
)
def test_point_is_exact(t, expected):
    """Each segment takes one unit of t, ends included."""
    assert BENT.point(Fraction(t)) == expected


def test_float_points_agree_with_exact_ones():
    """``points`` is ``point`` in float64, at dyadic parameters bit for bit."""
    ts = np.arange(0, 2 + 2**-5, 2.0**-5)
    assert [tuple(map(Fraction, x)) for x in BENT.points(ts).tolist()] == [BENT.point(Fraction(t)) for t in ts.tolist()]


def test_segments_are_counted():
    """Three vertices make two segments."""
    assert BENT.segments == 2
