"""A small certificate with every kind of verdict."""

from dataclasses import replace

import pytest

from axiomcheck.axioms import AXIOMS
from axiomcheck.campaign import Campaign
from axiomcheck.cell import Budget
from axiomcheck.judging import Judge
from axiomcheck.reports.certificate import Cell
from axiomcheck.reports.counterexample import Counterexample


@pytest.fixture(scope="session")
def certificate():
    """A real explainer in all families, and hand-made cells for what it does not show."""
    asked = Campaign.of(["grad-x-input"], None, None, Budget(60))
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


@pytest.fixture(scope="session")
def told():
    """Return a function that makes a counterexample of a case by hand, and of Python that binds ``explain``."""

    def make(explainer_code, axiom, case, family="ordinary"):
        namespace = {}
        exec(explainer_code, namespace)
        judge = Judge(namespace["explain"], AXIOMS[axiom])
        outcome = judge(case)
        return Counterexample(
            explainer="by hand",
            axiom=axiom,
            family=family,
            seed=0,
            versions={},
            case=case,
            observed=outcome.observed,
            reason=outcome.reason,
            gap=outcome.gap,
            tolerance=outcome.allowed,
            has_baseline=judge.declared.has_baseline,
            explainer_code=explainer_code,
        )

    return make
