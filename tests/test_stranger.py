"""What somebody does who has never heard of it: install the wheel, type the README, test an explainer, mend it."""

import os
import re
import shlex
import subprocess
import venv
from pathlib import Path

import pytest

import axiomcheck

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MODELS = '''
from torch import nn


def load():
    """A small network, which nobody has trained."""
    return nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.Flatten(), nn.Linear(32, 3))
'''
IMAGES = "import numpy; numpy.save('images.npy', numpy.random.default_rng(0).random((24, 1, 6, 6), 'float32'))"
WRONG = '''
def explain(model, inputs, target):
    """Gradient times input, with a sign lost."""
    inputs = inputs.clone().requires_grad_()
    model(inputs).gather(1, target[:, None]).sum().backward()
    return inputs.grad * inputs.abs()
'''
RIGHT = WRONG.replace("inputs.abs()", "inputs").replace(", with a sign lost", "")
CONSERVATION = ["tests/test_axioms.py", "-q", "-k", "conservation and bias-free"]


class Desk:
    """A folder, and an environment that has the wheel, one library and pytest, and nothing of the checkout."""

    def __init__(self, folder, wheel):
        self.folder, self.bin = folder / "project", folder / "venv" / "bin"
        self.folder.mkdir()
        venv.create(folder / "venv", with_pip=True)
        constraints = str(ROOT / "constraints.txt")
        self.run("python", "-m", "pip", "install", "--quiet", "-c", constraints, f"{wheel}[captum]", "pytest")

    def run(self, *words, status=0):
        """Run a command of the environment, which ends with a status; return what it printed."""
        unwanted = ("PYTHONPATH", "PYTEST_ADDOPTS", "PYTEST_XDIST_WORKER", "COLUMNS")
        known = {name: value for name, value in os.environ.items() if name not in unwanted}
        ran = subprocess.run(
            [str(self.bin / words[0]), *words[1:]],
            cwd=self.folder,
            env=known | {"COLUMNS": "200", "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == status, f"{shlex.join(words)}\n{ran.stdout}\n{ran.stderr}"
        assert "Traceback" not in ran.stderr
        return ran.stdout

    def write(self, name, text):
        """Write a file of the project."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def desk(tmp_path_factory, wheel):
    """The desk of a stranger."""
    return Desk(tmp_path_factory.mktemp("stranger"), wheel)


def _lines_of_the_readme():
    """Return the lines of the README that run axiomcheck, without what stands behind them."""
    blocks = [body for language, body in FENCE.findall(README) if not language]
    return [
        shlex.split(line.removeprefix("$ "), comments=True)
        for body in blocks
        for line in body.splitlines()
        if line.removeprefix("$ ").startswith("axiomcheck ")
    ]


def _what_the_readme_shows():
    """Return what stands in the README below the line that it begins with."""
    (shown,) = [body for language, body in FENCE.findall(README) if not language and body.startswith("$ ")]
    return shown.partition("\n")[2]


def _line_behind(words, text):
    """Return the command that stands behind words, as somebody copies it."""
    (line,) = [line.removeprefix(words) for line in text.splitlines() if line.startswith(words)]
    return shlex.split(line)


@pytest.mark.long
def test_the_readme_is_true_of_the_wheel(desk):
    """Each of its lines runs and finds something; the first prints what stands below it, and so does the Python."""
    assert desk.run("axiomcheck", "--version") == f"axiomcheck {axiomcheck.__version__}\n"
    desk.write("my_package/models.py", MODELS)
    desk.run("python", "-c", IMAGES)
    commands = _lines_of_the_readme()
    assert [command[1] for command in commands] == ["hunt", "certify", "hunt", "certify"]
    for command in commands:
        hurried = ["--quick"] if command[1] == "certify" and "--quick" not in command else []
        told = [line.rstrip() for line in desk.run(*command, *hurried, status=1).splitlines()]
        if command == commands[0]:
            shown = _what_the_readme_shows().splitlines()
            assert told[: len(shown)] == shown
    assert (desk.folder / "axiomcheck-report" / "certificate.html").is_file()
    snippet = next(body for language, body in FENCE.findall(README) if language == "python")
    desk.write("snippet.py", snippet)
    assert f"`{desk.run('python', 'snippet.py').strip()}`" in README.replace("\n", " ")


@pytest.mark.long
def test_an_explainer_gets_from_red_to_green(desk):
    """Started, found wrong on one variable, stored, replayed, mended, green; and what was wrong stays tested."""
    desk.write("mine.py", WRONG)
    desk.run("axiomcheck", "init", "mine.py:explain")
    failure = desk.run("pytest", *CONSERVATION, "--axioms-store", status=1)
    assert "f(x1) = " in failure
    assert "the scores sum to" in failure
    assert "import torch" in failure
    (stored,) = (desk.folder / "tests" / "counterexamples").glob("*.json")
    name = str(stored.relative_to(desk.folder))
    assert f"stored: {name}" in failure
    replay = _line_behind("replay it: ", desk.run("pytest", *CONSERVATION, status=1))
    assert desk.run(*replay, "--quiet", status=1) == f"STILL VIOLATED  {name}\n"

    desk.write("mine.py", RIGHT)
    assert desk.run(*replay, "--quiet") == f"FIXED  {name}\n"
    assert "1 passed" in desk.run("pytest", *CONSERVATION)
    desk.write("mine.py", WRONG)
    assert _line_behind("replay it: ", desk.run("pytest", *CONSERVATION, status=1)) == replay
