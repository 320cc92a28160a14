"""``axiomcheck show FILE``: the same in the terminal, and as a picture."""

import json
from xml.etree import ElementTree as ET

import pytest

import axiomcheck as ac
from axiomcheck.cli import main
from axiomcheck.reports.write import write_counterexample


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """A counterexample as a file."""
    path = tmp_path_factory.mktemp("stored") / "found.json"
    write_counterexample(ac.find_counterexample("grad-x-input", "continuity", family="bias-free", examples=50), path)
    return path


def test_it_is_printed_with_its_scores_and_its_path(stored, capsys):
    """Bars, blocks and where the jump is stand between the words and the code."""
    assert main(["show", str(stored)]) == 0
    out = capsys.readouterr().out
    assert out.index("the scores jump from") < out.index("█") < out.index("a jump at t = ") < out.index("import torch")


def test_it_is_drawn(stored, tmp_path, capsys):
    """The file is an SVG, and its path is told."""
    path = tmp_path / "new" / "found.svg"
    assert main(["show", str(stored), "--draw", str(path)]) == 0
    assert capsys.readouterr().out.endswith(f"wrote {path}\n")
    assert ET.parse(path).getroot().tag == "{http://www.w3.org/2000/svg}svg"


def test_other_forms_are_refused(stored, tmp_path, capsys):
    """One sentence, and nothing is printed or written."""
    assert main(["show", str(stored), "--draw", str(tmp_path / "found.png")]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "Expected a file that ends in .svg but got --draw" in said.err
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_written_is_told(stored, tmp_path, capsys):
    """A folder that is a file is no place for a picture."""
    (tmp_path / "taken").write_text("", encoding="utf-8")
    assert main(["show", str(stored), "--draw", str(tmp_path / "taken" / "found.svg")]) == 2
    assert capsys.readouterr().err.startswith("axiomcheck: cannot write to ")


@pytest.mark.parametrize("sides", ["x", [["x"]], [[1.0], [1.0, 2.0]]])
def test_an_edited_file_gets_a_sentence(sides, stored, tmp_path, capsys):
    """Points that are none are told before anything is drawn of them."""
    path = tmp_path / "edited.json"
    data = json.loads(stored.read_text(encoding="utf-8"))
    data["observed"]["sides"] = sides
    path.write_text(json.dumps(data), encoding="utf-8")
    assert main(["show", str(path)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert f"{str(path)!r} is no counterexample" in said.err
