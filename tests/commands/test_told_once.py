"""What concerns a whole run is told once: a library that is missing, a warning that each call repeats."""

import json
import sys
from pathlib import Path

import pytest

from axiomcheck.cli import main
from axiomcheck.reports.junit import as_junit
from axiomcheck.reports.markdown import as_markdown
from axiomcheck.results.certificate_reader import read_certificate

MISSING = "zennit is missing: install axiomcheck[zennit]"
ASKED = ["--axiom", "conservation", "--axiom", "positivity", "--examples", "60", "--out", "out"]
LOUD = """
import warnings

warnings.warn("a module of before\\nyesterday")

def explain(model, inputs, target):
    warnings.warn("use the other one")
    return model(inputs).gather(1, target[:, None]).detach().expand_as(inputs) / inputs.shape[1]
"""


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A folder in which somebody works, on a machine without Zennit."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "zennit", None)
    return tmp_path


@pytest.mark.parametrize("volume", [[], ["--quiet"]])
def test_a_missing_library_is_told_once(desk, capsys, volume):
    """Of two explainers in sixteen cells: in a line before the work, in a paragraph of the report; status 2."""
    names = ["zennit:EpsilonPlus", "zennit:EpsilonGammaBox"]
    assert main(["certify", *names, "uniform", *ASKED, "--in-process", *volume]) == 2
    said = capsys.readouterr()
    assert said.err.splitlines()[0] == f"axiomcheck: {MISSING} (not judged: {', '.join(names)})"
    assert said.err.count("zennit is missing") == 1
    assert said.out.count("zennit is missing") == (0 if volume else 1)
    if not volume:
        assert "[24/24] ✔ holds" in said.err
        assert "unsupported" not in said.err
        assert "zennit:EpsilonGammaBox, zennit:EpsilonPlus were not judged\n    zennit is missing" in said.out


def test_its_cells_stand_in_the_certificate(desk):
    """Each of them is unsupported, with the reason; no process was started for any."""
    main(["certify", "zennit:EpsilonPlus", *ASKED])
    certificate = read_certificate(Path("out/certificate.json"))
    assert [(cell.verdict, cell.reason) for cell in certificate.cells] == [("unsupported", MISSING)] * 8
    assert as_junit(certificate).count("zennit is missing") >= 8
    assert as_markdown(certificate).count("zennit is missing") == 1


def test_events_tell_every_cell(desk):
    """Programs count them."""
    main(["certify", "zennit:EpsilonPlus", *ASKED, "--events", "events.jsonl"])
    events = [json.loads(line) for line in (desk / "events.jsonl").read_text().splitlines()]
    assert [event["reason"] for event in events if event["event"] == "cell"] == [MISSING] * 8


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("place", [[], ["--in-process"]])
def test_warnings_are_told_once_at_the_end(desk, capsys, place):
    """Those of the module, and those that every call repeats in every process; behind the last verdict."""
    (desk / "loud.py").write_text(LOUD, encoding="utf-8")
    main(["certify", "loud.py:explain", *ASKED, "--family", "biased", "--no-fail", *place])
    verdicts, told = capsys.readouterr().err.split("\nwarnings, each once:\n")
    assert "[2/2]" in verdicts
    assert "Warning" not in verdicts
    first, second = sorted(told.splitlines())
    assert first.startswith("  UserWarning: a module of before yesterday (")
    assert first.endswith("loud.py:4)")
    assert second.startswith("  UserWarning: use the other one (")
    assert second.endswith("loud.py:7)")


@pytest.mark.filterwarnings("default")
def test_a_hunt_is_not_interrupted_by_warnings(desk, capsys):
    """They stand behind what was found; quiet, nowhere."""
    (desk / "loud.py").write_text(LOUD, encoding="utf-8")
    hunt = ["hunt", "loud.py:explain", "selectivity", "--family", "biased", "--examples", "60"]
    assert main(hunt) == 1
    assert capsys.readouterr().err.count("use the other one") == 1
    assert main([*hunt, "--quiet"]) == 1
    assert capsys.readouterr().err == ""
