"""Markdown, JUnit, CSV and annotations: complete, and plain text whatever a user wrote."""

import csv
import io
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from markdown_it import MarkdownIt

from axiomcheck.reports.github import as_github
from axiomcheck.reports.junit import as_junit
from axiomcheck.reports.markdown import as_markdown
from axiomcheck.reports.table_csv import COLUMNS, as_csv
from axiomcheck.results.certificate import Cell

EVIL = '<script>alert("x")</script>\'"&😀\x00\x1b[31m|`*_\n::error::x\n=1+1' + "long" * 2500


@pytest.fixture(scope="module")
def evil(certificate):
    """Every text is hostile."""
    cells = [
        Cell(f"={EVIL}", "conservation", f"{EVIL}{n}", verdict, EVIL, expected=expected)
        for n, (verdict, expected) in enumerate(
            (("violated", None), ("violated", EVIL), ("error", None), ("unsupported", None))
        )
    ]
    return replace(certificate, cells=(*cells, *certificate.cells))


def _rendered(text):
    return MarkdownIt("commonmark", {"html": True}).enable("table").render(text)


def test_markdown_has_every_mark_and_counterexample(certificate):
    """Tables with one row an explainer, the limits beside them, and each formula in a block of code."""
    text = as_markdown(certificate)
    page = _rendered(text)
    assert "<td" in page
    assert page.count("<tr>") == 2 * (1 + len(certificate.explainers))
    assert "Passing axioms does not make an explanation" in page
    formulas = {cell.counterexample.formula for cell in certificate.cells if cell.counterexample}
    assert formulas
    assert all(line in text for formula in formulas for line in formula.splitlines())
    assert text.count("✘") >= sum(cell.verdict == "violated" for cell in certificate.cells)


def test_markdown_keeps_hostile_text_as_text(evil):
    """No element of a user's is in the page, and no row of the table is broken."""
    page = _rendered(as_markdown(evil))
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert page.count("<tr>") == 2 * (1 + len(evil.explainers))


def test_junit_counts_what_it_holds(certificate):
    """One case a cell; failures, errors and skipped ones as the verdicts are."""
    root = ET.fromstring(as_junit(certificate))
    (suite,) = root
    verdicts = [cell.verdict for cell in certificate.cells]
    assert int(suite.get("tests")) == len(suite) == len(verdicts)
    assert int(suite.get("failures")) == verdicts.count("violated") + verdicts.count("inconclusive")
    assert int(suite.get("errors")) == verdicts.count("error")
    assert int(suite.get("skipped")) == verdicts.count("unsupported")
    assert {case.find("failure").get("type") for case in suite if case.find("failure") is not None} <= {
        "violated",
        "inconclusive",
    }


def test_junit_is_xml_whatever_a_user_wrote(evil):
    """Text is text, what XML cannot hold is replaced, and an expected violation is skipped with its reason."""
    root = ET.fromstring(as_junit(evil))
    assert root.find(".//script") is None
    names = [case.get("classname") for case in root.iter("testcase")]
    assert any("<script>" in name for name in names)
    assert not any("\x00" in name or "\x1b" in name for name in names)
    assert sum("expected: " in node.get("message") for node in root.iter("skipped")) == 1


def test_csv_has_one_row_a_cell_and_computes_nothing(evil):
    """It is read back by any reader; no cell begins like a formula."""
    rows = list(csv.reader(io.StringIO(as_csv(evil), newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 1 + len(evil.cells)
    assert all(len(row) == len(COLUMNS) for row in rows)
    texts = [text for row in rows[1:] for text in (*row[:6], row[-1])]
    assert not any(text.startswith(("=", "+", "-", "@")) for text in texts)
    assert any(text.startswith("'=") for text in texts)


def test_annotations_are_one_line_each(evil):
    """As many lines as failing cells; a text cannot begin a command of its own; what is expected is a notice."""
    lines = as_github(evil).splitlines()
    failing = [cell for cell in evil.cells if cell.verdict in ("violated", "error", "inconclusive")]
    assert len(lines) == len(failing)
    assert all(line.split(" ")[0] in ("::error", "::warning", "::notice") for line in lines)
    assert sum(line.startswith("::notice") for line in lines) == 1
    assert all(len(line) < 5000 for line in lines)
    assert all("::" not in line.split(" title=", 1)[1].split("::", 1)[0] for line in lines)
    assert all(f"{cell.axiom} {cell.verdict}" in line for cell, line in zip(failing, lines, strict=True))
