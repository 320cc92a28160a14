"""What was measured: compared where there is enough to compare, on a scale that fits."""

from dataclasses import replace

import pytest

from axiomcheck.reports.page.measurements import measurements


def _with(certificate, *figures):
    cells = [cell for cell in certificate.cells if cell.axiom == "continuity" and cell.explainer == "grad-x-input"]
    told = [replace(cell, figures={"slope": one} if one else {}) for cell, one in zip(cells, figures, strict=False)]
    return replace(certificate, cells=tuple(told))


def test_three_cells_are_compared_and_two_are_not(certificate):
    """With fewer the panels say it all."""
    one = {"median": 1.0, "max": 2.0}
    assert list(measurements(_with(certificate, one, one))) == []
    (table,) = measurements(_with(certificate, one, one, one))
    assert (table.name, table.axiom, len(table.families)) == ("slope", "continuity", 3)


def test_a_bar_lies_where_its_numbers_do(certificate):
    """From 0 to the largest of all: a median of 1 and a largest of 2 among up to 4 fill a quarter to a half."""
    (table,) = measurements(_with(certificate, *({"median": 1.0, "max": top} for top in (2.0, 4.0, 3.0))))
    spans = sorted((span.largest, span.start, span.end) for _, row in table.rows for span in row)
    assert spans == [(2.0, 25.0, 50.0), (3.0, 25.0, 75.0), (4.0, 25.0, 100.0)]
    assert not table.logarithmic


def test_numbers_far_apart_have_a_logarithmic_scale(certificate):
    """1, 10 and 10,000 lie at 0, a quarter and all of it."""
    (table,) = measurements(_with(certificate, *({"median": 1.0, "max": top} for top in (10.0, 1e4, 1e4))))
    ends = sorted(span.end for _, row in table.rows for span in row)
    assert table.logarithmic
    assert ends == pytest.approx([25.0, 100.0, 100.0])
    assert not table.has_floor


def test_an_outlier_empties_no_bar_where_there_are_zeros(certificate):
    """0 lies at the left end; of 10, 1000 and 10,000 the smallest at 8 %, the next two thirds of the way from there."""
    (table,) = measurements(_with(certificate, *({"median": 0.0, "max": top} for top in (10.0, 1e3, 1e4))))
    spans = sorted((span.start, span.end) for _, row in table.rows for span in row)
    assert table.logarithmic
    assert table.has_floor
    assert spans == [(0.0, pytest.approx(8.0)), (0.0, pytest.approx(8 + 92 * 2 / 3)), (0.0, pytest.approx(100.0))]


def test_numbers_near_each_other_have_a_linear_scale(certificate):
    """Less than a power of ten apart, 0 and what is below it lie where they are."""
    (table,) = measurements(_with(certificate, *({"median": low, "max": 3.0} for low in (-1.0, 1.0, 0.0))))
    assert not table.logarithmic
    assert sorted(span.start for _, row in table.rows for span in row) == [0.0, 25.0, 50.0]
