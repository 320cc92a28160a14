"""Tests without code: under which files they are found, and what pytest's own options make of them."""

import shlex

import pytest

from axiomcheck.axioms import AXIOMS

CELLS = 4 * len(AXIOMS)
"""Those of an explainer that names neither axioms nor families: all axioms in the usual four."""
INI = '[tool.pytest.ini_options]\ntestpaths = ["tests"]\n'


def collected(result):
    """Return the names of the tests."""
    return [line for line in result.outlines if "::" in line]


@pytest.fixture
def sourced(project):
    """A project with its explainers in a package, a test, and an ini file that names them."""
    (project.path / "src/mine").mkdir(parents=True)
    (project.path / "mine.py").rename(project.path / "src/mine/ways.py")
    project.write("src/mine/__init__.py", "raise RuntimeError('nobody asked to run this yet')")
    project.write("tests/test_else.py", "def test_else(): pass")
    project.write(
        "pyproject.toml", INI + 'pythonpath = ["src"]\naxiomcheck_explainers = ["mine.ways:nothing", "uniform"]\n'
    )
    return project


def test_items_lie_under_the_file_of_their_explainer(sourced):
    """Found without running the package; those of libraries lie under the ini file."""
    sourced.write("src/mine/__init__.py", "")
    found = collected(sourced.run("--collect-only", "-q", "-k", "continuity and biased or else"))
    assert found == [
        "tests/test_else.py::test_else",
        "src/mine/ways.py::nothing-continuity-biased",
        "pyproject.toml::uniform-continuity-biased",
    ]


def test_a_package_that_does_not_load_is_told_at_collection(sourced):
    """In a sentence, under its file; the other tests are there."""
    result = sourced.run("--collect-only", "-q", "-k", "else")
    assert "tests/test_else.py::test_else" in collected(result)
    result.stdout.fnmatch_lines(
        [
            "*ERROR collecting src/mine/ways.py*",
            "axiomcheck: cannot load explainer 'mine.ways:nothing': RuntimeError: nobody*",
        ]
    )


@pytest.mark.parametrize("folder", [".", "src"])
def test_an_item_is_run_by_its_name(sourced, folder, monkeypatch):
    """From the root of the project, and from elsewhere."""
    sourced.write("src/mine/__init__.py", "")
    monkeypatch.chdir(sourced.path / folder)
    name = ("src/" if folder == "." else "") + "mine/ways.py::nothing-conservation-biased"
    result = sourced.run(name)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([f"store it: pytest {name} --axioms-examples=60 --axioms-store"])


def test_nothing_is_added_to_what_was_asked_for(sourced):
    """A run of one file is one of that file."""
    assert collected(sourced.run("--collect-only", "-q", "tests/test_else.py")) == ["tests/test_else.py::test_else"]


def test_an_explainer_of_the_command_line(project):
    """By its file or its module; its file is no file of tests."""
    for name in ("mine.py:equal", "mine:equal"):
        result = project.run("--axioms-explainer", name, "-k", "conservation and biased")
        result.assert_outcomes(passed=1, deselected=CELLS - 1)


def test_an_explainer_outside_the_folder_that_is_asked_for(project):
    """Its file is added."""
    project.write("tests/test_else.py", "def test_else(): pass")
    result = project.run("tests", "--axioms-explainer=mine:equal", "-k", "else or conservation and biased", "-v")
    result.assert_outcomes(passed=2, deselected=CELLS - 1)


def test_failures_come_first_the_next_time(sourced):
    """With --lf those alone, also under files that hold no tests."""
    sourced.write("src/mine/__init__.py", "")
    sourced.run("-k", "conservation and biased").assert_outcomes(failed=1, passed=1)
    assert collected(sourced.run("--lf", "--collect-only", "-q")) == ["src/mine/ways.py::nothing-conservation-biased"]


def test_known_violations_of_the_ini_file(sourced):
    """One list for all explainers that it names; what it stores lies with the tests."""
    sourced.write("src/mine/__init__.py", "")
    sourced.write("known.toml", '[[violation]]\nexplainer="mine.ways:nothing"\naxiom="conservation"\nreason="so far"\n')
    with (sourced.path / "pyproject.toml").open("a") as ini:
        ini.write('axiomcheck_known_violations = "known.toml"\n')
    sourced.run("-k", "conservation and biased", "--axioms-store").assert_outcomes(xfailed=1, passed=1)
    assert (sourced.path / "tests/counterexamples/mine.ways.nothing-conservation-biased.json").is_file()


def test_all_that_is_wrong_is_told_at_once(project):
    """Each explainer with its own sentence, under one file."""
    result = project.run("--axioms-explainer=mine:nothin", "--axioms-explainer=mine:number")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        ["axiomcheck: unknown name in 'mine': 'nothin'*", "axiomcheck: *'mine:number' is no callable*"]
    )


@pytest.mark.parametrize("processes", [(), ("-n", "1")])
def test_a_folder_without_a_file_will_do(project, processes):
    """An explainer of a library needs neither an ini file nor a test, nor one process for all."""
    project.path.joinpath("mine.py").unlink()
    choice = ("--axioms-explainer=captum:InputXGradient", "-k", "output_form and bias-free")
    project.run(*choice, *processes).assert_outcomes(passed=1, deselected=CELLS - 1 if not processes else 0)


def test_a_folder_without_a_file_has_commands_that_work(project):
    """What is printed finds the test again, which no file holds, whatever its explainer is called."""
    project.path.joinpath("mine.py").unlink()
    result = project.run("--axioms-explainer=lrp-gamma:gamma=0.5", "-k", "conservation and biased", "-v")
    result.stdout.fnmatch_lines(["axiomcheck::lrp-gamma.gamma=0.5-conservation-biased FAILED*"])
    (line,) = [line.removeprefix("store it: pytest ") for line in result.outlines if line.startswith("store it")]
    again = project.run(*shlex.split(line))
    again.assert_outcomes(failed=1, deselected=CELLS - 1)
    again.stdout.fnmatch_lines(["stored: tests/counterexamples/lrp-gamma.gamma=0.5-conservation-biased.json"])


def test_an_item_is_run_by_its_name_from_beside_its_file(project, monkeypatch):
    """Through the folder above, one test and no others."""
    project.write("tests/here.txt", "")
    project.write("pytest.ini", "[pytest]\npythonpath = .\n")
    monkeypatch.chdir(project.path / "tests")
    project.run("../mine.py::equal-conservation-biased", "--axioms-explainer=mine:equal").assert_outcomes(passed=1)


def test_a_folder_behind_a_link_is_the_folder(project):
    """Its tests are those of its files, under the names that they have without it."""
    (project.path / "linked").symlink_to(project.path / "real", target_is_directory=True)
    (project.path / "mine.py").rename(project.write("real/mine.py", ""))
    arguments = ("linked", "--axioms-explainer=linked/mine.py:equal", "--collect-only", "-q", "-k", "output_form")
    found = collected(project.run(*arguments))
    assert found[0] == "linked/mine.py::equal-output_form-bias-free"
    assert len(found) == 4


def test_an_explainer_by_two_names_is_tested_once(sourced):
    """By the name of the ini file."""
    sourced.write("src/mine/__init__.py", "")
    found = collected(
        sourced.run("--axioms-explainer=src/mine/ways.py:nothing", "--collect-only", "-q", "-k", "nothing")
    )
    assert len(found) == len(set(found)) == CELLS
    assert all(name.startswith("src/mine/ways.py::nothing-") for name in found)
