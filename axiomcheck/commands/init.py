"""``axiomcheck init``: the files with which a project starts to test its explainers."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from ..networks import AxiomcheckError
from .options import EXPLAINER
from .status import EXPECTED

HELP = "start a project: a test, known violations, a workflow"
TEST = '''"""The axioms that explanations must satisfy, each checked in four families of random networks."""

import axiomcheck as ac


@ac.parametrize_with_axioms({explainers}, known_violations="known.toml")
def test_axioms(check):
    check()
'''
KNOWN = """# What is known to be violated, each with a reason. Another violation fails the test.
#
# [[violation]]
# explainer = {explainer}
# axiom = "continuity"
# family = "ordinary"          # left out: in every family
# reason = "the gradient jumps at kinks"
"""
WORKFLOW = """name: axioms
on: [push, pull_request]
jobs:
  axioms:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: pip install axiomcheck pytest .
      - run: pytest tests/test_axioms.py --axioms-report axioms
      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: axioms
          path: axioms
"""


def add_arguments(command: ArgumentParser) -> None:
    """Name the options."""
    command.add_argument("explainers", nargs="+", metavar="EXPLAINER", help=EXPLAINER)
    command.add_argument(
        "--into", type=Path, default=Path(), metavar="DIR", help="the project (default: the current folder)"
    )


def run(arguments: Namespace) -> int:
    """Write the files; none is written over."""
    from .names import check_names

    check_names(arguments.explainers, None, None)
    listed = ", ".join(map(_quoted, arguments.explainers))
    files = {
        "tests/test_axioms.py": TEST.format(explainers=f"[{listed}]"),
        "tests/known.toml": KNOWN.format(explainer=_quoted(arguments.explainers[0])),
        ".github/workflows/axioms.yml": WORKFLOW,
    }
    paths = {arguments.into / name: text for name, text in files.items()}
    if existing := [str(path) for path in paths if path.exists()]:
        raise AxiomcheckError(f"{existing[0]!r} is there already, and init writes over nothing")
    for path, text in paths.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(f"wrote {path}")
    print("now: pytest tests/test_axioms.py")
    return EXPECTED


def _quoted(text: str) -> str:
    r"""Return a text as TOML and Python both read it.

    >>> _quoted('a"b')
    '"a\\"b"'
    """
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
