"""The pytest plugin: what it costs where it is not used, and a whole suite in one process and in two."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from .timing import Row, seconds, side_by_side

ROUNDS = 7
LOAD = """
from time import perf_counter
import pytest
start = perf_counter()
import axiomcheck.plugin
print(perf_counter() - start)
"""


def rows() -> Iterator[Row]:
    with TemporaryDirectory() as folder:
        yield _unused(Path(folder))
    with TemporaryDirectory() as folder:
        yield _suite(Path(folder))


def _unused(folder: Path) -> Row:
    """Compare a project that does not use the plugin with itself where the plugin is switched off."""
    (folder / "test_plain.py").write_text("def test_plain(): pass\n", encoding="utf-8")
    times = side_by_side(
        lambda: _pytest(folder, "--collect-only", "-q"),
        lambda: _pytest(folder, "--collect-only", "-q", "-p", "no:axiomcheck"),
        rounds=ROUNDS,
        items=1,
    )
    loads = [float(subprocess.check_output([sys.executable, "-c", LOAD])) for _ in range(ROUNDS)]  # noqa: S603 - our own words
    remark = f"loading it takes {1e3 * median(loads):.2g} ms in the median ({1e3 * max(loads):.2g} at most)"
    return Row("pytest --collect-only elsewhere: with the plugin / without", *times, remark)


def _suite(folder: Path) -> Row:
    """Ask all axioms in the preset families of one explainer."""
    asked = (
        "--axioms-explainer=captum:InputXGradient",
        "--axioms-examples=20",
        "-q",
        "--tb=no",
        "-p",
        "no:cacheprovider",
    )
    pair = seconds(lambda: _pytest(folder, *asked, "--axioms-report=pair", "-n", "2"))
    alone = seconds(lambda: _pytest(folder, *asked, "--axioms-report=alone"))
    first, second = (_certificate(folder / name) for name in ("pair", "alone"))
    same = "the same certificate" if first["sha256"] == second["sha256"] else "certificates that DIFFER"
    return Row(
        "captum:InputXGradient, all axioms, preset families: pytest -n 2 / one process",
        [pair],
        [alone],
        f"{len(first['cells'])} cells, {same}",
    )


def _certificate(folder: Path) -> dict[str, list[object]]:
    found: dict[str, list[object]] = json.loads((folder / "certificate.json").read_text(encoding="utf-8"))
    return found


def _pytest(folder: Path, *arguments: str) -> None:
    """Run pytest as people do: what was compiled once is kept."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    asked = [sys.executable, "-m", "pytest", *arguments]
    subprocess.run(asked, cwd=folder, env=environment, check=False, stdout=subprocess.DEVNULL)  # noqa: S603
