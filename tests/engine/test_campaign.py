"""Campaigns: scopes in every cell, processes that die."""

import json
from pathlib import Path

import pytest

from axiomcheck.cli import main
from axiomcheck.engine.campaign import Campaign
from axiomcheck.engine.question import Budget
from axiomcheck.networks import AxiomcheckError

DYING = """
import os, signal

def dies(model, inputs, target):
    os.kill(os.getpid(), signal.SIGKILL)
"""
ASKED = ["--axiom", "selectivity", "--family", "bias-free", "--examples", "60", "--no-fail"]


@pytest.fixture
def dying(tmp_path, monkeypatch):
    """A user's explainer that ends its process."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my.py").write_text(DYING)
    return "my.py:dies"


def _certified(*arguments):
    assert main(["certify", *arguments, *ASKED, "--jobs", "2", "--out", "out"]) == 0
    return {cell["explainer"]: cell for cell in json.loads(Path("out/certificate.json").read_text())["cells"]}


def test_a_process_that_dies_is_an_error_of_its_cell(dying, capsys):
    """One sentence says so, and the other cells are judged. It takes seconds to start processes with torch."""
    cells = _certified(dying, "uniform")
    assert cells[dying]["verdict"] == "error"
    assert cells[dying]["reason"].startswith("the process that judged it died")
    assert cells["uniform"]["verdict"] == "violated"
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.long
def test_a_process_that_dies_leaves_the_scopes_of_others(dying, capsys):
    """What cannot be searched is told, the others are."""
    cells = _certified(dying, "uniform", "--scope")
    assert cells[dying]["scope"]["sentence"].startswith("is not judged: the process that judged it died")
    assert cells["uniform"]["scope"]["sentence"] == "fails already on f(x1, x2) = relu(x1)"
    assert "scope" in capsys.readouterr().out.splitlines()


def test_every_step_is_told():
    """As many as announced: one a cell, and one more for each scope."""
    campaign = Campaign.of(["uniform"], ["selectivity"], ["bias-free", "deep-taylor"], Budget(60))
    told = []
    certificate = campaign.run(on_cell=told.append, with_scope=True)
    assert len(told) == campaign.steps(with_scope=True) == 3
    assert len({cell.scope for cell in certificate.cells}) == 1
    assert campaign.steps(with_scope=False) == 2


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "soon"])
def test_a_timeout_is_a_number_above_nothing(seconds, capsys):
    """Other values are wrong use."""
    with pytest.raises(SystemExit) as stopped:
        main(["certify", "uniform", "--timeout", seconds])
    assert stopped.value.code == 2
    assert "seconds above 0" in capsys.readouterr().err


def test_a_timeout_reaches_the_cells(monkeypatch, tmp_path):
    """It is part of the budget of each."""
    seen = []
    monkeypatch.setattr("axiomcheck.engine.runners.run", lambda question: seen.append(question) or 1 / 0)
    with pytest.raises(ZeroDivisionError):
        main(["certify", "uniform", *ASKED, "--timeout", "2.5", "--in-process", "--out", str(tmp_path)])
    assert seen[0].budget == Budget(60, timeout=2.5)


def test_no_explainer_is_wrong_use():
    """There must be something to judge."""
    with pytest.raises(AxiomcheckError, match="at least one explainer"):
        Campaign.of([], None, None, Budget(60))
