"""The axioms are tested in their turn: the suite notices each that is weakened."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from axiomcheck.axioms import AXIOMS

from .weakened import WEAKENED

ROOT = Path(__file__).parents[2]
NEEDED = ("axiomcheck", "axioms", "explainers", "networks", "reports", "strategies", "tests", "pyproject.toml")
TESTS = ("tests/axioms", "tests/engine/test_judge.py", "tests/engine/test_bound_explainer.py")
BY_HAND = (
    "not known_to and not cell and not draws and not propagated and not smallest and not piecewise and not how_often"
)
"""What has to notice: cases by hand, without the cells that search and the properties, which would notice more."""


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """Return a copy of the code and its tests."""
    root = tmp_path_factory.mktemp("weakened")
    for name in NEEDED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, root / name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, root / name)
    return root


def _passes(root, tests=TESTS):
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-x",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        "-k",
        BY_HAND,
        *tests,
    ]
    done = subprocess.run(command, cwd=root, env={"PYTHONPATH": str(root)}, capture_output=True, check=False, text=True)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done.returncode == 0


@pytest.mark.parametrize("name", WEAKENED)
def test_passages_stand_where_they_are_said_to(name):
    """Each stands in its file, once."""
    weakened = WEAKENED[name]
    assert (ROOT / weakened.file).read_text().count(weakened.passage) == 1


@pytest.mark.long
def test_the_copy_is_what_is_tested(copy):
    """Unchanged, all its tests pass, and it is the copy that they import."""
    found = subprocess.run(
        [sys.executable, "-c", "import axiomcheck; print(axiomcheck.__file__)"],
        cwd=copy,
        env={"PYTHONPATH": str(copy)},
        capture_output=True,
        check=True,
        text=True,
    )
    assert Path(found.stdout.strip()).is_relative_to(copy)
    assert _passes(copy)


@pytest.mark.long
@pytest.mark.parametrize("name", WEAKENED)
def test_a_weakened_axiom_is_noticed(copy, name):
    """With the one passage changed a test fails."""
    weakened = WEAKENED[name]
    file = copy / weakened.file
    sound = file.read_text()
    try:
        _write(file, sound.replace(weakened.passage, weakened.weaker))
        assert not _passes(copy, _nearest(weakened.file))
    finally:
        _write(file, sound)


def _write(file, text):
    """Write a module, and drop what was compiled of it: Python sees no change of the same length in the same second."""
    file.write_text(text)
    for compiled in file.parent.glob(f"__pycache__/{file.stem}.*"):
        compiled.unlink()


def _nearest(file):
    """Return the tests of one axiom, or all where the file belongs to all of them."""
    name = Path(file).stem
    return (f"tests/axioms/test_{name}.py",) if name in AXIOMS else TESTS
