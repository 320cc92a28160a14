"""The certificate of a test run is the one that ``certify`` writes."""

import json

import pytest
from hypothesis import core

import axiomcheck as ac

CELLS = {"axioms": ["conservation", "selectivity", "positivity"], "families": ["bias-free", "deep-taylor"]}
TESTS = f"@ac.parametrize_with_axioms('uniform', axioms={CELLS['axioms']}, families={CELLS['families']})"


def read(folder):
    """Return a certificate from its folder."""
    return json.loads((folder / "certificate.json").read_text(encoding="utf-8"))


def test_it_is_that_of_certify(project):
    """The same cells, and so the same hash; the page beside it."""
    project.test(f"{TESTS}\ndef test_axioms(check): check()")
    result = project.run("--axioms-report=report")
    result.stdout.fnmatch_lines(["wrote *report/certificate.json", "wrote *report/certificate.html"])
    certified = ac.certify("uniform", examples=60, **CELLS)
    assert read(project.path / "report")["sha256"] == certified.as_data()["sha256"]
    assert "uniform" in (project.path / "report/certificate.html").read_text(encoding="utf-8")


def test_two_processes_write_the_same(project):
    """The cells are brought together, the names of the tests agree; items without code go along."""
    project.test(f"{TESTS}\ndef test_axioms(check): check()")
    choice = ("--axioms-explainer=mine:nothing", "-k", "uniform or conservation and bias")
    for one in (project.run("--axioms-report=alone", *choice), project.run("--axioms-report=pair", "-n", "2", *choice)):
        one.assert_outcomes(passed=4, failed=4)
        one.stdout.fnmatch_lines(["mine:nothing violates conservation in *", "FAILED mine.py::nothing-conservation-*"])
    first, second = (read(project.path / folder) for folder in ("alone", "pair"))
    assert len(first["cells"]) == 8
    assert first["sha256"] == second["sha256"]


def test_replayed_cells_are_in_it(project):
    """With the counterexample that they still are; nothing was drawn for them."""
    project.asks('[nothing], axioms="conservation", families="biased"')
    project.run("--axioms-store")
    project.run("--axioms-report=report")
    (cell,) = read(project.path / "report")["cells"]
    assert (cell["verdict"], cell["search"], cell["counterexample"]["formula"]) == ("violated", {}, "f(x1) = 1")


def test_nothing_is_written_where_nothing_was_judged(project):
    """And that is said."""
    project.test("def test_else(): pass")
    project.run("--axioms-report=report").stdout.fnmatch_lines(["no axiom was judged, so there is no certificate"])
    assert not list((project.path / "report").iterdir())


def test_a_folder_that_cannot_be_written_is_told_before_the_tests(project):
    """In a sentence."""
    project.write("report", "")
    result = project.run("--axioms-report=report")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: axiomcheck: cannot write to *report': *"])


PROFILE = "from hypothesis import settings\nsettings.register_profile('mine', max_examples=61)\n"


@pytest.mark.parametrize(
    ("arguments", "examples", "seed"),
    [
        ((), 62, 0),
        (("--hypothesis-profile=mine", "-k", "plain"), 61, 0),
        (("--axioms-examples=63", "--hypothesis-seed=5"), 63, 5),
        (("-k", "settled"), 64, 0),
    ],
)
def test_how_many_cases_are_drawn_and_from_where(project, monkeypatch, arguments, examples, seed):
    """The command line has the first word, then the test, then the profile of Hypothesis."""
    monkeypatch.setattr(core, "global_force_seed", None)
    asked = "equal, axioms='output_form', families='bias-free'"
    body = [
        f"@ac.parametrize_with_axioms({asked})\ndef test_plain(check): check()",
        f"@ac.parametrize_with_axioms({asked}, examples=62)\ndef test_asked(check): check()",
        f"@ac.parametrize_with_axioms({asked}, settings=settings(max_examples=64))\ndef test_settled(check): check()",
    ]
    project.write("conftest.py", PROFILE)
    project.test("from hypothesis import settings\n" + "\n".join(body[:1] if "plain" in arguments else body[1:]))
    chosen = arguments if "-k" in arguments or examples == 63 else ("-k", "asked")
    project.pytester.runpytest_inprocess("--axioms-report=report", *chosen)
    found = read(project.path / "report")
    assert (found["environment"]["examples"], found["seed"]) == (examples, seed)
    assert found["cells"][0]["screen"]["effective"] == examples


def test_counts_are_among_the_statistics_of_hypothesis(project):
    """What was drawn, what could show something, what was rejected."""
    project.asks('[nothing], axioms="purity", families="biased"')
    project.run("--hypothesis-show-statistics").stdout.fnmatch_lines(
        [
            "test_mine.py::test_axioms?mine.nothing-purity-biased?:",
            "  - during search: 60 drawn, 60 effective, 0 rejected",
            "  - during screen: 60 drawn, 60 effective, 0 rejected",
            "  - holds: no counterexample in 60 effective cases*",
        ]
    )
