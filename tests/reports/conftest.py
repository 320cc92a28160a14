"""A small certificate with every kind of verdict."""

import os
from dataclasses import replace

import pytest
from filelock import FileLock

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.campaign import DEFAULT_FAMILIES, Campaign
from axiomcheck.engine.judge import Judge
from axiomcheck.engine.question import Budget
from axiomcheck.reports.json import as_json
from axiomcheck.results.certificate import Cell
from axiomcheck.results.certificate_reader import read_certificate
from axiomcheck.results.counterexample import Counterexample
from axiomcheck.results.scope import Scope

TUTORIAL = [name for name, axiom in AXIOMS.items() if axiom.group == "tutorial"]


@pytest.fixture(scope="session")
def judged(tmp_path_factory):
    """A real explainer on the axioms of the tutorial in all families, judged once for all processes of a run."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    path = folder / "judged.json"
    with FileLock(f"{path}.lock"):
        if not path.exists():
            path.write_text(as_json(Campaign.of(["grad-x-input"], TUTORIAL, None, Budget(60)).run()), encoding="utf-8")
    return read_certificate(path)


@pytest.fixture(scope="session")
def certificate(judged):
    """A real explainer in all families, and hand-made cells for what it does not show."""
    others = (
        Cell("other", "conservation", "biased", "error", "it raised ValueError: no"),
        Cell("other", "continuity", "biased", "unsupported", "install axiomcheck[other]"),
        Cell("other", "selectivity", "biased", "inconclusive", "only 3 of 60"),
    )
    return replace(judged, cells=(*judged.cells, *others))


@pytest.fixture(scope="session")
def whole(certificate):
    """Six explainers on all axioms in all presets; the verdicts, scopes and figures are made up."""
    names = ("captum:IntegratedGradients", "deeplift", "grad-x-input", "lrp-epsilon", "shapley", "uniform")
    (judged,) = [cell for cell in certificate.cells if cell.key == ("grad-x-input", "conservation", "bias-free")]
    told = replace(
        judged,
        scope=Scope("holds without biases; fails once biases are negative: f(x1) = relu(x1 - 1)", "ordinary"),
        figures={"slope": {"median": 1.0, "max": 2.5}},
        tolerance={"relative": 0.03, "rounding": 2.0**-40},
        screen={"drawn": 70, "effective": 60, "violations": 0, "timed_out": 3},
    )
    cells = [
        replace(told, explainer=name, axiom=axiom, family=f)
        for name in names
        for axiom in AXIOMS
        for f in DEFAULT_FAMILIES
    ]
    return replace(certificate, cells=tuple(sorted(cells, key=lambda cell: cell.key)))


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
            axiom_code=AXIOMS[axiom].code,
        )

    return make
