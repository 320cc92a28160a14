"""The levels as Markdown, and their badge."""

import json
from xml.etree import ElementTree as ET

import pytest

from axiomcheck.cli import main
from axiomcheck.reports.badge import as_badge, as_shields, level_of
from axiomcheck.reports.json import as_json
from axiomcheck.reports.levels import as_levels
from axiomcheck.results.certificate import Cell, Certificate, Environment
from axiomcheck.results.conformance import CLAUSES

STRICT = {"relative": 1e-6, "rounding": 2.0**-40}


def _cells(explainer, levels):
    screen = {"drawn": 500, "effective": 500, "violations": 0, "timed_out": 0}
    return [
        Cell(explainer, clause.axiom, family, "holds", "", search={}, screen=screen, tolerance=STRICT)
        for clause in CLAUSES
        if clause.level in levels
        for family in clause.families
    ]


def _of(*cells):
    return Certificate(Environment({"torch": "2"}, "", "float64", 500, ""), 0, tuple(cells))


BOTH = _of(*_cells("mine", "ABC"), *_cells("yours", "AB"))


def test_each_explainer_has_its_level_and_its_marks():
    """One reaches C; of the other the clauses of C are open, with the reason."""
    lines = as_levels(BOTH).splitlines()
    assert "- **mine**: level C" in lines
    assert "- **yours**: level B" in lines
    assert "| C3 | selectivity | ordinary | ✔ | ? |" in lines
    assert "- yours, C3: not judged in ordinary" in lines


@pytest.mark.parametrize(
    ("certificate", "level"),
    [(BOTH, "B"), (_of(*_cells("mine", "AC")), "A"), (_of(*_cells("mine", "BC")), ""), (_of(), "")],
)
def test_the_badge_says_what_all_reach(certificate, level):
    """The lowest level, and none without the clauses of A, or without anybody."""
    assert level_of(certificate) == level
    message = f"level {level}" if level else "no level"
    assert json.loads(as_shields(certificate)) | {"color": ""} == {
        "schemaVersion": 1,
        "label": "axiomcheck",
        "message": message,
        "color": "",
    }
    picture = ET.fromstring(as_badge(certificate))
    assert picture.get("aria-label") == f"axiomcheck: {message}"


def test_the_command_writes_them(tmp_path):
    """The badge as a picture or as data, by its name."""
    (tmp_path / "c.json").write_text(as_json(BOTH), encoding="utf-8")
    for option, name, form in (
        ("--levels", "levels.md", as_levels),
        ("--badge", "badge.svg", as_badge),
        ("--badge", "badge.json", as_shields),
    ):
        assert main(["report", str(tmp_path / "c.json"), option, str(tmp_path / name), "-q"]) == 0
        assert (tmp_path / name).read_text(encoding="utf-8") == form(BOTH)
