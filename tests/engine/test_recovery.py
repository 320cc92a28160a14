"""Campaigns that are killed, interrupted or ended: what was judged is kept, and the rest can be judged later."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from axiomcheck.results.certificate_reader import read_certificate

CAMPAIGN = ["--axiom", "selectivity", "--axiom", "conservation", "--examples", "60", "--no-fail"]
GOOD = ["uniform", "gradient"]
TWO = ["--family", "bias-free", "--family", "biased"]
CELLS = 2 * 2 * 2
SLOW = """
import time

def slow(model, inputs, target):
    time.sleep(1000)
"""


def _start(folder, *words):
    command = [sys.executable, "-m", "axiomcheck", "certify", *words, *CAMPAIGN, "--jobs", "2", "--out", str(folder)]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, cwd=folder.parent, **streams)


def _run(folder, *words):
    """Return the status, what was printed, and what was printed as an error."""
    with _start(folder, *words) as running:
        return running.wait(120), *running.communicate()


def _certificate(folder):
    data = json.loads((folder / "certificate.json").read_text())
    return data["sha256"], len(data["cells"]), data["missing"]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """The certificate of a run that nobody disturbs."""
    folder = tmp_path_factory.mktemp("undisturbed") / "out"
    assert _run(folder, *GOOD, *TWO)[0] == 0
    return _certificate(folder)


def _lines(folder):
    path = folder / "cells.jsonl"
    return path.read_bytes().count(b"\n") if path.exists() else 0


def _wait_until(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 13))])
def test_a_killed_campaign_is_resumed_to_the_same_certificate(tmp_path, undisturbed, seed):
    """Killed without a word at a random moment, once in the middle of writing a line, and resumed."""
    folder, chance = tmp_path / "out", random.Random(seed)
    with _start(folder, *GOOD, *TWO) as running:
        due = chance.randint(0, CELLS)
        _wait_until(lambda: _lines(folder) > due or running.poll() is not None)
        time.sleep(chance.random() / 4)
        running.kill()
    if seed % 2 and _lines(folder) > 1:
        path = folder / "cells.jsonl"
        os.truncate(path, path.stat().st_size - chance.randint(1, 20))
    assert _run(folder, *GOOD, *TWO, "--resume")[0] == 0
    assert _certificate(folder) == undisturbed
    assert _lines(folder) == 1 + CELLS


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), pytest.param(signal.SIGTERM, 143, marks=pytest.mark.long)]
)
def test_interrupted_it_tells_and_writes_what_there_is(tmp_path, number, status):
    """Within seconds, without a traceback; the certificate says what is missing, and no process is left."""
    (tmp_path / "my.py").write_text(SLOW)
    folder = tmp_path / "out"
    with _start(folder, *GOOD, "my.py:slow", "--family", "bias-free") as running:
        _wait_until(lambda: _lines(folder) == 5)
        time.sleep(0.5)
        running.send_signal(number)
        start = time.monotonic()
        output, errors = running.communicate()
        assert time.monotonic() - start < 5
    assert running.returncode == status
    assert "Traceback" not in errors
    assert errors.splitlines()[-1].startswith("axiomcheck: ")
    certificate = read_certificate(folder / "certificate.json")
    assert len(certificate.cells) == 4
    assert certificate.missing == (
        ("my.py:slow", "conservation", "bias-free"),
        ("my.py:slow", "selectivity", "bias-free"),
    )
    assert "2 cells are missing" in output


@pytest.mark.long
def test_what_is_asked_anew_with_other_cases_is_refused(tmp_path):
    """Cells of another budget would make a certificate of two campaigns."""
    folder = tmp_path / "out"
    assert _run(folder, *GOOD, "--family", "bias-free")[0] == 0
    status, _, errors = _run(folder, *GOOD, "--family", "bias-free", "--resume", "--seed", "1")
    assert "is of another campaign: budget" in errors
    assert status == 2


@pytest.mark.long
def test_shards_make_the_certificate_of_the_whole(tmp_path, undisturbed):
    """Three parts, judged apart and merged; one alone says what is missing."""
    parts = [tmp_path / f"part{index}" for index in (1, 2, 3)]
    for index, part in enumerate(parts, 1):
        assert _run(part, *GOOD, *TWO, "--shard", f"{index}/3")[0] == 0
    assert sum(_certificate(part)[1] for part in parts) == CELLS
    merged = tmp_path / "merged"
    command = [sys.executable, "-m", "axiomcheck", "merge", *map(str, parts), "--out", str(merged), "--no-fail"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    assert _certificate(merged) == undisturbed
    assert len(_certificate(parts[0])[2]) == 0


def test_a_full_disk_leaves_the_good_file(tmp_path):
    """A file that cannot be written whole does not take the place of one that is."""
    folder = tmp_path / "out"
    assert _run(folder, *GOOD, "--family", "bias-free")[0] == 0
    good = (folder / "certificate.json").read_bytes()
    limited = f"ulimit -f 8; exec {sys.executable} -m axiomcheck certify {' '.join([*GOOD, *CAMPAIGN])} --out {folder}"
    done = subprocess.run(["bash", "-c", limited], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "cannot write" in done.stderr
    assert "Traceback" not in done.stderr
    assert (folder / "certificate.json").read_bytes() == good
    assert {path.name for path in folder.iterdir()} == {"certificate.json", "certificate.html", "cells.jsonl"}


def test_each_verdict_is_seen_as_it_falls(tmp_path):
    """In a pipe as a plain line, in a file as JSON."""
    folder = tmp_path / "out"
    _, _, errors = _run(folder, *GOOD, "--family", "bias-free", "--events", "events.jsonl")
    lines = [line for line in errors.splitlines() if line.startswith("[")]
    assert [line.split()[0] for line in lines] == ["[1/4]", "[2/4]", "[3/4]", "[4/4]"]
    assert all("\x1b" not in line for line in lines)
    events = [json.loads(line) for line in Path(tmp_path / "events.jsonl").read_text().splitlines()]
    assert [event["event"] for event in events] == ["start", "cell", "cell", "cell", "cell", "end"]
    assert events[1].keys() >= {"explainer", "axiom", "family", "verdict", "reason", "seconds", "done", "total"}
