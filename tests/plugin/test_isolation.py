"""Cells of tests in processes of their own: what hangs or kills the interpreter fails, and the others are judged."""

import pytest

WORSE = """
import os, time

def hangs(model, inputs, target):
    while True:
        try:
            time.sleep(100)
        except BaseException:
            pass

def dies(model, inputs, target):
    os._exit(0)
"""


@pytest.fixture
def worse(project):
    """A project with explainers that no process survives, and a good one between them."""
    project.write("worse.py", WORSE)
    arguments = "['worse:hangs', 'mine:equal', 'worse:dies'], axioms=['conservation'], families=['bias-free']"
    project.asks(arguments)
    return project


def test_what_hangs_or_dies_fails_with_its_cell(worse):
    """And the good one passes, the certificate has all three."""
    result = worse.run("--axioms-isolate", "--axioms-timeout=2", "--axioms-report=report")
    result.assert_outcomes(passed=1, failed=2)
    result.stdout.fnmatch_lines(["*worse:hangs*timed out after 2 s and was killed*"])
    result.stdout.fnmatch_lines(["*worse:dies*ended its process with status 0*"])
    assert (worse.path / "report" / "certificate.json").is_file()


def test_the_ini_file_asks_for_it_too(project):
    """The verdict and the counterexample are those of a run in one process."""
    project.asks("['mine:nothing'], axioms=['conservation'], families=['biased']")
    here = project.run()
    project.write("pytest.ini", "[pytest]\naxiomcheck_isolate = true\n")
    elsewhere = project.run()
    for result in (here, elsewhere):
        result.assert_outcomes(failed=1)
        result.stdout.fnmatch_lines(["*f(x1) = 1", "*at x = (0) the scores sum to 0 where f(x) = 1"])
