"""A small certificate with every kind of verdict."""

from dataclasses import replace

import pytest

from axiomcheck.campaign import Campaign
from axiomcheck.cell import Budget
from axiomcheck.reports.certificate import Cell


@pytest.fixture(scope="session")
def certificate():
    """Two real explainers, and hand-made cells for what they do not show."""
    asked = Campaign.of(["grad-x-input", "integrated-gradients"], None, None, Budget(60))
    judged = asked.run()
    others = (
        Cell("other", "conservation", "biased", "error", "it raised ValueError: no"),
        Cell("other", "continuity", "biased", "unsupported", "install axiomcheck[other]"),
        Cell("other", "selectivity", "biased", "inconclusive", "only 3 of 60"),
    )
    return replace(judged, cells=(*judged.cells, *others))


@pytest.fixture(scope="session")
def hostile(certificate):
    """The same with names and messages that try to break out of every format."""
    name = """<script>alert("x")</script>'"&😀""" + "long" * 2500
    cells = [replace(cell, explainer=name, reason=name) for cell in certificate.cells if cell.explainer != "other"]
    return replace(certificate, cells=tuple(cells[:12]))
