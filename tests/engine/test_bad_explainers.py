"""A campaign of bad explainers harms no good one, ends in time, and leaves nothing behind."""

import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from .bad_explainers import EXPECTED, GOOD

FILE = Path(__file__).with_name("bad_explainers.py")
SOME = ("swallows", "backtracks", "exits_with_0", "reads_at_0", "raises_its_own", "leaves_children", "patches_torch")
TIMEOUT = 6


def _campaign(folder, names, *options):
    """Return the cells by the name of their explainer, without their times, and the seconds that it took."""
    command = [sys.executable, "-m", "axiomcheck", "certify", *(f"{FILE}:{name}" for name in names)]
    command += ["--axiom", "conservation", "--family", "biased", "--examples", "60", "--timeout", str(TIMEOUT)]
    start = time.monotonic()
    done = subprocess.run(
        [*command, "--no-fail", "--out", str(folder), *options],
        cwd=folder.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "Traceback" not in done.stderr
    cells = json.loads((folder / "certificate.json").read_text())["cells"]
    took = time.monotonic() - start
    return {cell["explainer"].rpartition(":")[2]: {**cell, "seconds": None} for cell in cells}, took


def _processes():
    lines = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout.splitlines()
    return [line for line in lines if str(FILE) in line or "sleep 4242" in line]


def _left():
    return {path.name for path in Path(tempfile.gettempdir()).glob("axiomcheck-*")}


@pytest.mark.parametrize(
    ("names", "jobs"),
    [
        pytest.param(SOME, 2, id="some"),
        *(pytest.param(tuple(EXPECTED), jobs, id=f"all-{jobs}", marks=pytest.mark.long) for jobs in (1, 2)),
    ],
)
def test_bad_explainers_harm_no_good_one(tmp_path, names, jobs):
    """Before, between and behind them the good ones have the cells that they have alone."""
    before = _left()
    alone, _ = _campaign(tmp_path / "alone", list(GOOD))
    half = len(names) // 2
    order = ["uniform", *names[:half], "nothing", *names[half:]]
    cells, took = _campaign(tmp_path / "among", order, "--jobs", str(jobs))
    assert took < 1.2 * TIMEOUT * len(order) + 30
    assert {name: cells[name] for name in GOOD} == alone
    assert {name: cell["verdict"] for name, cell in alone.items()} == GOOD
    for name in names:
        verdict, words = EXPECTED[name]
        assert re.fullmatch(verdict, cells[name]["verdict"]), (name, cells[name]["reason"])
        assert re.search(words, cells[name]["reason"]), (name, cells[name]["reason"])
        assert "axiomcheck itself failed" not in cells[name]["reason"], name
        assert len(cells[name]["reason"]) < 2_000, name
    assert _processes() == []
    assert _left() <= before
