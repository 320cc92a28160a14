"""Curves: one drawing a name, one line a family, and none where there is nothing to see."""

import re
from dataclasses import replace

import pytest

from axiomcheck.reports.page.curves import curves
from axiomcheck.reports.page.figures import Drawings
from axiomcheck.reports.page.panels import panels
from axiomcheck.results.certificate import GAPS, Cell


@pytest.fixture
def cell():
    """A cell that is judged, without curves."""
    return Cell("e", "conservation", "biased", "violated", "", tolerance={"relative": 1e-6, "rounding": 0.0})


def _drawn(*cells):
    return list(curves(cells, Drawings()))


def test_families_are_lines_of_one_drawing(cell):
    """Its axes are what its name says, its legend the families."""
    first = replace(cell, curves={"Σ R over depth": [(1.0, 1.0), (2.0, 0.5)]})
    second = replace(cell, family="ordinary", curves={"Σ R over depth": [(1.0, 0.9), (2.0, 0.25), (3.0, 0.1)]})
    (drawn,) = _drawn(first, second)
    assert drawn.count("<polyline") == 2
    texts = re.findall(r"<text[^>]*>([^<]*)<", drawn)
    assert {"Σ R", "depth", "biased", "ordinary"} <= set(texts)


def test_rounding_is_no_gap(cell):
    """Gaps below the tolerance are drawn as 0, and where all are there is no drawing."""
    gaps = [(0.0, 0.0), (0.5, 1e-9), (1.0, 1e-7)]
    assert _drawn(replace(cell, curves={GAPS: gaps})) == []
    (drawn,) = _drawn(replace(cell, curves={GAPS: [*gaps[:2], (1.0, 3.0)]}))
    ups = [float(point.split(",")[1]) for point in re.search(r'points="([^"]*)"', drawn)[1].split()]
    assert ups[0] == ups[1] > ups[2]


def test_numbers_far_apart_have_a_logarithmic_scale(cell):
    """1, 10 and 1000 are as far apart as their powers of ten."""
    (drawn,) = _drawn(replace(cell, curves={GAPS: [(0.0, 1.0), (0.5, 10.0), (1.0, 1000.0)]}))
    low, middle, high = (float(p.split(",")[1]) for p in re.search(r'points="([^"]*)"', drawn)[1].split())
    assert (low - high) == pytest.approx(3 * (low - middle), rel=1e-2)


def test_a_real_panel_shows_its_own(certificate):
    """Sums by depth for conservation, what is left for selectivity."""
    shown = {panel.axiom: "".join(panel.curves) for panel in panels(certificate) if panel.explainer == "grad-x-input"}
    assert 'aria-label="Σ R / what it is to be over layers with weights"' in shown["conservation"]
    assert 'aria-label="share of f(x) left over share of variables replaced"' in shown["selectivity"]
    assert f'aria-label="{GAPS}"' in shown["continuity"]
    assert shown["implementation_invariance"] == ""
