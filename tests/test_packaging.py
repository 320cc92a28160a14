"""What is installed: one top-level name, every module, and nothing loaded before it is used."""

import ast
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FLOORS = ("networks", "explainers", "strategies", "axioms", "reports", "axiomcheck")


def _modules():
    """Return the modules' paths as the wheel should have them."""
    for floor in FLOORS:
        for path in (ROOT / floor).rglob("*.py"):
            inside = path.relative_to(ROOT)
            yield str(inside) if floor == "axiomcheck" else f"axiomcheck/{inside}"


def test_the_wheel_has_one_name_and_every_module(wheel):
    """The only top-level name is axiomcheck, and no module is missing or comes twice."""
    names = zipfile.ZipFile(wheel).namelist()
    assert len(names) == len(set(names))
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"axiomcheck"}
    assert set(_modules()) == {name for name in names if name.endswith(".py")}
    assert "axiomcheck/reports/templates/certificate.html" in names
    assert "axiomcheck/results/corpus.jsonl.xz" in names
    assert "axiomcheck/py.typed" in names


def test_the_source_distribution_has_the_folders_behind_the_links(wheel):
    """What is reached by a link is packed as files."""
    (packed,) = wheel.parent.glob("*.tar.gz")
    with tarfile.open(packed) as archive:
        members = archive.getmembers()
    axioms = [member for member in members if member.name.endswith("axiomcheck/axioms/conservation.py")]
    assert [member.isfile() for member in axioms] == [True]


def _loads(code):
    """Return which of the heavy libraries ``code`` loads."""
    heavy = "print([name for name in ('torch', 'hypothesis', 'captum', 'scipy') if name in sys.modules])"
    ran = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\n{heavy}"], check=True, capture_output=True, text=True
    )
    return ast.literal_eval(ran.stdout.splitlines()[-1])


@pytest.mark.parametrize(
    "code",
    [
        "import axiomcheck",
        "import axiomcheck; axiomcheck.Network, axiomcheck.Family, axiomcheck.explainer, axiomcheck.Certificate",
        "import axiomcheck.networks, axiomcheck.strategies, axiomcheck.axioms, axiomcheck.explainers",
        "import axiomcheck.reports.html, axiomcheck.reports.terminal, axiomcheck.reports.json",
        *(
            f"from axiomcheck.cli import main; main(['list', {what!r}])"
            for what in ("explainers", "axioms", "rewrites")
        ),
    ],
)
def test_light_things_stay_light(code):
    """Values, reports and lists need neither torch nor Hypothesis."""
    assert _loads(code) == []


def test_results_know_no_engine_and_no_writers():
    """They stand on the axioms and on models; reports stand on them."""
    for path in (ROOT / "axiomcheck" / "results").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level == 2:
                assert (node.module or "").split(".")[0] in ("networks", "axioms", "models"), (path, node.module)
