"""The summary on top, what people say of a certificate, and the block for a model card."""

from dataclasses import replace

import pytest

from axiomcheck.cli import main
from axiomcheck.reports.html import as_html
from axiomcheck.reports.json import as_json
from axiomcheck.reports.model_card import as_model_card
from axiomcheck.reports.page.summary import summary
from axiomcheck.results.certificate import Cell
from axiomcheck.results.certificate_reader import read_certificate


def test_axioms_that_fail_in_the_same_places_are_told_together(certificate):
    """Everywhere, or by the names of the families."""
    cells = [
        Cell("mine", axiom, family, "violated", "")
        for axiom, families in {"continuity": ("biased", "ordinary"), "symmetry": ("biased", "ordinary")}.items()
        for family in families
    ]
    cells.append(Cell("mine", "conservation", "biased", "violated", ""))
    (section,) = summary(replace(certificate, cells=tuple(cells)))
    assert section.heading == "Violated grossly"
    assert section.lines == (("mine", "continuity and symmetry everywhere; conservation in biased"),)


def test_known_violations_are_told_apart(certificate):
    """What is expected is no failure."""
    cell = Cell("mine", "continuity", "biased", "violated", "", expected="gradients jump")
    assert [one.heading for one in summary(replace(certificate, cells=(cell,)))] == ["Known and expected"]


def test_who_was_not_judged_is_told_once(certificate):
    """Two explainers whose library is missing have one line, whatever was asked of them."""
    reason = "zennit is missing: install axiomcheck[zennit]"
    absent = [
        Cell(name, axiom, "biased", "unsupported", reason)
        for name in ("zennit:A", "zennit:B")
        for axiom in ("conservation", "continuity")
    ]
    sections = list(summary(replace(certificate, cells=(*certificate.cells, *absent))))
    (told,) = [section for section in sections if section.heading == "Not judged"]
    assert told.lines == (("zennit:A, zennit:B", reason),)
    assert not [section for section in summary(certificate) if section.heading == "Not judged"]


def test_what_has_changed_comes_first(certificate):
    """Against an older certificate; where nothing has, that is said."""
    held = replace(certificate, cells=(Cell("mine", "continuity", "biased", "holds", ""),))
    broken = replace(certificate, cells=(Cell("mine", "continuity", "biased", "violated", "it jumps"),))
    first = next(iter(summary(broken, since=held)))
    assert first.lines == (("worse", "mine on continuity in biased: holds → violated: it jumps"),)
    assert next(iter(summary(held, since=held))).lines == (("nothing", "no verdict differs"),)


def test_subject_and_author_are_kept_and_sealed(certificate, tmp_path):
    """They stand on the page and in the file, which notices when they are changed."""
    signed = replace(certificate, about={"subject": "my <b>model</b>", "author": "me"})
    path = tmp_path / "certificate.json"
    path.write_text(as_json(signed), encoding="utf-8")
    assert read_certificate(path).about == signed.about
    assert "my &lt;b&gt;model&lt;/b&gt;" in as_html(signed)
    path.write_text(as_json(signed).replace('"me"', '"you"'), encoding="utf-8")
    with pytest.raises(Exception, match="was changed"):
        read_certificate(path)
    assert "about" not in certificate.as_data()


def test_a_model_card_gets_a_table(certificate, tmp_path, capsys):
    """One row an explainer; nothing in it is markup of anybody else's."""
    named = replace(certificate, cells=(*certificate.cells, Cell("a|b<i>", "continuity", "biased", "holds", "")))
    card = as_model_card(named)
    rows = [line for line in card.splitlines() if line.startswith("| ")]
    assert len(rows) == 1 + len(named.explainers)
    assert "a\\|b&lt;i>" in card
    (tmp_path / "c.json").write_text(as_json(certificate), encoding="utf-8")
    assert main(["report", str(tmp_path / "c.json"), "--model-card", str(tmp_path / "card.md")]) == 0
    assert (tmp_path / "card.md").read_text(encoding="utf-8") == as_model_card(certificate)
