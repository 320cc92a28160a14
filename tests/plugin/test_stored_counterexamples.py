"""Stored counterexamples: kept beside the test, and replayed first from then on."""

import shlex

import pytest

ASKED = '[nothing], axioms="conservation", families="biased"'
ASKS = "@ac.parametrize_with_axioms({}, axioms='conservation', families='biased')\ndef test_axioms(check): check()"
FILE = "counterexamples/mine.nothing-conservation-biased.json"


def test_it_is_stored_then_replayed_then_fixed(project):
    """The file is written, fails the test at once, and no longer does once the explainer is mended."""
    project.asks(ASKED)
    stored = project.run("--axioms-store")
    stored.assert_outcomes(failed=1)
    stored.stdout.fnmatch_lines([f"stored: {FILE}"])
    again = project.run()
    again.assert_outcomes(failed=1)
    again.stdout.fnmatch_lines(["  f(x1) = 1", f"replay it: axiomcheck replay {FILE} --explainer mine:nothing"])
    project.mends()
    project.run().assert_outcomes(passed=1)


def test_the_line_replays_it(project):
    """As it is printed, in a shell."""
    project.asks(ASKED, "tests/test_mine.py")
    project.pytester.syspathinsert()
    project.run("--axioms-store")
    result = project.run()
    (line,) = [line.removeprefix("replay it: axiomcheck ") for line in result.outlines if line.startswith("replay it")]
    again = project.axiomcheck(*line.split())
    assert again.ret == 1
    again.stdout.fnmatch_lines([f"STILL VIOLATED  tests/{FILE}: mine:nothing on conservation: at x = (0)*"])


def test_an_explainer_beside_its_test_is_replayed_by_its_file(project):
    """Where pytest alone finds a module, the line says where it is."""
    (project.path / "mine.py").rename(project.path / "spare.py")
    project.write("tests/mine.py", (project.path / "spare.py").read_text())
    project.asks(ASKED, "tests/test_mine.py")
    project.run("--axioms-store")
    expected = f"replay it: axiomcheck replay tests/{FILE} --explainer tests/mine.py:nothing"
    project.run().stdout.fnmatch_lines([expected])


def test_the_search_goes_on_behind_what_is_fixed(project):
    """A stored counterexample that is none any more hides no other; the other has a file of its own."""
    project.asks(ASKED)
    project.run("--axioms-store")
    project.changes("equal(model, inputs, target).clamp_min(0)")
    result = project.run("--axioms-store")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([f"stored: {FILE.replace('.json', '-2.json')}"])
    assert len(list((project.path / "counterexamples").iterdir())) == 2


def test_it_is_found_by_the_name_of_its_file_too(project):
    """What ``hunt`` stored for mine.py:nothing is of the function that a test asks about."""
    command = "hunt mine.py:nothing conservation --family biased --examples 60 --out counterexamples/found.json"
    assert project.axiomcheck(*command.split()).ret == 1
    project.asks(ASKED)
    project.run().stdout.fnmatch_lines(["replay it: axiomcheck replay counterexamples/found*.json*"])


def test_a_broken_file_is_told_at_collection(project):
    """In a sentence that names it."""
    project.write("counterexamples/broken.json", "{")
    project.asks(ASKED)
    result = project.run()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["axiomcheck: *counterexamples/broken.json' is no JSON: *"])


def test_an_explainer_that_refuses_a_stored_case_is_searched(project):
    """A counterexample that cannot be replayed is warned of."""
    project.asks(ASKED)
    project.run("--axioms-store")
    refusal = "import axiomcheck.explainers\n    raise axiomcheck.explainers.Unsupported('not that')"
    project.changes(refusal, "return torch.zeros_like(inputs)")
    result = project.run()
    result.assert_outcomes(skipped=1, warnings=1)
    result.stdout.fnmatch_lines([f"*AxiomcheckWarning: *{FILE} cannot be replayed: *not that*"])


def test_what_is_stored_already_is_not_stored_again(project):
    """However often it is asked for."""
    project.asks(f"{ASKED}, known_violations=[]")
    project.run("--axioms-store")
    project.asks(ASKED, "test_more.py")
    (project.path / FILE).rename(project.path / "kept.json")
    for _ in range(2):
        project.run("--axioms-store")
    assert [path.name for path in (project.path / "counterexamples").iterdir()] == [FILE.partition("/")[2]]


def test_a_test_of_ones_own_replays_what_is_stored(project):
    """``ac.check`` too begins with it, and searches once it is mended."""
    project.test('def test_own():\n    ac.check(nothing, "conservation", family="biased")')
    project.run("--axioms-store").stdout.fnmatch_lines([f"stored: {FILE}"])
    again = project.run()
    again.assert_outcomes(failed=1)
    again.stdout.fnmatch_lines([f"replay it: axiomcheck replay {FILE} --explainer mine:nothing"])
    project.mends()
    project.run().assert_outcomes(passed=1)


def test_it_is_known_from_wherever_pytest_is_called(project, monkeypatch):
    """An explainer has one file, by whatever way it is named."""
    project.write("pytest.ini", "[pytest]\npythonpath = .\n")
    project.write("tests/here.txt", "")
    choice = ("-k", "nothing-conservation-biased")
    project.run("--axioms-explainer=./mine.py:nothing", "--axioms-store", *choice)
    assert len(list((project.path / "tests/counterexamples").iterdir())) == 1
    monkeypatch.chdir(project.path / "tests")
    result = project.run("--axioms-explainer=../mine.py:nothing", "..", *choice)
    result.stdout.fnmatch_lines(["replay it: axiomcheck replay counterexamples/*nothing-conservation-biased.json*"])


MADE = {
    "a function without a name": "lambda model, inputs, target: nothing(model, inputs, target)",
    "an object": "Made(0)",
    "a method": "Made(0).explain",
    "a partial function": "functools.partial(given, factor=0)",
}
MAKING = """
import dataclasses, functools

@dataclasses.dataclass(frozen=True)
class Made:
    factor: int

    def __call__(self, model, inputs, target):
        return self.factor * inputs

    explain = __call__

def given(model, inputs, target, factor=1):
    return factor * inputs
"""


@pytest.mark.parametrize("made", MADE)
def test_the_line_replays_what_a_test_has_made(project, made):
    """As it is printed: by ``axiomcheck`` where that finds the explainer, by the test itself where not."""
    project.test(f"{MAKING}\nmade = {MADE[made]}\n" + ASKS.format("made"))
    project.run("--axioms-store")
    (line,) = [line.removeprefix("replay it: ") for line in project.run().outlines if line.startswith("replay it")]
    command, *arguments = shlex.split(line)
    if command == "pytest":
        project.run(*arguments).stdout.fnmatch_lines([line.join(["replay it: ", ""])])
    else:
        project.axiomcheck(*arguments).stdout.fnmatch_lines(["STILL VIOLATED*"])
