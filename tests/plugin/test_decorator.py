"""One test a cell: its name, its outcome, and how pytest's own options see it."""

import pytest

ALL = (
    '[equal, nothing, "lrp-gamma:gamma=0.5"], axioms=["conservation", "selectivity"], families=["bias-free", "biased"]'
)
LINES = [
    "test_mine.py::test_axioms[mine.equal-conservation-bias-free]",
    "test_mine.py::test_axioms[mine.equal-conservation-biased]",
    "test_mine.py::test_axioms[mine.nothing-selectivity-biased]",
    "test_mine.py::test_axioms[lrp-gamma.gamma=0.5-selectivity-biased]",
]


def collected(project, *arguments):
    """Return the names of the tests."""
    return [line for line in project.run("--collect-only", "-q", *arguments).outlines if "::" in line]


def test_there_is_one_item_for_each_cell(project):
    """Its name says explainer, axiom and family."""
    project.asks(ALL)
    found = collected(project)
    assert len(found) == 12
    assert set(LINES) <= set(found)


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (("-k", "mine.nothing and conservation"), 2),
        (("-m", "axiom"), 12),
        (("-m", "not axiom"), 1),
        ((LINES[1],), 1),
        (("--deselect", LINES[0]), 12),
    ],
)
def test_items_are_chosen_as_any_others(project, options, count):
    """By parts of their names, by their marker, by their whole name."""
    project.asks(ALL)
    project.test("def test_other(): pass", "test_other.py")
    assert len(collected(project, *options)) == count


def test_all_axioms_in_the_usual_families_unless_told_otherwise(project):
    """As ``certify`` has it."""
    from axiomcheck.axioms import AXIOMS
    from axiomcheck.engine.campaign import DEFAULT_FAMILIES

    project.asks("[equal]")
    assert collected(project) == [
        f"test_mine.py::test_axioms[mine.equal-{axiom}-{family}]" for axiom in AXIOMS for family in DEFAULT_FAMILIES
    ]


def test_what_holds_passes_and_what_is_violated_fails(project):
    """And what an explainer does not promise is skipped, with its reason."""
    project.asks('[equal, nothing], axioms=["conservation", "positivity"], families="biased"')
    result = project.run("-rs")
    result.assert_outcomes(passed=1, failed=1, skipped=2)
    result.stdout.fnmatch_lines(["*SKIPPED*it does not promise positive scores*"])


def test_a_run_ends_with_the_first_failure_and_begins_with_the_last(project):
    """With -x and with --lf."""
    project.asks('[nothing, equal], axioms=["conservation"], families=["bias-free", "biased"]')
    project.run("-x").assert_outcomes(failed=1)
    project.run("--lf").assert_outcomes(failed=1)
    assert collected(project, "--lf") == ["test_mine.py::test_axioms[mine.nothing-conservation-bias-free]"]


def test_files_of_other_tools_tell_of_them(project):
    """JUnit's file and the list of durations name them like any test."""
    project.asks('[nothing], axioms=["conservation"], families=["biased"]')
    result = project.run("--junit-xml=junit.xml", "--durations=1", "-vv")
    result.stdout.fnmatch_lines(["*s call * test_mine.py::test_axioms?mine.nothing-conservation-biased?"])
    told = (project.path / "junit.xml").read_text(encoding="utf-8")
    assert 'name="test_axioms[mine.nothing-conservation-biased]"' in told
    assert 'message="AxiomViolation: mine:nothing violates conservation in biased: at x = ' in told


WRONG = {
    'nothing, axioms=["continuty"]': "unknown axiom 'continuty'; did you mean 'continuity'?",
    'nothing, families="biassed"': "unknown family 'biassed'; did you mean 'biased'?",
    '"mine:nothin"': "unknown name in 'mine': 'nothin'; did you mean 'nothing'?",
    '"mine:number"': "explainer 'mine:number' is no callable but int",
    '"nowhere:explain"': "cannot load explainer 'nowhere:explain': ModuleNotFoundError: No module named 'nowhere'",
    '"captum:Nothing"': "unknown method of captum 'Nothing'; known are",
    "3": "Expected explainers as a list but got explainers=3",
    "[]": "Expected at least one explainer",
    "[3]": "Expected an explainer's name or a callable but got 3",
    "[lambda *_: 0, lambda *_: 1]": "Expected explainers with names of their own",
    "nothing, axioms=3": "Expected axioms as a list but got axioms=3",
    "nothing, axioms=[]": "Expected at least one axiom",
    'nothing, axioms=["conservation", 3]': "Expected an axiom's name but got 3",
    "nothing, families=[]": "Expected at least one family",
    "nothing, families=[3]": "Expected a family's name but got 3",
    "nothing, examples=0": "Expected at least 59 examples, or nothing can hold, but got examples=0",
    "nothing, settings=7.5": "Expected at least 59 examples, or nothing can hold, but got settings=7.5",
    "nothing, known_violations=5": "Expected known violations as a TOML file or a list of tables but got 5",
    'nothing, known_violations="no.toml"': "cannot read 'no.toml': No such file",
    'nothing, known_violations=[{"explainer": "mine:nothing", "axiom": "continuity"}]': "it has no reason",
    'nothing, known_violations=[{"explainer": "mine:equal", "axiom": "continuity", "reason": "so"}]': (
        "the known violation of mine:equal on continuity in any family matches no cell"
    ),
}


def test_what_is_wrong_is_told_at_collection_in_a_sentence(project):
    """Each file of tests ends with its own sentence, and no traceback."""
    for number, arguments in enumerate(WRONG):
        project.asks(arguments, f"test_{number}.py")
    result = project.run()
    result.assert_outcomes(errors=len(WRONG))
    told = result.stdout.str()
    assert [sentence for sentence in WRONG.values() if sentence not in told] == []
    assert "Traceback" not in told
    assert "test_0.py:" not in told.partition("short test summary")[0]


def test_the_decorator_is_called(project):
    """Without explainers it would take the test for one, and the test would be lost."""
    project.test("@ac.parametrize_with_axioms\ndef test_axioms(check):\n    check()")
    result = project.run()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["axiomcheck: parametrize_with_axioms is called with explainers, as in *"])
