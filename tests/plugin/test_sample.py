"""The sample project, run as its author would run it: the bug is found, shrunk, stored, fixed, and all is green."""

import shutil
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def sample(pytester, monkeypatch):
    """A copy of the project."""
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    pytest.importorskip("torch")
    shutil.copytree(EXAMPLES, pytester.path, dirs_exist_ok=True)
    return pytester


def fenced(language, beginning=""):
    """Return the lines of the first block of the README in a language, and with a beginning."""
    blocks = (EXAMPLES / "README.md").read_text(encoding="utf-8").split("```")[1::2]
    told = [block.removeprefix(f"{language}\n") for block in blocks if block.startswith(f"{language}\n")]
    return next(block for block in told if block.startswith(beginning)).rstrip().splitlines()


def test_the_bug_is_found_and_fixed(sample):
    """Red with the counterexample that the README shows, then green with the change that it shows."""
    red = sample.runpytest_subprocess("--axioms-examples=60", "--axioms-store")
    red.assert_outcomes(failed=2, xfailed=2, passed=1)
    shown = fenced("", "shared_bias:shared_bias violates")
    start = red.outlines.index(shown[0])
    assert red.outlines[start : start + len(shown)] == shown
    stored = sample.path / "tests/counterexamples/shared_bias.shared_bias-conservation-biased.json"
    assert stored.is_file()
    change = fenced("diff")
    before, after = (next(line[1:] for line in change if line[0] == sign) for sign in "-+")
    source = sample.path / "shared_bias.py"
    assert before in source.read_text(encoding="utf-8")
    source.write_text(source.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    sample.runpytest_subprocess("--axioms-examples=60").assert_outcomes(passed=3, xfailed=2)


def test_the_readme_shows_the_test():
    """As it is written."""
    assert "\n".join(fenced("python")) in (EXAMPLES / "tests/test_axioms.py").read_text(encoding="utf-8")
