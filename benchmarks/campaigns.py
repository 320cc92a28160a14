"""Campaigns: what a process of its own costs a cell, and what a second one brings."""

import json
from collections.abc import Sequence
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory

from axiomcheck.engine.campaign import Campaign
from axiomcheck.engine.journal import Journal
from axiomcheck.engine.question import Budget
from axiomcheck.engine.runners import IN_PROCESS, InWorkers, Runner
from axiomcheck.engine.runtime.child import Limits
from axiomcheck.engine.runtime.supervisor import supervise

from .timing import Row, seconds

NOTHING, CELLS = 40, 2_000
EXPLAINERS = ["uniform", "grad-x-input"]
AXIOMS = ["conservation", "implementation_invariance", "null_player", "symmetry"]


def rows() -> list[Row]:
    _nothing(2)  # the fork server starts once
    return [_overhead(), _two_jobs(), _journal()]


def _nothing(jobs: int) -> None:
    list(supervise(str.upper, ["task"] * NOTHING, jobs, Limits()))


def _run(runner: Runner) -> str:
    certificate = Campaign.of(EXPLAINERS, AXIOMS, None, Budget(100)).run(runner)
    return str(certificate.as_data()["sha256"])


def _overhead() -> Row:
    """Compare a process for a task that does nothing with the least that a cell takes."""
    each = [seconds(lambda: _nothing(1)) / NOTHING for _ in range(3)]
    question = Campaign.of(["uniform"], ["output_form"], ["bias-free"], Budget(60))
    cell = [seconds(lambda: question.run(IN_PROCESS)) for _ in range(3)]
    return Row("a process of its own for a task / a small cell", each, cell, "the first is what a cell costs more")


def _two_jobs() -> Row:
    digests: list[str] = []
    pair = [seconds(lambda: digests.append(_run(InWorkers(2))))]
    alone = [seconds(lambda: digests.append(_run(InWorkers(1))))]
    return Row("32 cells: --jobs 2 / --jobs 1", pair, alone, _same(digests))


def _same(digests: Sequence[str]) -> str:
    return "the same certificate" if len(set(digests)) == 1 else "certificates that DIFFER"


def _journal() -> Row:
    """Write many cells, each to the disk, and read them again; the memory of the parent must not grow with them."""
    (cell,) = Campaign.of(["uniform"], ["conservation"], ["bias-free"], Budget(60)).run(IN_PROCESS).cells
    before = getrusage(RUSAGE_SELF).ru_maxrss
    with TemporaryDirectory() as folder:
        journal = Journal.begin(Path(folder), {})
        written = seconds(lambda: [journal.add(cell) for _ in range(CELLS)])
        read = seconds(lambda: Journal.resume(Path(folder), {}))
        size = journal.path.stat().st_size
        assert json.loads(journal.path.read_bytes().splitlines()[-1])["cell"]["verdict"] == cell.verdict
    grown = (getrusage(RUSAGE_SELF).ru_maxrss - before) / 1024
    remark = f"{CELLS} cells, {size / 1e6:.1f} MB on disk; {grown:.0f} MB of memory more"
    return Row("a journal of many cells: write, each to the disk / read", [written], [read], remark)
