"""The terminal form."""

from dataclasses import replace
from importlib.metadata import version

import pytest
from rich.console import Console

from axiomcheck.axioms import AXIOMS
from axiomcheck.reports.groups import GROUPS
from axiomcheck.reports.terminal import print_certificate


def _text(certificate, width, volume="normal"):
    console = Console(width=width, no_color=True, highlight=False)
    with console.capture() as capture:
        print_certificate(certificate, console, volume)
    return capture.get()


def test_the_matrix_comes_first(certificate):
    """One row an explainer, one mark a family, a legend, then the counterexamples and the limits."""
    lines = _text(certificate, 100).splitlines()
    (row,) = [line for line in lines if line.startswith("grad-x-input ") and "✘" in line]
    marks = row.split()[1:]
    assert len(marks) == 16
    assert [mark[0] for mark in marks[4:8]] == ["✘"] * 4
    assert [marks[i][0] for i in (1, 2, 3, 14)] == ["✘"] * 4
    shares = [int(mark[1:].removeprefix("<")) for mark in marks if mark[0] == "✘"]
    assert all(0 <= share <= 100 for share in shares)
    assert any("in each column, the families bias-free · deep-taylor · biased · ordinary" in line for line in lines)
    assert "faithful" in " ".join(lines[-4:])


@pytest.mark.parametrize("width", [60, 100, 140])
def test_every_table_fits(whole, width):
    """Each group has its heading and as few tables as fit; every mark of every explainer is shown."""
    lines = [line.rstrip() for line in _text(whole, width).splitlines()]
    assert max(map(len, lines)) <= width
    assert [line for line in lines if line in GROUPS.values()] == list(GROUPS.values())
    rows = [line.split()[1:] for line in lines if line.startswith("uniform ")]
    assert all(set(row) == {"✔"} for row in rows)
    assert sum(map(len, rows)) == 4 * len(AXIOMS)
    tables = [line for line in lines if line.startswith("explainer")]
    assert len(tables) == {60: 8, 100: 4, 140: 3}[width]


def test_scopes_have_one_block(whole):
    """A sentence for each explainer and axiom, under the explainer's name."""
    lines = _text(whole, 200).splitlines()
    start = lines.index("scope")
    block = [line.strip() for line in lines[start + 1 :]]
    assert block[0] == "captum:IntegratedGradients"
    assert block[1].split("  ")[0] == "conservation"
    assert sum("holds without biases; fails once biases are negative" in line for line in block) == 6 * len(AXIOMS)


def test_what_the_verdicts_rest_on(whole):
    """Counts and tolerances, in words."""
    text = " ".join(_text(whole, 100).split())
    cells = 24 * len(AXIOMS)
    assert (
        f"{70 * cells} cases screened, {60 * cells} effective, {7 * cells} rejected or vacuous, {3 * cells} timed out"
        in text
    )
    assert "a violation is a gap above 1e-6 of its scale and 9.09e-13 of all magnitudes" in text
    assert "uniform declares 0.03 of its scale" in text
    assert "Drawn were" not in text


def test_quiet_is_the_matrix_alone(certificate):
    """With its legend; no counterexample, no limits."""
    quiet, normal = _text(certificate, 100, "quiet"), _text(certificate, 100)
    assert normal.startswith(quiet)
    assert quiet.rstrip().endswith("in each column, the families bias-free · deep-taylor · biased · ordinary")


def test_verbose_is_all_that_the_verdicts_rest_on(whole):
    """The cells that took longest, the versions of the libraries, and what was drawn."""
    slow = [replace(cell, seconds={"total": float(number)}) for number, cell in enumerate(whole.cells)]
    certificate = replace(whole, cells=tuple(slow))
    text = " ".join(_text(certificate, 100, "verbose").split())
    first, second = (" × ".join(cell.key) for cell in slow[:-3:-1])
    assert f"Slowest: {first} {len(slow) - 1}.0 s; {second} {len(slow) - 2}.0 s; " in text
    assert f"torch {version('torch')}" in text
    assert "Drawn were independent draws of up to 4 variables" in text


def test_a_counterexample_is_told_once(certificate):
    """One that several families share has one paragraph that names them."""
    text = _text(certificate, 200)
    told = [line for line in text.splitlines() if "violates" in line]
    assert len(told) == len(set(told))
    assert "other fails on conservation" in text
    assert "it raised ValueError: no" in text


def test_markup_in_names_is_text(hostile):
    """What looks like markup is printed as it is."""
    assert """<script>alert("x")</script>'"&😀""" in _text(hostile, 12000)
