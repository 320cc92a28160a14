"""Known violations: they are expected, replayed where a counterexample is stored, and never searched for then."""

import json

import pytest

KNOWN = 'known_violations=[{"explainer": "mine:nothing", "axiom": "conservation", "reason": "so far"}]'
ASKED = 'axioms="conservation", families="biased"'
ITEM = "test_mine.py::test_axioms[mine.nothing-conservation-biased]"
COUNTING = """
def counted(scores):
    with open("calls", "a") as calls:
        calls.write("x")
    return scores
"""


def test_what_is_found_is_expected(project):
    """It shows as xfail, with its reason and the command that stores its counterexample."""
    project.asks(f"[nothing], {ASKED}, {KNOWN}")
    result = project.run("-rx")
    result.assert_outcomes(xfailed=1)
    result.stdout.fnmatch_lines(
        [f"XFAIL {ITEM} - *so far".replace("[", "?"), f"store it: pytest '{ITEM}'* --axioms-store".replace("[", "?")]
    )


def test_what_is_not_found_is_no_failure(project):
    """But a warning: the cases may be too few, or it is mended."""
    project.asks(f"[equal], {ASKED}, {KNOWN.replace('nothing', 'equal')}")
    result = project.run()
    result.assert_outcomes(passed=1, warnings=1)
    result.stdout.fnmatch_lines(
        ["*AxiomcheckWarning: the known violation of mine:equal on conservation in any family was not found: *"]
    )


def test_the_warning_can_be_named(project):
    """In the filters of pytest, so that somebody may make it an error."""
    project.asks(f"[equal], {ASKED}, {KNOWN.replace('nothing', 'equal')}")
    project.run("-W", "error::axiomcheck.AxiomcheckWarning").assert_outcomes(failed=1)


def test_what_is_stored_is_replayed_and_not_searched(project):
    """The explainer is called a few times, not for each of so many cases."""
    project.asks(f"[nothing], {ASKED}, {KNOWN}")
    project.run("--axioms-store").assert_outcomes(xfailed=1)
    project.changes("counted(torch.zeros_like(inputs))")
    project.write("mine.py", COUNTING + (project.path / "mine.py").read_text(encoding="utf-8"))
    result = project.run("-rx")
    result.assert_outcomes(xfailed=1)
    stored = "counterexamples/mine.nothing-conservation-biased.json"
    result.stdout.fnmatch_lines([f"replay it: axiomcheck replay {stored} --explainer mine:nothing"])
    assert 0 < len((project.path / "calls").read_text(encoding="utf-8")) < 10


@pytest.mark.parametrize("listed", [True, False])
def test_what_is_fixed_fails(project, listed):
    """So that the list stays true, whether it names the file or the file lies in the folder."""
    project.asks(f"[nothing], {ASKED}, {KNOWN}")
    project.run("--axioms-store")
    known = KNOWN
    if listed:
        (project.path / "counterexamples").rename(project.path / "kept")
        named = '"counterexample": "kept/mine.nothing-conservation-biased.json"'
        known = KNOWN.replace('"reason"', f'{named}, "reason"')
    project.mends()
    project.asks(f"[nothing], {ASKED}, {known}")
    result = project.run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["fixed: remove it from the list: the known violation of mine:nothing on conservation in any family (so far);*"]
    )


def test_a_file_of_another_axiom_is_told_at_collection(project):
    """In a sentence that names both."""
    project.asks('[nothing], axioms="selectivity", families="biased"')
    project.run("--axioms-store")
    file = "counterexamples/mine.nothing-selectivity-biased.json"
    known = KNOWN.replace('"reason"', f'"counterexample": "{file}", "reason"')
    project.asks(f"[nothing], {ASKED}, {known}")
    result = project.run()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([f"axiomcheck: the known violation of mine:nothing*{file}', which is of selectivity"])


def test_a_counterexample_of_a_wider_family_says_nothing_of_a_narrower(project):
    """An entry for any family is replayed where its file belongs, and searched elsewhere."""
    project.asks(f"[nothing], {ASKED}")
    project.run("--axioms-store")
    file = "counterexamples/mine.nothing-conservation-biased.json"
    known = KNOWN.replace('"reason"', f'"counterexample": "{file}", "reason"')
    project.asks(f'[nothing], axioms="conservation", families=["biased", "bias-free"], {known}')
    result = project.run("-rx")
    result.assert_outcomes(xfailed=2)
    assert [line[:9] for line in result.outlines if line.startswith(("replay it", "store it"))] == [
        "replay it",
        "store it:",
    ]


def test_expected_failures_can_be_run_as_others(project):
    """With --runxfail the counterexample is shown."""
    project.asks(f"[nothing], {ASKED}, {KNOWN}")
    result = project.run("--runxfail")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["mine:nothing violates conservation in biased"])


def test_a_list_lies_beside_the_test(project):
    """From wherever pytest is called."""
    text = '[[violation]]\nexplainer = "mine:nothing"\naxiom = "conservation"\nreason = "so far"\n'
    project.write("tests/known.toml", text)
    project.asks(f'[nothing], {ASKED}, known_violations="known.toml"', "tests/test_mine.py")
    project.pytester.syspathinsert()
    project.run().assert_outcomes(xfailed=1)


def test_what_is_fixed_here_and_violated_there_is_still_violated(project):
    """The stored counterexample is none any more, but another is found; the cell is judged, and in the certificate."""
    project.asks(f"[nothing], {ASKED}, {KNOWN}")
    project.run("--axioms-store")
    project.changes("equal(model, inputs, target).clamp_min(0)")
    result = project.run("--axioms-report=out")
    result.assert_outcomes(failed=1)
    told = (
        "counterexamples/mine.nothing-conservation-biased.json is no counterexample any more (*), but another was found"
    )
    still = "mine:nothing on conservation in any family is still violated (so far)"
    result.stdout.fnmatch_lines([f"{told}: {still}", "store it: pytest *"])
    (cell,) = json.loads((project.path / "out/certificate.json").read_text(encoding="utf-8"))["cells"]
    assert (cell["verdict"], cell["search"]["drawn"] > 0) == ("violated", True)
    project.run("--axioms-store").assert_outcomes(failed=1)
    project.run().assert_outcomes(xfailed=1)


LIST = """
[[violation]]
explainer = "mine:nothing"
axiom = "conservation"
reason = "so far"

[[violation]]
explainer = "mine:equal"
axiom = "selectivity"
family = "{}"
reason = "so far"
"""


SHARED = [
    ("biased", ()),
    ("bias-free", ()),
    pytest.param("bias-free", ("-n", "1"), marks=pytest.mark.long),
]


@pytest.mark.parametrize(("family", "processes"), SHARED)
def test_tests_may_share_a_file(project, family, processes):
    """Each entry is about a cell of one of them; one that is about none fails."""
    project.write("known.toml", LIST.format(family))
    shared = 'families="biased", known_violations="known.toml"'
    project.asks(f'nothing, axioms="conservation", {shared}')
    project.asks(f'equal, axioms="selectivity", {shared}', "test_more.py")
    result = project.run(*processes)
    if family == "biased":
        result.assert_outcomes(xfailed=2)
    else:
        result.assert_outcomes(xfailed=1, failed=2)
        told = "the known violation of mine:equal on selectivity in bias-free matches no cell that is judged"
        result.stdout.fnmatch_lines([f"axiomcheck: in 'known.toml' {told}"])
        project.run("test_mine.py", *processes).assert_outcomes(xfailed=1)
