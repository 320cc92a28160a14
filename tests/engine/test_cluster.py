"""Campaigns on a Dask scheduler with real workers, as processes on this machine."""

import json
import re
import subprocess
import sys

import pytest

from axiomcheck.cli import main

CAMPAIGN = [
    "uniform",
    "gradient",
    "--axiom",
    "selectivity",
    "--axiom",
    "conservation",
    "--family",
    "bias-free",
    "--examples",
    "60",
    "--no-fail",
]


def _dask(*words, cwd, output=subprocess.DEVNULL):
    command = [sys.executable, "-m", "distributed.cli.dask_" + words[0], *words[1:]]
    return subprocess.Popen(command, cwd=cwd, stdout=output, stderr=subprocess.STDOUT, text=True)


@pytest.fixture
def cluster(tmp_path):
    """A scheduler and two workers; the address of the one, and the processes of the others."""
    scheduler = _dask(
        "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", cwd=tmp_path, output=subprocess.PIPE
    )
    for line in scheduler.stdout:
        if found := re.search(r"Scheduler at:\s+(tcp://127\.0\.0\.1:\d+)", line):
            break
    address = found.group(1)
    workers = [
        _dask("worker", address, "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1", cwd=tmp_path)
        for _ in range(2)
    ]
    yield address, workers
    for process in (*workers, scheduler):
        process.terminate()
    scheduler.stdout.close()
    for process in (*workers, scheduler):
        process.wait(30)


def _digest(folder):
    return json.loads((folder / "certificate.json").read_text())["sha256"]


def test_a_cluster_gives_the_same_certificate(cluster, tmp_path):
    """As one process does."""
    address, _ = cluster
    assert main(["certify", *CAMPAIGN, "--cluster", address, "--out", str(tmp_path / "cluster")]) == 0
    assert main(["certify", *CAMPAIGN, "--in-process", "--out", str(tmp_path / "here")]) == 0
    assert _digest(tmp_path / "cluster") == _digest(tmp_path / "here")


@pytest.mark.long
def test_a_worker_that_is_killed_in_the_middle_changes_nothing(cluster, tmp_path):
    """Its cells are judged by the other."""
    address, workers = cluster
    command = [sys.executable, "-m", "axiomcheck", "certify", *CAMPAIGN, "--cluster", address]
    command += ["--out", str(tmp_path / "cluster")]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as running:
        for line in running.stderr:
            if line.startswith("[1/"):
                workers[0].kill()
        assert running.wait(120) == 0
    assert main(["certify", *CAMPAIGN, "--in-process", "--out", str(tmp_path / "here")]) == 0
    assert _digest(tmp_path / "cluster") == _digest(tmp_path / "here")


def test_without_a_scheduler_it_raises_a_one_line_error(tmp_path, capsys):
    """What is not there is said, and what to start."""
    asked = ["certify", *CAMPAIGN, "--cluster", "tcp://127.0.0.1:9", "--out", str(tmp_path)]
    assert main(asked) == 2
    assert "no Dask scheduler answers at 'tcp://127.0.0.1:9'" in capsys.readouterr().err
