"""Templates: a process prepares what several tasks need, and each task is answered in a copy of that process.

A copy has all that was prepared for nothing, and can change it for nobody else. What a template does not answer, if it
died, say, is answered without one: so nothing depends on it but the time.
"""

import gc
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from .child import Limits, die_with_parent_at_once
from .supervisor import Answer, context_of, startable, supervise, supervise_in
from .warning_listener import listening, tell

Work = Callable[[str], str]
Prepare = Callable[[str], None]
Batch = Mapping[int, str]
"""Tasks by their numbers; what is prepared for the first one serves all."""
SYSTEM = "linux"
"""Where there are templates. On macOS what has computed with Apple's libraries must not be copied."""
FAREWELL, AGAIN = 2.0, 1.0
"""Seconds in which a template that is told to end has ended what it runs, and after which it tells itself again."""


def supervise_batches(
    work: Work, prepare: Prepare, batches: Sequence[Batch], jobs: int, limits: Limits, *, preload: Sequence[str] = ()
) -> Iterator[tuple[int, Answer]]:
    """Yield the number of each task and what came of it, as ``supervise`` does; ``prepare`` is called for each batch.

    At most ``jobs`` templates are there at a time, each with one copy at work.
    """
    context = context_of(preload)
    waiting = [batch for batch in batches if len(batch) > 1 and sys.platform == SYSTEM][::-1]
    alone = {number: task for batch in batches if batch not in waiting for number, task in batch.items()}
    running: list[_Template] = []
    try:
        while waiting or running:
            while waiting and len(running) < jobs:
                running.append(_Template.start(context, work, prepare, waiting.pop(), limits))
            ready = wait([template.results for template in running])
            for template in [template for template in running if template.results in ready]:
                yield from template.heard()
                if template.is_done:
                    running.remove(template)
                    alone |= template.close()
    finally:
        for template in running:
            template.close()
    numbers = list(alone)
    for place, answer in supervise(work, list(alone.values()), jobs, limits, preload):
        yield numbers[place], answer


@dataclass(eq=False)
class _Template:
    """A template, with those of its tasks that are not answered."""

    process: BaseProcess
    results: Connection
    tasks: dict[int, str]
    is_done: bool = field(default=False, init=False)

    @classmethod
    def start(cls, context: Any, work: Work, prepare: Prepare, tasks: Batch, limits: Limits) -> "_Template":
        """Start a template."""
        results, end = context.Pipe(duplex=False)
        process = context.Process(target=_serve, args=(work, prepare, dict(tasks), end, limits))
        with startable():
            process.start()
        end.close()
        return cls(process, results, dict(tasks))

    def heard(self) -> Iterator[tuple[int, Answer]]:
        """Yield the answer that has come, if it is one; once it has ended there is none."""
        try:
            message = json.loads(self.results.recv_bytes())
        except (EOFError, OSError):
            self.is_done = True
            return
        if "warning" in message:
            tell(message["warning"])
        elif self.tasks.pop(message["number"], None) is not None:
            yield message["number"], Answer(**message["answer"])

    def close(self) -> dict[int, str]:
        """End it, with what it runs, and return what it has not answered."""
        if not self.is_done:
            self.process.terminate()
        self.process.join(FAREWELL)
        self.process.kill()
        self.process.join()
        self.results.close()
        return self.tasks


def _serve(work: Work, prepare: Prepare, tasks: Batch, results: Connection, limits: Limits) -> None:
    """Prepare, and send the answer of each task to ``results``, as JSON with its number."""
    os.setsid()
    die_with_parent_at_once()
    _end_when_told()
    parent = os.getppid()

    def send(**message: object) -> None:
        results.send_bytes(json.dumps(message).encode())

    with listening(lambda line: send(warning=line)):
        with suppress(Exception):  # whatever fails now, each task fails with or without: there it is told
            prepare(next(iter(tasks.values())))
        gc.collect()
        gc.freeze()  # copies need not look through all that, which would copy it
        for number, task in tasks.items():
            if os.getppid() != parent:
                return
            in_copy = partial(_in_copy, results.fileno(), work)
            ((_, answer),) = supervise_in(get_context("fork"), in_copy, [task], 1, limits)
            send(number=number, answer=asdict(answer))


def _end_when_told() -> None:
    """Let SIGTERM end this process as an exception does, so that what it runs is ended before.

    While it forks, Python drops what is raised, and would print it: so it is raised again.
    """

    def end(_signal: int, _frame: object) -> None:
        signal.setitimer(signal.ITIMER_REAL, AGAIN)
        sys.exit()

    tell = sys.unraisablehook
    sys.unraisablehook = lambda dropped: None if dropped.exc_type is SystemExit else tell(dropped)
    for number in (signal.SIGTERM, signal.SIGALRM):
        signal.signal(number, end)


def _in_copy(pipe: int, work: Work, task: str) -> str:
    """Answer a task in a copy, which has nothing to say on the template's ``pipe``, and ends when it is told to."""
    os.close(pipe)
    for number in (signal.SIGTERM, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)
    sys.unraisablehook = sys.__unraisablehook__
    return work(task)
