"""Charts: points where they belong, jumps as gaps, ticks that people would choose."""

from xml.etree import ElementTree as ET

import pytest

from axiomcheck.reports.drawing import lines
from axiomcheck.reports.drawing.chart import _pieces, _steps

SVG = "{http://www.w3.org/2000/svg}"


def _points(svg):
    return [
        [tuple(map(float, point.split(","))) for point in node.get("points").split()]
        for node in ET.fromstring(svg).iter(f"{SVG}polyline")
    ]


def test_points_are_on_one_scale():
    """Twice as far is twice as far, rightward and upward."""
    ((a, b, c),) = _points(lines({"f": [(0, 0), (1, 2), (3, 4)]}, x="x", y="y"))
    assert (c[0] - b[0]) == pytest.approx(2 * (b[0] - a[0]), abs=0.03)
    assert (a[1] - b[1]) == pytest.approx(b[1] - c[1], abs=0.03)
    assert a[1] > c[1]


def test_powers_are_evenly_apart_on_a_logarithmic_axis():
    """1, 10, 100 are steps of one height; what is not above 0 has no place there."""
    ((a, b, c),) = _points(lines({"f": [(0, 1), (1, 10), (2, 100), (3, 0)]}, x="x", y="y", log=True))
    assert (a[1] - b[1]) == pytest.approx(b[1] - c[1], abs=0.03)


def test_a_line_ends_where_it_jumps():
    """Two points of one x are the end of a piece and the beginning of the next."""
    assert list(_pieces([(0, 1), (1, 1), (1, 5), (2, 5)])) == [[(0, 1), (1, 1)], [(1, 5), (2, 5)]]
    assert len(_points(lines({"f": [(0, 1), (1, 1), (1, 5), (2, 5)]}, x="x", y="y"))) == 2


def test_ticks_are_round_numbers():
    """About five, whatever the span is."""
    for span in (0.003, 1.0, 7.0, 64.0, 12345.0):
        steps = list(_steps(0, span))
        assert 3 <= len(steps) <= 6
        assert all(float(f"{step:.2g}") == pytest.approx(step) for step in steps)


def test_names_of_places_stand_in_for_numbers():
    """A sweep's values are written as they were asked for."""
    texts = [
        n.text
        for n in ET.fromstring(lines({"f": [(0, 1), (1, 2)]}, x="γ", y="y", ticks={0: "0", 1: "1e-9"})).iter(
            f"{SVG}text"
        )
    ]
    assert "1e-9" in texts
    assert "γ" in texts


def test_nothing_to_draw_is_said():
    """No point, or none that is finite."""
    for series in ({}, {"f": []}, {"f": [(0, float("nan"))]}):
        assert "no points" in lines(series, x="x", y="y")
