"""The suite on other versions: ``make test-matrix``. An interpreter that is not found is skipped with a line."""

import tomllib
from pathlib import Path

import nox

ROOT = Path(__file__).parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LIBRARIES = ("numpy", "scipy", "hypothesis", "jinja2", "rich", "cattrs", "jsonschema")
WITHOUT_TORCH = (*LIBRARIES, "filelock", "pytest", "pyyaml", "build", "hatchling")
NEEDS_THE_COMMAND = tuple(f"tests/engine/test_{name}.py" for name in ("same_certificate", "cluster", "recovery"))
"""Tests that run the whole program in another process, where nothing can be skipped."""

nox.options.default_venv_backend = "venv"
nox.options.error_on_missing_interpreters = False


def _oldest(name: str) -> str:
    """Return the oldest version of a library that pyproject admits, as ``name==version``."""
    requirements = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    return next(each for each in requirements if each.startswith(f"{name}>=")).replace(">=", "==")


@nox.session(python="3.11")
@nox.parametrize("age", ["oldest", "newest"])
def suite(session: nox.Session, age: str) -> None:
    """Run the whole suite with the oldest, or the newest, pytest and Hypothesis that pyproject admits."""
    session.install("--quiet", "--upgrade", "pip>=25.1")
    session.install("--quiet", "--constraint", "constraints.txt", "--editable", ".", "--group", "dev")
    chosen = [_oldest(name) if age == "oldest" else name for name in ("pytest", "hypothesis")]
    session.install("--quiet", "--upgrade", *chosen)
    session.run("pytest", "-n", "2", "--dist", "worksteal", *session.posargs)


@nox.session(python=["3.12", "3.13"])
def light(session: nox.Session) -> None:
    """Run what needs no torch; tests that import it are skipped."""
    session.install("--quiet", *WITHOUT_TORCH)
    session.install("--quiet", "--no-deps", "--editable", ".")
    ignored = [f"--ignore={path}" for path in NEEDS_THE_COMMAND]
    session.run("pytest", "-q", "tests", "-r", "fE", *ignored, *session.posargs)
