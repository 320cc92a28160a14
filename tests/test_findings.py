"""The pages of findings say what their scripts print, in an environment of the library alone."""

import pytest

from axiomcheck.engine.replay import replay
from axiomcheck.results.reader import read_counterexample
from benchmarks import findings

ELSEWHERE = dict.fromkeys(("zennit", "lxt", "quantus"), pytest.mark.peers)
"""The marks of findings whose library has an environment of its own."""
EACH = [pytest.param(name, marks=ELSEWHERE.get(name.split("-")[0], pytest.mark.long)) for name in findings.texts()]


def test_the_list_names_every_finding():
    """The list is what is stored, and each finding is told whole."""
    assert (findings.HOME / "index.md").read_text(encoding="utf-8") == findings.index()
    assert {path.stem for path in findings.HOME.glob("*.json")} == set(findings.texts())
    assert len(findings.texts()) >= 10
    for name, text in findings.texts().items():
        assert set(text) - {"hunt"} == {"title", "paper", "cause", "direction", "nearest"}, name
        assert "https://github.com/" in text["nearest"], name


@pytest.mark.parametrize("name", EACH)
def test_a_page_is_what_its_script_shows(name):
    """Its script prints what the page says, without axiomcheck."""
    assert (findings.HOME / f"{name}.md").read_text(encoding="utf-8") == findings.page(name)


@pytest.mark.parametrize("name", EACH)
def test_a_stored_counterexample_is_still_one(name, monkeypatch):
    """It is not mended in the release that is installed."""
    monkeypatch.chdir(findings.HOME.parents[1])
    assert replay(read_counterexample(findings.HOME / f"{name}.json")).status == "STILL VIOLATED"
