"""The same seed gives the same certificate but for times."""

import json
import subprocess
import sys

import pytest

ASKED = ["--axiom", "conservation", "--family", "deep-taylor", "--examples", "60", "--no-fail"]

WITH_CONSTANTS = """
import sys
sys.path.insert(0, {folder!r})
import a_module_full_of_constants
from axiomcheck.cli import main
sys.exit(main(sys.argv[1:]))
"""


def _certificate(command, folder):
    subprocess.run([*command, *ASKED, "--out", str(folder)], check=True, capture_output=True, cwd=folder.parent)
    data = json.loads((folder / "certificate.json").read_text())
    for cell in data["cells"]:
        cell.pop("seconds")
    return data


def test_whatever_the_order_the_processes_and_the_imports(tmp_path):
    """Order on the command line, processes, what they have from each other, and other constants change nothing."""
    constants = "\n".join(f"c{i} = {bytes(range(i, i + 40))!r}, {i * 7919}, {i / 7!r}" for i in range(100))
    (tmp_path / "a_module_full_of_constants.py").write_text(constants)
    plain = [sys.executable, "-m", "axiomcheck", "certify"]
    other = [sys.executable, "-c", WITH_CONSTANTS.format(folder=str(tmp_path)), "certify"]
    alone = [*plain, "--in-process", "lrp-z-plus", "gradient", "--family", "ordinary"]
    first = _certificate(alone, tmp_path / "first")
    second = _certificate(
        [*other, "--family", "ordinary", "gradient", "lrp-z-plus", "--jobs", "2"], tmp_path / "second"
    )
    assert first == second
    assert {cell["verdict"] for cell in first["cells"]} == {"holds", "violated"}
    assert not (tmp_path / ".hypothesis").exists()


@pytest.mark.long
def test_another_seed_gives_another(tmp_path):
    """The seed matters: other cases are counted."""
    plain = [sys.executable, "-m", "axiomcheck", "certify", "gradient"]
    first = _certificate(plain, tmp_path / "first")
    second = _certificate([*plain, "--seed", "1"], tmp_path / "second")
    assert first["sha256"] != second["sha256"]
    assert [cell["screen"] for cell in first["cells"]] != [cell["screen"] for cell in second["cells"]]
