"""Worker processes: a fresh one for each task, which the parent kills by the clock, whatever it does.

Of the well-kept pools, pebble kills a worker that is late but not what that has started, and neither it nor loky gives
a worker a session, limits, streams and a folder of its own; both send results through a channel that workers share, so
that one killed in the middle takes the others along. What is needed here is less: one process, one pipe, one task.
"""

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from math import inf
from multiprocessing import current_process, get_all_start_methods, get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from tempfile import mkdtemp
from time import monotonic
from types import ModuleType
from typing import Any

from .child import Limits, answer
from .warning_listener import tell

PRELOADED = ("torch", "hypothesis", f"{__package__}.preload")
"""What the fork server imports once, so that its children have it for nothing."""
GRACE = 0.1
"""The share of the time limit that a worker has to finish, once its time is over."""
KEPT = 2_000
"""How many of the last bytes of a worker's output are kept."""
CHUNK, CHUNKS = 1 << 16, 16
"""How many bytes of a pipe are read at once, and how often before others have their turn."""


@dataclass(frozen=True)
class Answer:
    """What came of a task: its result; or "" and how the process ended, at which stage, with the end of its output."""

    result: str = ""
    ending: str = ""
    stage: str = ""
    output: str = ""
    timed_out: bool = False


def supervise(
    work: Callable[[str], str], tasks: Sequence[str], jobs: int, limits: Limits, preload: Sequence[str] = ()
) -> Iterator[tuple[int, Answer]]:
    """Yield the number of each task and what came of it, as it is done, worked on in ``jobs`` processes at a time.

    However this ends, no process, and nothing that one has started, is left.
    """
    yield from supervise_in(context_of(preload), work, tasks, jobs, limits)


def supervise_in(
    context: Any, work: Callable[[str], str], tasks: Sequence[str], jobs: int, limits: Limits
) -> Iterator[tuple[int, Answer]]:
    """Do what ``supervise`` does, with processes that are started by a ``context`` of multiprocessing."""
    waiting, running = list(enumerate(tasks))[::-1], list[_Worker]()
    try:
        while waiting or running:
            while waiting and len(running) < jobs:
                running.append(_Worker.start(context, work, *waiting.pop(), limits))
            for worker in [worker for worker in _progress(running) if worker.is_done]:
                running.remove(worker)
                yield worker.number, worker.close()
    finally:
        for worker in running:
            worker.close()


def context_of(preload: Sequence[str]) -> Any:
    """Return how processes are started: by a fork server, which costs 25 ms each, or else anew, which costs seconds."""
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload([*PRELOADED, *preload])
    return context


@dataclass(eq=False)
class _Worker:
    """One process, with its task, and what has been heard of it."""

    number: int
    process: BaseProcess
    results: Connection
    output: Connection
    folder: str
    ends: float
    limits: Limits
    heard: bytes = b""
    printed: bytes = b""
    answer: Answer = field(default_factory=Answer)
    is_done: bool = False
    open: list[Connection] = field(init=False)

    def __post_init__(self) -> None:
        self.open = [self.results, self.output]

    @classmethod
    def start(cls, context: Any, work: Callable[[str], str], number: int, task: str, limits: Limits) -> "_Worker":
        """Start a process on a task."""
        results, results_end = context.Pipe(duplex=False)
        output, output_end = context.Pipe(duplex=False)
        folder = mkdtemp(prefix="axiomcheck-")
        process = context.Process(target=answer, args=(work, task, results_end, output_end, folder, limits))
        with startable():
            process.start()
        for end in (results_end, output_end):
            end.close()
        ends = inf if limits.seconds is None else monotonic() + limits.seconds * (1 + GRACE)
        return cls(number, process, results, output, folder, ends, limits)

    def hear(self) -> None:
        """Read what has come, and see whether it is done, dead or late."""
        is_alive = self.process.is_alive()  # asked first: what it sent before it died is still to be read
        self.printed = (self.printed + self._read(self.output))[-KEPT:]
        self.heard += self._read(self.results)
        *lines, self.heard = self.heard.split(b"\n")
        for line in lines:
            self._take(json.loads(line))
        if not self.is_done and not is_alive:
            self._end(_ending(self.process.exitcode))
        if not self.is_done and monotonic() > self.ends:
            self._end(f"timed out after {self.limits.seconds:g} s and was killed", timed_out=True)

    @property
    def watched(self) -> list[Any]:
        """What has something to say when something happens."""
        return [*self.open, self.process.sentinel]

    def _read(self, pipe: Connection) -> bytes:
        """Return what a pipe holds, without waiting for more; one that has ended is watched no longer."""
        parts: list[bytes] = []
        while pipe in self.open and len(parts) < CHUNKS and pipe.poll():
            if not (part := os.read(pipe.fileno(), CHUNK)):
                self.open.remove(pipe)
            parts.append(part)
        return b"".join(parts)

    def _take(self, message: dict[str, str]) -> None:
        if "warning" in message:
            tell(message["warning"])
        elif "stage" in message:
            self.answer = Answer(stage=message["stage"])
        elif "result" in message:
            self.answer, self.is_done = Answer(message["result"]), True
        else:
            self._end(f"failed: {message['fault']}")

    def _end(self, ending: str, *, timed_out: bool = False) -> None:
        printed = self.printed.decode(errors="replace").strip()
        self.answer = Answer(ending=ending, stage=self.answer.stage, output=printed, timed_out=timed_out)
        self.is_done = True

    def close(self) -> Answer:
        """End the process and all that it has started, remove its folder, and return what came of the task."""
        if self.process.pid is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        self.process.join()
        for pipe in (self.results, self.output):
            pipe.close()
        shutil.rmtree(self.folder, ignore_errors=True)
        return self.answer


@contextmanager
def startable() -> Iterator[None]:
    """Let a process start wherever this one runs.

    A worker of Dask is a daemon, which may start none: ours ends with it all the same. And the child would run the main
    module again, though no task is defined there: a script without a guard would do all that it does once more.
    """
    config: dict[str, Any] = current_process()._config  # type: ignore[attr-defined]  # noqa: SLF001
    daemon, main = config.pop("daemon", None), sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
        if daemon is not None:
            config["daemon"] = daemon


def _progress(running: Sequence[_Worker]) -> Sequence[_Worker]:
    """Wait until something comes from a worker, or one is late."""
    watched = [end for worker in running for end in worker.watched]
    soonest = min(worker.ends for worker in running) - monotonic()
    wait(watched, None if soonest == inf else max(soonest, 0.0) + 0.01)
    for worker in running:
        worker.hear()
    return running


def _ending(status: int | None) -> str:
    if status is None or status >= 0:
        return f"ended its process with status {status}"
    with suppress(ValueError):
        return f"died of {signal.Signals(-status).name}"
    return f"died of signal {-status}"
