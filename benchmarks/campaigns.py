"""Campaigns: what a process of its own costs a cell, and what a second one brings."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from resource import RUSAGE_SELF, getpagesize, getrusage
from tempfile import TemporaryDirectory
from time import process_time

from axiomcheck.engine.campaign import Campaign
from axiomcheck.engine.journal import Journal
from axiomcheck.engine.question import Budget
from axiomcheck.engine.runners import IN_PROCESS, InWorkers, Runner
from axiomcheck.engine.runtime.child import Limits
from axiomcheck.engine.runtime.supervisor import Answer, supervise
from axiomcheck.engine.tasks import cell_from
from axiomcheck.reports.json import as_json
from tests.reports.page.large import hunted, large

from .timing import Row, seconds

NOTHING, CELLS = 40, 1_000
MEGABYTE = 2**20
EXPLAINERS = ["uniform", "grad-x-input"]
AXIOMS = ["conservation", "implementation_invariance", "null_player", "symmetry"]


def rows() -> list[Row]:
    _nothing(2)  # the fork server starts once
    return [_overhead(), _two_jobs(), _journal(), _parent(), _reading()]


def _nothing(jobs: int) -> None:
    list(supervise(str.upper, ["task"] * NOTHING, jobs, Limits()))


def _run(runner: Runner) -> str:
    certificate = Campaign.of(EXPLAINERS, AXIOMS, None, Budget(60)).run(runner)
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


def _parent() -> Row:
    """Take the answers of many processes, and watch the memory of the parent, which keeps every cell."""
    (question,) = Campaign.of(["uniform"], ["conservation"], ["bias-free"], Budget(60)).questions
    (cell,) = IN_PROCESS.cells([question])
    answer = json.dumps(cell.as_data())
    cells, memory = [], []
    start = process_time()
    for _, done in supervise(str, [answer] * CELLS, 2, Limits()):
        cells.append(cell_from(question, done))
        memory.append(_resident())
    took = (process_time() - start) / CELLS
    grown = (max(memory[CELLS // 10 :]) - min(memory[CELLS // 10 :])) / MEGABYTE
    remark = f"{CELLS} cells, one process each: {grown:.0f} MB of memory from the least to the most; processor times"
    started = process_time()
    for _ in range(CELLS):
        cell_from(question, Answer(answer))
    return Row(
        "what the parent does for a cell / reading its answer", [took], [(process_time() - started) / CELLS], remark
    )


def _resident() -> int:
    """Return the bytes of memory of this process."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * getpagesize()


READS = """
import json, sys
from pathlib import Path
from time import process_time
from axiomcheck.results.certificate_reader import read_certificate
from axiomcheck.reports.html import as_html
path, renders = Path(sys.argv[1]), sys.argv[2] == "page"
start = process_time()
certificate = read_certificate(path)
page = as_html(certificate) if renders else ""
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(json.dumps([process_time() - start, int(status["VmHWM"].split()[0]) / 1024, len(certificate.cells)]))
"""
"""The most that it held is asked of /proc: getrusage would tell that of the process which started it."""


def _reading() -> Row:
    """Read a certificate of many cells and write its page, in a process that does nothing else, and read it alone."""
    certificate = large(hunted())
    with TemporaryDirectory() as folder:
        path = Path(folder) / "certificate.json"
        path.write_text(as_json(replace(certificate, cells=certificate.cells[:CELLS])), encoding="utf-8")
        words = [sys.executable, "-c", READS, str(path)]
        page, alone = (
            json.loads(subprocess.run([*words, word], check=True, capture_output=True, text=True).stdout)  # noqa: S603
            for word in ("page", "read")
        )
    remark = f"{page[2]} cells; {page[1]:.0f} MB at most / {alone[1]:.0f} MB; processor times"
    return Row("read a certificate and write its page / read it", page[:1], alone[:1], remark)
