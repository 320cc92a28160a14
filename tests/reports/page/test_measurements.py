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
    """1, 10 and 10,000 lie at 0, a quarter and all of it; with a 0 among them there is no such scale."""
    (table,) = measurements(_with(certificate, *({"median": 1.0, "max": top} for top in (10.0, 1e4, 1e4))))
    ends = sorted(span.end for _, row in table.rows for span in row)
    assert table.logarithmic
    assert ends == pytest.approx([25.0, 100.0, 100.0])
    (zero,) = measurements(_with(certificate, *({"median": 0.0, "max": top} for top in (10.0, 1e4, 1e4))))
    assert not zero.logarithmic
