"""Panels: what was found alike is told once, what repeats it does, and what is left out is said."""

import re
import shlex
from dataclasses import replace

import pytest

from axiomcheck.cli import main
from axiomcheck.reports.page import exhibits
from axiomcheck.reports.page.caveats import caveats
from axiomcheck.reports.page.command_line import command_line
from axiomcheck.reports.page.figures import Drawings, moving
from axiomcheck.reports.page.panels import panels
from axiomcheck.results.certificate import Cell


def _cell(certificate, axiom, family):
    return {cell.key: cell for cell in certificate.cells}["grad-x-input", axiom, family]


def test_families_with_one_counterexample_share_it(certificate):
    """A counterexample of several families is one outcome, and every family is in exactly one."""
    cell = _cell(certificate, "continuity", "bias-free")
    alike = [replace(cell, family=family) for family in ("bias-free", "biased")]
    other = replace(cell, family="ordinary", verdict="holds", reason="none found", counterexample=None)
    (panel,) = panels(replace(certificate, cells=(*alike, other)))
    assert [(one.verdict, one.families) for one in panel.outcomes] == [
        ("violated", ("bias-free", "biased")),
        ("holds", ("ordinary",)),
    ]
    for panel in panels(certificate):
        told = [family for one in panel.outcomes for family in one.families if not one.of_claim]
        assert sorted(told) == sorted(cell.family for cell in panel.cells)


def test_one_drawing_is_drawn_once(twin):
    """The same counterexample of another explainer refers to what is drawn already; another one does not."""
    drawings = Drawings()
    first, second = list(drawings.of(twin)), list(drawings.of(replace(twin, explainer="other", family="ordinary")))
    assert all("<use" not in drawn for drawn in first)
    assert all(re.search(r'<use href="#d\d+"/></svg>$', drawn) for drawn in second)
    assert set(re.findall(r'id="(d\d+)"', "".join(first))) == set(re.findall(r'#(d\d+)"', "".join(second)))
    inputs = tuple(tuple(3 * value for value in x) for x in twin.case.inputs)
    observed = replace(twin.observed, relevance=(7.25,), x=inputs[0])
    changed = list(drawings.of(replace(twin, case=replace(twin.case, inputs=inputs), observed=observed)))
    assert any("7.25" in drawn for drawn in changed)


def test_both_twins_are_drawn(twin):
    """The network and its re-implementation are one drawing, side by side."""
    networks, *_ = Drawings().of(twin)
    assert 'aria-label="both networks"' in networks
    assert ">f<" in networks or ">f," in networks
    assert twin.case.rewrites[0].name in networks


def test_what_moves_keeps_its_places(certificate):
    """Numbers are shortened, their count and their order are not; a counterexample without a path does not move."""
    found = _cell(certificate, "continuity", "bias-free").counterexample
    numbers = re.search(r'"at": \[([^\]]*)\]', moving(found))[1].split(", ")
    assert [float(number) for number in numbers] == pytest.approx(list(found.along.at), rel=1e-5)
    assert moving(replace(found, along=None)) == ""


def test_a_full_page_says_what_it_leaves_out(certificate, monkeypatch):
    """Without room the largest parts go first, and each exhibit names what is missing."""
    found = _cell(certificate, "continuity", "bias-free").counterexample
    whole = exhibits.Exhibits().of(found)
    assert whole.left_out == ()
    assert whole.code == found.code()
    size = len(whole.code) + sum(map(len, (*whole.drawings, *whole.moving)))
    monkeypatch.setattr(exhibits, "ROOM", size)
    full = exhibits.Exhibits()
    full.of(found)
    again = full.of(replace(found, seed=1))
    assert again.left_out[0] == "the drawing"
    assert "what moves" in again.left_out


@pytest.mark.parametrize("axiom", ["continuity", "conservation"])
def test_the_line_shows_the_same_sentence_again(certificate, capsys, axiom):
    """What stands in the page, typed in, prints what the page says."""
    cell = _cell(certificate, axiom, "biased")
    assert cell.verdict == "violated"
    line = command_line([cell], certificate)
    program, *words = shlex.split(line)
    assert program == "axiomcheck"
    assert main(words) == 1
    assert cell.counterexample.reason in re.sub(r"\s+", " ", capsys.readouterr().out)


def test_what_the_search_did_not_find_is_certified_again(certificate):
    """A search that went to its end has found nothing: the screen has, which certify counts again, in all families."""
    cell = _cell(certificate, "continuity", "biased")
    examples = certificate.environment.examples
    late = replace(cell, search={"drawn": examples + 3, "effective": examples, "rejected": 3})
    line = command_line([late, replace(late, family="ordinary")], certificate)
    assert line == (
        f"axiomcheck certify grad-x-input --axiom continuity --family biased --family ordinary "
        f"--examples {examples} --seed 0"
    )
    assert command_line([cell], certificate).startswith("axiomcheck hunt grad-x-input continuity --family biased ")


def test_names_are_quoted_and_those_that_lead_nowhere_have_no_line(certificate):
    """A shell reads an option with brackets as one word; what is no name of an explainer is not offered."""
    cell = _cell(certificate, "continuity", "biased")
    shown = command_line([replace(cell, explainer="lrp-gamma:gamma=(1,2)")], certificate)
    assert shlex.split(shown)[2] == "lrp-gamma:gamma=(1,2)"
    for name in ("__main__:mine", "tests.mine:make.<locals>.f", "LRPGamma(gamma=1)", "<b>", "mine"):
        assert command_line([replace(cell, explainer=name)], certificate) == ""


def test_float32_is_said(certificate):
    """The line names what is not the default."""
    cell = _cell(certificate, "continuity", "biased")
    other = replace(certificate, environment=replace(certificate.environment, dtype="float32"))
    assert command_line([cell], other).endswith(" --dtype float32")


def test_each_verdict_leaves_something_open():
    """The largest of several bounds counts; how often it fails is told family by family."""
    screen = {"drawn": 61, "effective": 60, "violations": 12, "timed_out": 0}
    holds = [
        Cell("e", "conservation", family, "holds", "", screen=screen, violation_rate_upper_bound=bound)
        for family, bound in (("biased", 0.005), ("ordinary", 0.049))
    ]
    assert "up to 4.9 % of such cases" in caveats(holds)
    assert "faithful" in caveats(holds)
    violated = [replace(cell, verdict="violated") for cell in holds]
    assert caveats(violated).endswith("12 of 60 in biased, 12 of 60 in ordinary did.")
    assert caveats([replace(holds[0], verdict="unsupported")]) == "anything about the axiom, which was not judged here."
